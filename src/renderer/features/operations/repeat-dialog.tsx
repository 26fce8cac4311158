import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { mayRunUnseen, type RecurrenceDraft, type RecurrenceId } from "#shared/domain/recurrence.ts";
import { orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { CronFields, type CronRule } from "#renderer/ui/cron-fields.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import { TextInput } from "#renderer/ui/text-input.tsx";

interface RepeatDialogProps {
  /** Null for a new one. */
  readonly id: RecurrenceId | null;
  readonly draft: RecurrenceDraft;
  readonly onClose: () => void;
}

/** What a recurring operation is called, when it is planned, and whether its plan runs by itself. */
export function RepeatDialog({ id, draft, onClose }: RepeatDialogProps) {
  const [name, setName] = useState(draft.name);
  const [isConfirmed, setIsConfirmed] = useState(draft.isConfirmed);
  const [{ cron, timeZone }, setRule] = useState<CronRule>(draft);
  const formId = useId();
  const mayRun = mayRunUnseen(draft.request);
  const save = useMutation(
    orpc.membership.saveRecurrence.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: orpc.membership.listRecurrences.key() });
        showToast({ tone: "ok", message: "Saved.", hint: "It is on the Schedules screen." });
        onClose();
      },
    }),
  );
  const refusal = save.error ? toFailure(save.error) : null;
  const isOfRule = refusal?.code === "input/schedule-invalid";
  const isOfName = refusal?.code === "input/name-taken";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (cron === null || name.trim() === "") return;
    const { request } = draft;
    // Whoever says when wants it to run.
    save.mutate({ id, name: name.trim(), request, isConfirmed, cron, timeZone, enabled: true });
  };

  return (
    <Dialog
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={id === null ? "Repeat this operation" : `Change “${draft.name}”`}
      description="It is planned anew each time, from how things are then."
      size="small"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            form={formId}
            disabled={cron === null || name.trim() === ""}
            isBusy={save.isPending}
          >
            Save and switch on
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-3">
        {refusal && !isOfRule && !isOfName ? <ErrorNotice error={refusal} /> : null}
        <Field label="Name" error={isOfName ? refusal.message : undefined} isRequired>
          {(control) => (
            <TextInput
              {...control}
              data-initial-focus
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <CronFields initial={draft} onChange={setRule} refusal={isOfRule ? refusal.message : undefined} />
        <Checkbox
          label="Run it without asking"
          hint={
            mayRun
              ? "Otherwise each plan waits for you. One that needs an approval waits in any case."
              : "Not for removals, new groups, messages and names made by a rule: their plan waits for you."
          }
          isChecked={isConfirmed}
          isDisabled={!mayRun}
          onCheckedChange={setIsConfirmed}
        />
      </form>
    </Dialog>
  );
}
