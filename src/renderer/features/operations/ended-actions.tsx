import { useMutation } from "@tanstack/react-query";
import { ListRestart, RotateCw, Undo2 } from "lucide-react";
import type { OperationDetail, OperationRequest } from "#shared/domain/operation.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { planOperation } from "./plan-operation.ts";
import { RepeatButton } from "./repeat-button.tsx";
import { useOperationActions } from "./use-operation-actions.ts";

/** What can be done with an operation that ended: take it out, take it back, or plan what is left of it. */
export function EndedActions({ operation }: { operation: OperationDetail }) {
  const { id: operationId, state, counts } = operation;
  const { resume } = useOperationActions();
  const plan = useMutation({ mutationFn: (request: OperationRequest) => planOperation(request) });
  const wasConfirmed = operation.confirmedAtMs !== null;
  const left = counts.failed + counts.unclear + counts.skipped;
  return (
    <>
      {state === "failed" ? (
        <Button
          variant="primary"
          icon={<RotateCw />}
          isBusy={resume.isPending}
          onClick={() => resume.mutate(operationId)}
        >
          Resume
        </Button>
      ) : null}
      {left > 0 && state !== "failed" ? (
        <Button
          icon={<ListRestart />}
          isBusy={plan.isPending && plan.variables?.kind === "rest"}
          onClick={() => plan.mutate({ kind: "rest", operationId })}
        >
          {wasConfirmed ? "Plan the rest" : "Plan again"}
        </Button>
      ) : null}
      {operation.canUndo ? (
        <Button
          icon={<Undo2 />}
          isBusy={plan.isPending && plan.variables?.kind === "undo"}
          onClick={() => plan.mutate({ kind: "undo", operationId })}
        >
          Undo…
        </Button>
      ) : null}
      <RepeatButton operation={operation} />
      <ExportMenu operation={operation} />
    </>
  );
}
