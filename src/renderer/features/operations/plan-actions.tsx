import { useMutation } from "@tanstack/react-query";
import { Play, Trash2 } from "lucide-react";
import { useState } from "react";
import type { OperationDetail } from "#shared/domain/operation.ts";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { navigate } from "#renderer/ui/router.ts";
import { showToast } from "#renderer/ui/show-toast.ts";
import { ConfirmRun } from "./confirm-run.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { confirmWords } from "./operation-words.ts";
import { RepeatButton } from "./repeat-button.tsx";

/** What can be done with a plan: run it, throw it away, or show it to somebody as a file. */
export function PlanActions({ operation, isTooOld }: { operation: OperationDetail; isTooOld: boolean }) {
  const [isConfirming, setIsConfirming] = useState(false);
  const discard = useMutation({
    mutationFn: () => client.membership.discard({ operationId: operation.id }),
    onError: showFailure,
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: orpc.membership.list.key() });
      navigate(paths.operations(), { replace: true });
      showToast({ tone: "neutral", message: "Plan discarded. Nothing was changed." });
    },
  });
  const toDo = operation.counts.planned;
  return (
    <>
      <ExportMenu operation={operation} />
      <RepeatButton operation={operation} />
      <Button icon={<Trash2 />} isBusy={discard.isPending} onClick={() => discard.mutate()}>
        Discard
      </Button>
      <Button
        variant={operation.kind === "remove" ? "danger" : "primary"}
        icon={<Play />}
        disabled={toDo === 0 || isTooOld}
        title={isTooOld ? "The plan is too old" : toDo === 0 ? "Nothing is left to change" : undefined}
        onClick={() => setIsConfirming(true)}
      >
        {confirmWords(operation.kind, toDo)}…
      </Button>
      {isConfirming ? <ConfirmRun operation={operation} onClose={() => setIsConfirming(false)} /> : null}
    </>
  );
}
