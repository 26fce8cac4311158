import { CirclePause, Hourglass, LoaderCircle } from "lucide-react";
import { SECOND_MS } from "#shared/lib/time.ts";
import type { OperationDetail, OperationProgress } from "#shared/domain/operation.ts";
import { Button } from "#renderer/ui/button.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { formatCount, formatDuration } from "#renderer/ui/format.ts";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { PauseRemedy } from "./pause-remedy.tsx";
import { useOperationActions } from "./use-operation-actions.ts";
import { whenWords } from "./when-words.ts";

const ICONS = {
  running: <LoaderCircle className="animate-spin text-accent-fg" />,
  waiting: <Hourglass className="text-warn-fg" />,
  paused: <CirclePause className="text-danger-fg" />,
};

/** How an operation at work is doing, why it stands still where it does, and what can be done about it. */
export function ProgressStrip({
  operation,
  live,
}: {
  operation: OperationDetail;
  live: OperationProgress | null;
}) {
  const { resume, cancel } = useOperationActions();
  const { id, state, failure } = operation;
  const isPlanning = state === "planning";
  const isPaused = state === "paused";
  const what = isPlanning ? "Making the plan" : "Running";
  return (
    <section
      aria-label="Progress"
      className={cx(
        "flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-line px-5 py-2",
        isPaused ? "bg-danger-soft" : state === "waiting" || live?.waiting ? "bg-warn-soft" : "bg-sunken",
      )}
    >
      <span aria-hidden="true" className="[&_svg]:size-4">
        {ICONS[state === "paused" || state === "waiting" ? state : live?.waiting ? "waiting" : "running"]}
      </span>
      <div className="flex min-w-64 flex-1 flex-col gap-1.5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
          <span role="status" className="font-medium">
            {isPaused
              ? `It stands still and needs you. ${failure?.message ?? ""}`
              : live?.waiting
                ? `Waiting: ${live.waiting.why}`
                : `${what}: ${live?.phase || "starting"}`}
          </span>
          <span className="tabular text-fg-muted">
            {live ? <Amount live={live} /> : null}
            {live?.waiting ? <Countdown untilMs={live.waiting.untilMs} /> : null}
          </span>
        </div>
        {isPaused && failure ? <p className="text-sm text-fg">{failure.todo}</p> : null}
        {isPlanning ? (
          <p className="text-xs text-fg-muted">
            Muster only reads now. Nothing is changed before you have seen the plan.
          </p>
        ) : null}
        <ProgressBar
          label={isPlanning ? "Progress of the plan" : "Progress of the operation"}
          done={live?.done ?? 0}
          total={live?.total ?? null}
          isWaiting={isPaused || state === "waiting" || Boolean(live?.waiting)}
        />
      </div>
      <div className="flex items-center gap-2">
        {isPaused && failure ? <PauseRemedy failure={failure} costs={operation.costs} /> : null}
        {isPaused ? (
          <Button isBusy={resume.isPending} onClick={() => resume.mutate(id)}>
            Resume
          </Button>
        ) : null}
        <Button
          variant={isPaused ? "ghost" : "secondary"}
          isBusy={cancel.isPending}
          onClick={() => cancel.mutate(id)}
        >
          {isPlanning ? "Cancel the plan" : "Cancel the rest"}
        </Button>
      </div>
    </section>
  );
}

function Amount({ live }: { live: OperationProgress }) {
  const parts = [
    live.total === null ? formatCount(live.done) : `${formatCount(live.done)} of ${formatCount(live.total)}`,
  ];
  if (live.etaMs !== null) parts.push(`about ${formatDuration(live.etaMs)} left`);
  return parts.join(" · ");
}

function Countdown({ untilMs }: { untilMs: number }) {
  const nowMs = useNow(SECOND_MS);
  const leftMs = Math.max(0, untilMs - nowMs);
  return (
    <>
      {" · "}
      <span className="font-medium text-warn-fg">
        goes on {leftMs < SECOND_MS ? "now" : `in ${formatDuration(leftMs)}`}, at {whenWords(untilMs, nowMs)}
      </span>
    </>
  );
}
