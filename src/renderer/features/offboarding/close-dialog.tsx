import { useState } from "react";
import type { OffboardingDetail } from "#shared/contract/membership.ts";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { markInactive, setOffboardingState } from "./offboarding-actions.ts";
import { countOpen, isProven } from "./offboarding-words.ts";

/** Asks before an offboarding is closed, or given up where it is not proven; offers to mark the person as inactive. */
export function CloseDialog({
  detail,
  isOpen,
  onOpenChange,
}: {
  detail: OffboardingDetail;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  const { offboarding } = detail;
  const { id, personId, personName } = offboarding;
  const [isBusy, setIsBusy] = useState(false);
  const [deactivates, setDeactivates] = useState(false);
  const open = countOpen(offboarding);
  const isDone = isProven(detail);
  const close = async () => {
    setIsBusy(true);
    const isClosed = await setOffboardingState(id, isDone ? "done" : "dropped");
    if (isClosed && deactivates) await markInactive(personId);
    setIsBusy(false);
    onOpenChange(false);
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={isDone ? `Close the offboarding of ${personName}?` : `Give up the offboarding of ${personName}?`}
      description={
        isDone
          ? "Every group is proven to be left, or is kept for the reason written beside it. It can be opened again."
          : `${open > 0 ? `${formatNoun(open, "group is", "groups are")} still open. ` : "Not every connection was asked. "}Given up, it stays in the list and can be opened again.`
      }
      confirmLabel={isDone ? "Close" : "Give up"}
      isDangerous={!isDone}
      isBusy={isBusy}
      onConfirm={() => void close()}
    >
      <Checkbox
        label={`Mark ${personName} as inactive on the team`}
        isChecked={deactivates}
        onCheckedChange={setDeactivates}
      />
    </ConfirmDialog>
  );
}
