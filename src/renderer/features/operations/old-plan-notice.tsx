import { useMutation } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import type { OperationId } from "#shared/domain/operation.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { planAgain } from "./plan-operation.ts";

/** Says before the operator tries it that a plan can be run no more, and has it made anew. */
export function OldPlanNotice({ operationId }: { operationId: OperationId }) {
  const again = useMutation({ mutationFn: () => planAgain(operationId) });
  return (
    <Notice
      shape="bar"
      tone="warn"
      title="This plan is more than a day old."
      action={
        <Button icon={<RotateCw />} isBusy={again.isPending} onClick={() => again.mutate()}>
          Plan again
        </Button>
      }
    >
      The groups may have changed since, so it is not run any more. A new plan asks how they are now.
    </Notice>
  );
}
