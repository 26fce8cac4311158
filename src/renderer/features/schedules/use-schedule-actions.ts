import { useMutation } from "@tanstack/react-query";
import type { FailureError } from "#shared/domain/failure.ts";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { showToast } from "#renderer/ui/show-toast.ts";

/** What can be done with a schedule; failures are shown in the corner. */
export function useScheduleActions() {
  const set = useMutation(orpc.insights.setSchedule.mutationOptions({ onError: showFailed }));
  const run = useMutation(
    orpc.insights.runSchedule.mutationOptions({
      onSuccess: () => showToast({ tone: "ok", message: "The audit has begun." }),
      onError: showFailed,
    }),
  );
  return { set, run };
}

export function showFailed(error: Error | FailureError): void {
  const failure = toFailure(error);
  showToast({ tone: "danger", message: failure.message, hint: failure.todo });
}
