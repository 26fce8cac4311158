import { useMemo, useState } from "react";
import { Combobox } from "./combobox.tsx";
import { listTimeZones, readCron, type Rhythm, RHYTHM_WORDS, writeCron } from "./cron-rule.ts";
import { Field } from "./field.tsx";
import { Select } from "./select.tsx";
import { TextInput } from "./text-input.tsx";

const RHYTHMS = Object.entries(RHYTHM_WORDS).map(([value, label]) => ({ value, label }));

/** When something runs. */
export interface CronRule {
  /** Null while what is written is none. */
  readonly cron: string | null;
  readonly timeZone: string;
}

interface CronFieldsProps {
  readonly initial: CronRule & { readonly cron: string };
  readonly onChange: (rule: CronRule) => void;
  /** Why the rule was not taken. */
  readonly refusal?: string | undefined;
}

/** Chooses when something runs: a usual rhythm at a time of day, or cron fields. Tells every change. */
export function CronFields({ initial, onChange, refusal }: CronFieldsProps) {
  const [written, setWritten] = useState({
    ...readCron(initial.cron),
    cron: initial.cron,
    timeZone: initial.timeZone,
  });
  const zones = useMemo(() => listTimeZones(), []);
  const { rhythm, time, cron, timeZone } = written;
  const rule = ruleOf(written);
  const change = (part: Partial<typeof written>) => {
    const next = { ...written, ...part };
    setWritten(next);
    onChange({ cron: ruleOf(next), timeZone: next.timeZone });
  };
  return (
    <>
      <Field label="Rhythm" error={rhythm === "hours" ? refusal : undefined}>
        {(control) => (
          <Select
            {...control}
            value={rhythm}
            onValueChange={(value) => change({ rhythm: value as Rhythm })}
            groups={[{ label: null, options: RHYTHMS }]}
          />
        )}
      </Field>
      {rhythm === "custom" ? (
        <Field
          label="Cron fields"
          hint="Minute, hour, day of the month, month, day of the week."
          error={refusal}
        >
          {(control) => (
            <TextInput
              {...control}
              isCode
              maxLength={200}
              value={cron}
              onChange={(event) => change({ cron: event.target.value })}
            />
          )}
        </Field>
      ) : rhythm === "hours" ? null : (
        <Field label="Time" error={rule === null ? "A time of day, as 02:00." : refusal}>
          {(control) => (
            <TextInput
              {...control}
              className="tabular w-24"
              maxLength={5}
              value={time}
              onChange={(event) => change({ time: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field label="Time zone" hint="The time follows the summer time of this zone.">
        {(control) => (
          <Combobox
            {...control}
            value={timeZone}
            onValueChange={(zone) => change({ timeZone: zone })}
            suggestions={zones}
            maxLength={100}
          />
        )}
      </Field>
    </>
  );
}

function ruleOf({ rhythm, time, cron }: { rhythm: Rhythm; time: string; cron: string }): string | null {
  return rhythm === "custom" ? cron.trim() || null : writeCron(rhythm, time);
}
