import { type FormEvent, useId, useMemo, useState } from "react";
import type { AuditSchedule } from "#shared/domain/schedule.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Combobox } from "#renderer/ui/combobox.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import {
  listTimeZones,
  readCron,
  type Rhythm,
  RHYTHM_WORDS,
  SCHEDULE_WORDS,
  writeCron,
} from "./cron-presets.ts";
import { useScheduleActions } from "./use-schedule-actions.ts";

const RHYTHMS = Object.entries(RHYTHM_WORDS).map(([value, label]) => ({ value, label }));

/** Chooses when a schedule runs: a usual rhythm, or cron fields. */
export function RuleDialog({ schedule, onClose }: { schedule: AuditSchedule; onClose: () => void }) {
  const [choice, setChoice] = useState(readCron(schedule.cron));
  const [cron, setCron] = useState(schedule.cron);
  const [timeZone, setTimeZone] = useState(schedule.timeZone);
  const zones = useMemo(() => listTimeZones(), []);
  const { set } = useScheduleActions();
  const formId = useId();
  const rule = choice.rhythm === "custom" ? cron.trim() : writeCron(choice.rhythm, choice.time);
  const isTimeWrong = choice.rhythm !== "custom" && rule === null;
  const refusal = set.error ? toFailure(set.error).message : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (rule === null || rule === "") return;
    // Whoever says when wants it to run.
    set.mutate({ id: schedule.id, cron: rule, timeZone, enabled: true }, { onSuccess: onClose });
  };

  return (
    <Dialog
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`When the ${SCHEDULE_WORDS[schedule.platform].title} runs`}
      size="small"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} isBusy={set.isPending}>
            Save and switch on
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-3">
        <Field label="Rhythm">
          {(control) => (
            <Select
              {...control}
              value={choice.rhythm}
              onValueChange={(value) => setChoice({ ...choice, rhythm: value as Rhythm })}
              groups={[{ label: null, options: RHYTHMS }]}
            />
          )}
        </Field>
        {choice.rhythm === "custom" ? (
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
                onChange={(event) => setCron(event.target.value)}
              />
            )}
          </Field>
        ) : choice.rhythm === "hours" ? null : (
          <Field label="Time" error={isTimeWrong ? "A time of day, as 02:00." : refusal}>
            {(control) => (
              <TextInput
                {...control}
                className="tabular w-24"
                maxLength={5}
                value={choice.time}
                onChange={(event) => setChoice({ ...choice, time: event.target.value })}
              />
            )}
          </Field>
        )}
        <Field label="Time zone" hint="The time follows the summer time of this zone.">
          {(control) => (
            <Combobox
              {...control}
              value={timeZone}
              onValueChange={setTimeZone}
              suggestions={zones}
              maxLength={100}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
