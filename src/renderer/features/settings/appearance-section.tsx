import { Monitor, Moon, Sun } from "lucide-react";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { Section } from "#renderer/ui/section.tsx";
import type { Settings } from "#shared/contract/app.ts";
import { SettingRow } from "./setting-row.tsx";

const icon = { "aria-hidden": true, className: "size-3.5" } as const;

interface AppearanceSectionProps {
  readonly settings: Settings;
  readonly onChange: (changed: Partial<Settings>) => void;
}

/** How the console looks. */
export function AppearanceSection({ settings, onChange }: AppearanceSectionProps) {
  return (
    <Section title="Appearance" isFlush>
      <SettingRow title="Theme" hint="“System” follows the desktop.">
        <RadioGroup
          label="Theme"
          value={settings.theme}
          onValueChange={(theme) => onChange({ theme })}
          options={[
            { value: "system", label: "System", icon: <Monitor {...icon} /> },
            { value: "light", label: "Light", icon: <Sun {...icon} /> },
            { value: "dark", label: "Dark", icon: <Moon {...icon} /> },
          ]}
        />
      </SettingRow>
      <SettingRow title="Density" hint="Compact fits more rows of a table on the screen.">
        <RadioGroup
          label="Density"
          value={settings.density}
          onValueChange={(density) => onChange({ density })}
          options={[
            { value: "comfortable", label: "Comfortable" },
            { value: "compact", label: "Compact" },
          ]}
        />
      </SettingRow>
    </Section>
  );
}
