import { formatCount, formatDuration, formatTime } from "#renderer/ui/format.ts";
import type { Tone } from "#renderer/ui/badge.tsx";
import type { Job, JobState } from "#shared/domain/job.ts";

export const jobStateWords: Record<JobState, { readonly label: string; readonly tone: Tone }> = {
  queued: { label: "Queued", tone: "neutral" },
  running: { label: "Running", tone: "accent" },
  waiting: { label: "Waiting", tone: "warn" },
  paused: { label: "Paused", tone: "warn" },
  done: { label: "Done", tone: "ok" },
  cancelled: { label: "Cancelled", tone: "neutral" },
  dead: { label: "Gave up", tone: "danger" },
};

/** Jobs by what they ask of the operator: those that need a decision, those under way, those that ended. */
export interface JobGroups {
  readonly needsYou: readonly Job[];
  readonly underWay: readonly Job[];
  readonly ended: readonly Job[];
}

export function groupJobs(jobs: readonly Job[]): JobGroups {
  const inStates = (...states: JobState[]) => jobs.filter((job) => states.includes(job.state));
  return {
    needsYou: inStates("dead", "paused"),
    underWay: inStates("running", "waiting", "queued"),
    ended: inStates("done", "cancelled"),
  };
}

/** How far a job is, in one line: `Reading channels, 40 of 72, about 3 min left`. */
export function describeProgress({ progress, attempts, state }: Job): string {
  const count =
    progress.total === null
      ? progress.done > 0
        ? formatCount(progress.done)
        : ""
      : `${formatCount(progress.done)} of ${formatCount(progress.total)}`;
  const wait = progress.waiting;
  return [
    progress.phase,
    count,
    wait ? `${wait.why}, continues at ${formatTime(wait.untilMs)}` : "",
    !wait && state === "running" && progress.etaMs !== null
      ? `about ${formatDuration(progress.etaMs)} left`
      : "",
    state === "dead" ? `tried ${attempts === 1 ? "once" : `${formatCount(attempts)} times`}` : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}
