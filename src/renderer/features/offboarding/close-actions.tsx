import { useState } from "react";
import type { OffboardingDetail } from "#shared/contract/membership.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { markInactive, setOffboardingState } from "./offboarding-actions.ts";
import { countOpen } from "./offboarding-words.ts";

/** Closes an offboarding, gives it up, or opens it again. */
export function CloseActions({ detail }: { detail: OffboardingDetail }) {
  const { offboarding, notAsked } = detail;
  const { id, personId, personName, state, checkedAtMs } = offboarding;
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [deactivates, setDeactivates] = useState(false);
  if (state !== "open")
    return <Button onClick={() => void setOffboardingState(id, "open")}>Open again</Button>;
  const open = countOpen(offboarding);
  const isProven = open === 0 && checkedAtMs !== null && notAsked.every(({ blocks }) => !blocks);
  const close = async () => {
    setIsBusy(true);
    const isClosed = await setOffboardingState(id, isProven ? "done" : "dropped");
    if (isClosed && deactivates) await markInactive(personId);
    setIsBusy(false);
    setIsAsking(false);
  };
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>{isProven ? "Close…" : "Give up…"}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={
          isProven ? `Close the offboarding of ${personName}?` : `Give up the offboarding of ${personName}?`
        }
        description={
          isProven
            ? "Every group is proven to be left, or is kept on purpose. It can be opened again."
            : `${open > 0 ? `${formatNoun(open, "group")} still open. ` : ""}It cannot be closed as done: ${open > 0 ? "each group has to be left or kept on purpose" : "not every connection was asked"}. Given up, it stays in the list and can be opened again.`
        }
        confirmLabel={isProven ? "Close" : "Give up"}
        isDangerous={!isProven}
        isBusy={isBusy}
        onConfirm={() => void close()}
      >
        <Checkbox
          label={`Mark ${personName} as inactive on the team`}
          isChecked={deactivates}
          onCheckedChange={setDeactivates}
        />
      </ConfirmDialog>
    </>
  );
}
