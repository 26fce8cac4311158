import { type FormEvent, useId, useState } from "react";
import type { AuditSchedule } from "#shared/domain/schedule.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { CronFields, type CronRule } from "#renderer/ui/cron-fields.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { SCHEDULE_WORDS } from "./schedule-words.ts";
import { useScheduleActions } from "./use-schedule-actions.ts";

/** Chooses when a schedule runs: a usual rhythm, or cron fields. */
export function RuleDialog({ schedule, onClose }: { schedule: AuditSchedule; onClose: () => void }) {
  const [{ cron, timeZone }, setRule] = useState<CronRule>(schedule);
  const { set } = useScheduleActions();
  const formId = useId();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (cron === null) return;
    // Whoever says when wants it to run.
    set.mutate({ id: schedule.id, cron, timeZone, enabled: true }, { onSuccess: onClose });
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
        <CronFields
          initial={schedule}
          onChange={setRule}
          refusal={set.error ? toFailure(set.error).message : undefined}
        />
      </form>
    </Dialog>
  );
}
