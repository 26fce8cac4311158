import { useMutation } from "@tanstack/react-query";
import type { OperationId } from "#shared/domain/operation.ts";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";

/** Stops and continues operations; what waits for an approval has changed nothing yet, and is withdrawn. */
export function useOperationActions() {
  const resume = useMutation({
    mutationFn: (operationId: OperationId) => client.membership.resume({ operationId }),
    onError: showFailure,
    onSuccess: askAgain,
  });
  const cancel = useMutation({
    mutationFn: (operationId: OperationId) => client.membership.cancel({ operationId }),
    onError: showFailure,
    onSuccess: () => {
      askAgain();
      showToast({ tone: "neutral", message: "Cancelled. What is under way is brought to its end first." });
    },
  });
  const withdraw = useMutation({
    mutationFn: (operationId: OperationId) => client.membership.cancel({ operationId }),
    onError: showFailure,
    onSuccess: () => {
      askAgain();
      showToast({ tone: "neutral", message: "Withdrawn. Nothing was changed." });
    },
  });
  return { resume, cancel, withdraw };
}

/** The change would be announced too; asking at once spares the wait. */
function askAgain(): void {
  void queryClient.invalidateQueries({ queryKey: orpc.membership.get.key() });
  void queryClient.invalidateQueries({ queryKey: orpc.membership.list.key() });
}
