import { Platform } from "#shared/domain/ids.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { changeDraft, useOperationDraft } from "./operation-draft.ts";

const BOTH = "both";

/** On which platforms an operation works. */
export function PlatformChoice() {
  const { platforms } = useOperationDraft();
  const [only = BOTH] = platforms.length === 1 ? platforms : [];
  return (
    <RadioGroup<Platform | typeof BOTH>
      label="Platforms"
      value={only}
      onValueChange={(value) => changeDraft({ platforms: value === BOTH ? Platform.options : [value] })}
      options={[
        { value: BOTH, label: "Slack and Telegram" },
        ...Platform.options.map((value) => ({ value, label: `${PLATFORM_WORDS[value]} only` })),
      ]}
    />
  );
}
