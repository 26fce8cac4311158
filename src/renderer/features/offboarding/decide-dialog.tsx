import { useState } from "react";
import type { OffboardingId, OffboardingTask, TaskDecision } from "#shared/domain/offboarding.ts";
import { client } from "#renderer/api/client.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { TextArea } from "#renderer/ui/text-area.tsx";
import { askAgain } from "./offboarding-actions.ts";

export interface Deciding {
  readonly task: OffboardingTask;
  readonly decision: TaskDecision;
}

const WORDS: Readonly<Record<TaskDecision, { title: string; text: string; label: string }>> = {
  kept: {
    title: "Keep them in",
    text: "The group no longer holds the offboarding up. Say why, for the record.",
    label: "Keep",
  },
  asked: {
    title: "Somebody was asked about",
    text: "Say who, and how. It stays open until the platform says that they are gone.",
    label: "Note it",
  },
  open: {
    title: "Take the decision back about",
    text: "It is not known how things are until the platforms are asked again.",
    label: "Take it back",
  },
};

/** Records what the operator decides about one group, with the reason. */
export function DecideDialog({
  offboardingId,
  deciding,
  onClose,
}: {
  offboardingId: OffboardingId;
  deciding: Deciding | null;
  onClose: () => void;
}) {
  const [note, setNote] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  if (deciding === null) return null;
  const { task, decision } = deciding;
  const { title, text, label } = WORDS[decision];
  const close = () => {
    setNote("");
    onClose();
  };
  const save = async () => {
    setIsBusy(true);
    try {
      const { groupKey } = task;
      await client.membership.setOffboardingTask({
        offboardingId,
        groupKey,
        decision,
        note: note.trim() === "" ? null : note,
      });
      askAgain();
      close();
    } catch (error) {
      showFailure(error);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={close}
      title={`${title} “${task.groupName}”?`}
      description={text}
      confirmLabel={label}
      isBusy={isBusy}
      isIncomplete={decision === "kept" && note.trim() === ""}
      onConfirm={() => void save()}
    >
      {decision === "open" ? null : (
        <Field label="Note" isRequired={decision === "kept"}>
          {(control) => (
            <TextArea
              {...control}
              data-initial-focus
              value={note}
              maxLength={2_000}
              onChange={({ target }) => setNote(target.value)}
            />
          )}
        </Field>
      )}
    </ConfirmDialog>
  );
}
