import { useMutation } from "@tanstack/react-query";
import type { RunId } from "#shared/domain/ids.ts";
import { client } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { dismissToastsAbout, showToast } from "#renderer/ui/show-toast.ts";

/** Says why something did not work. */
export function showFailure(error: unknown): void {
  tellFailure(error, undefined);
}

/** The same, until something newer is said of the same subject. */
export function showFailureAbout(about: string): (error: unknown) => void {
  return (error) => tellFailure(error, about);
}

function tellFailure(error: unknown, about: string | undefined): void {
  const failure = toFailure(error);
  showToast({ tone: "danger", about, message: failure.message, hint: failure.todo });
}

const CANCELLED_AUDIT = "cancelled-audit";

/** An audit is under way: it is that one which was cancelled, or one that the cancelled one would be in the way of. */
export function endOfferToResume(): void {
  dismissToastsAbout(CANCELLED_AUDIT);
}

/** Stops and continues audits. */
export function useAuditActions() {
  const resume = useMutation({
    mutationFn: (runId: RunId) => client.coverage.resume({ runId }),
    onError: showFailure,
  });
  const cancel = useMutation({
    mutationFn: (runId: RunId) => client.coverage.cancel({ runId }),
    onError: showFailure,
    onSuccess: (_answer, runId) =>
      showToast({
        tone: "neutral",
        about: CANCELLED_AUDIT,
        message: "Audit cancelled. What was read so far is kept.",
        action: { label: "Resume", run: () => resume.mutate(runId) },
      }),
  });
  return { resume, cancel };
}
