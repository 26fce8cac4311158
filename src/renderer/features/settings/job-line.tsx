import { useMutation } from "@tanstack/react-query";
import { RotateCcw, Trash2 } from "lucide-react";
import { orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { formatDateTime } from "#renderer/ui/format.ts";
import { showToast } from "#renderer/ui/show-toast.ts";
import type { Job } from "#shared/domain/job.ts";
import { describeProgress, jobStateWords } from "./job-words.ts";

interface JobLineProps {
  readonly job: Job;
  /** Asks before a dead letter is thrown away. */
  readonly onDiscard: () => void;
}

/** One piece of background work, with what the operator can do about it. */
export function JobLine({ job, onDiscard }: JobLineProps) {
  const words = jobStateWords[job.state];
  const retry = useMutation(
    orpc.jobs.retry.mutationOptions({
      onSuccess: () => showToast({ tone: "ok", message: `“${job.title}” is tried again.` }),
      onError: (error) => {
        const failure = toFailure(error);
        showToast({ tone: "danger", message: failure.message, hint: failure.todo });
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.jobs.key() }),
    }),
  );
  const mayRetry = job.state === "dead" || job.state === "paused";
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-t border-line px-4 py-2.5 first:border-t-0">
      <div className="min-w-56 flex-1">
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-sm font-medium break-words">{job.title}</span>
          <Badge tone={words.tone}>{words.label}</Badge>
        </div>
        <p className="text-xs text-fg-muted">
          {[describeProgress(job), formatDateTime(job.finishedAtMs ?? job.startedAtMs ?? job.createdAtMs)]
            .filter((part) => part !== "")
            .join(" · ")}
        </p>
        {job.failure && (
          <p className="mt-1 text-sm">
            <span className="text-danger-fg">{job.failure.message}</span> {job.failure.todo}{" "}
            <span className="font-mono text-2xs text-fg-muted">{job.failure.code}</span>
          </p>
        )}
      </div>
      {mayRetry && (
        <div className="flex gap-1.5">
          <Button
            icon={<RotateCcw />}
            isBusy={retry.isPending}
            aria-label={`Try again: ${job.title}`}
            onClick={() => retry.mutate({ jobId: job.id })}
          >
            Try again
          </Button>
          {job.state === "dead" && (
            <Button
              variant="ghost"
              icon={<Trash2 />}
              aria-label={`Discard: ${job.title}`}
              onClick={onDiscard}
            >
              Discard
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
