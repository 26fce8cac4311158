import { useState } from "react";
import { Button } from "./button.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { useLeaveState } from "./leave-guard.ts";

/** The question that a leave guard asks. Stands on the screen that has the guard. */
export function LeaveDialog() {
  const { guard, heldUrl } = useLeaveState();
  const [isSaving, setIsSaving] = useState(false);
  const stay = () => useLeaveState.setState({ heldUrl: null });
  const leave = () => {
    useLeaveState.setState({ guard: null, heldUrl: null });
    if (heldUrl) window.location.hash = new URL(heldUrl).hash;
  };
  const saveAndLeave = async () => {
    if (!guard) return;
    setIsSaving(true);
    const isSaved = await guard.save();
    setIsSaving(false);
    if (isSaved) leave();
    else stay();
  };
  return (
    <ConfirmDialog
      isOpen={guard !== null && heldUrl !== null}
      onOpenChange={stay}
      title="Save your changes?"
      description={`You have ${guard?.what ?? "unsaved changes"}. Leaving without saving loses them.`}
      confirmLabel="Save and leave"
      isBusy={isSaving}
      onConfirm={() => void saveAndLeave()}
      alternative={
        <Button
          variant="ghost"
          disabled={isSaving}
          onClick={() => {
            guard?.discard();
            leave();
          }}
        >
          Discard
        </Button>
      }
    />
  );
}
