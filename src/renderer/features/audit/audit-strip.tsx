import { CirclePause, Hourglass, LoaderCircle } from "lucide-react";
import type { Run, RunProgress } from "#shared/domain/coverage.ts";
import { paths } from "#renderer/api/paths.ts";
import { Button } from "#renderer/ui/button.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { formatCount, formatDuration, formatNoun, formatTime } from "#renderer/ui/format.ts";
import { LinkButton } from "#renderer/ui/link-button.tsx";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { AuditParts } from "./audit-parts.tsx";
import { useActiveRun } from "./use-active-run.ts";
import { useAuditActions } from "./use-audit-actions.ts";

/** How the audit under way is doing, and what can be done about it. Nothing when none is. */
export function AuditStrip() {
  const active = useActiveRun();
  return active ? <Strip run={active.run} live={active.live} /> : null;
}

const ICONS = {
  running: <LoaderCircle className="animate-spin text-accent-fg" />,
  waiting: <Hourglass className="text-warn-fg" />,
  paused: <CirclePause className="text-danger-fg" />,
};

function Strip({ run, live }: { run: Run; live: RunProgress | null }) {
  const { resume, cancel } = useAuditActions();
  const state = live?.state ?? run.state;
  const progress = live?.progress;
  const isPaused = state === "paused";
  const needsSignIn =
    isPaused &&
    /^(slack\/(token|account)|telegram\/(session|account)|keychain\/)/.test(run.failure?.code ?? "");
  return (
    <section
      aria-label="Audit under way"
      className={cx(
        "flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-line px-5 py-2",
        isPaused ? "bg-danger-soft" : state === "waiting" ? "bg-warn-soft" : "bg-sunken",
      )}
    >
      <span aria-hidden="true" className="[&_svg]:size-4">
        {ICONS[state === "paused" || state === "waiting" ? state : "running"]}
      </span>
      <div className="flex min-w-64 flex-1 flex-col gap-1.5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
          <span role="status" className="font-medium">
            {isPaused
              ? `Audit paused. ${run.failure?.message ?? ""}`
              : progress?.waiting
                ? `Audit waiting: ${progress.waiting.why}`
                : `Auditing: ${progress?.phase ?? "starting"}`}
          </span>
          <span className="tabular text-fg-muted">
            {progress ? <Counts progress={progress} calls={live?.calls ?? run.calls} /> : null}
          </span>
        </div>
        {isPaused && run.failure ? <p className="text-sm text-fg">{run.failure.todo}</p> : null}
        <ProgressBar
          label="Progress of the audit"
          done={progress?.done ?? 0}
          total={progress?.total ?? null}
          isWaiting={state !== "running"}
        />
        {live && live.parts.length > 1 ? <AuditParts parts={live.parts} /> : null}
      </div>
      <div className="flex items-center gap-2">
        {needsSignIn ? (
          <LinkButton to={paths.connections()} variant="primary">
            Sign in again
          </LinkButton>
        ) : null}
        {isPaused ? (
          <Button isBusy={resume.isPending} onClick={() => resume.mutate(run.id)}>
            Resume
          </Button>
        ) : null}
        <Button
          variant={isPaused ? "ghost" : "secondary"}
          isBusy={cancel.isPending}
          onClick={() => cancel.mutate(run.id)}
        >
          Cancel audit
        </Button>
      </div>
    </section>
  );
}

function Counts({ progress, calls }: { progress: RunProgress["progress"]; calls: number }) {
  const parts = [
    progress.total === null
      ? formatCount(progress.done)
      : `${formatCount(progress.done)} of ${formatCount(progress.total)}`,
    formatNoun(calls, "call"),
  ];
  if (progress.etaMs !== null) parts.push(`about ${formatDuration(progress.etaMs)} left`);
  return (
    <>
      {parts.join(" · ")}
      {progress.waiting ? <Countdown untilMs={progress.waiting.untilMs} /> : null}
    </>
  );
}

function Countdown({ untilMs }: { untilMs: number }) {
  const leftMs = Math.max(0, untilMs - useNow(1_000));
  return (
    <>
      {" · "}
      <span className="font-medium text-warn-fg">
        resumes {leftMs < 1_000 ? "now" : `in ${formatDuration(leftMs)}`}, at {formatTime(untilMs)}
      </span>
    </>
  );
}
