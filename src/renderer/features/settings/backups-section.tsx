import { type FormEvent, useState } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { Settings } from "#shared/contract/app.ts";
import { SettingRow } from "./setting-row.tsx";

interface BackupsSectionProps {
  readonly backupsKept: number;
  readonly onChange: (backupsKept: number) => void;
}

/** How many copies of the database are kept. */
export function BackupsSection({ backupsKept, onChange }: BackupsSectionProps) {
  const [text, setText] = useState(String(backupsKept));
  const parsed = Settings.shape.backupsKept.safeParse(text.trim() === "" ? Number.NaN : Number(text));
  const isChanged = parsed.data !== backupsKept;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed.success && isChanged) onChange(parsed.data);
  };
  return (
    <Section title="Backups" isFlush>
      <SettingRow
        title="Backups kept"
        hint="The database is copied once a day, at the start; older copies make room. 1 to 50."
      >
        <form noValidate onSubmit={submit} className="flex flex-wrap items-start gap-2">
          <Field
            label="Backups kept"
            isLabelHidden
            error={parsed.success ? undefined : "A whole number from 1 to 50."}
          >
            {(control) => (
              <TextInput
                {...control}
                type="number"
                min={1}
                max={50}
                className="tabular w-20"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" disabled={!parsed.success || !isChanged}>
            Save
          </Button>
        </form>
      </SettingRow>
    </Section>
  );
}
