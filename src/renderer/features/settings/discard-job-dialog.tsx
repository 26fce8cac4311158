import { useMutation } from "@tanstack/react-query";
import { orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import type { Job } from "#shared/domain/job.ts";

interface DiscardJobDialogProps {
  /** Null while nothing is to be discarded. */
  readonly job: Job | null;
  readonly onClose: () => void;
}

/** Asks before work that gave up is thrown away with what it still knew. */
export function DiscardJobDialog({ job, onClose }: DiscardJobDialogProps) {
  const discard = useMutation(
    orpc.jobs.discard.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: orpc.jobs.key() });
        close();
      },
    }),
  );
  const close = () => {
    discard.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={job !== null}
      onOpenChange={close}
      title={`Discard “${job?.title ?? "this work"}”?`}
      description="It cannot be tried again afterwards. What it had already done stays."
      confirmLabel="Discard"
      isDangerous
      isBusy={discard.isPending}
      onConfirm={() => {
        if (job) discard.mutate({ jobId: job.id });
      }}
    >
      {discard.error && <ErrorNotice error={toFailure(discard.error)} />}
    </ConfirmDialog>
  );
}
