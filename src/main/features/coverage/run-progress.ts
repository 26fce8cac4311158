import { findRun, listRunConnections, type RunConnectionRow } from "#main/store/queries/coverage-runs.ts";
import { type JobRunner, watchJobs } from "#main/jobs/index.ts";
import type { Reader } from "#main/store/store.ts";
import type { Run, RunPart, RunProgress } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import type { Job } from "#shared/domain/job.ts";
import type { Clock } from "#shared/lib/time.ts";
import type { BoardPart, ProgressBoard } from "./audit/progress-board.ts";
import { parkedUntilMs } from "./policy/read-failure.ts";
import { hasEnded } from "./run-states.ts";

/** What progress is read from. */
export interface ProgressSources {
  readonly read: Reader;
  readonly jobs: Pick<JobRunner, "find" | "watch">;
  readonly board: ProgressBoard;
  readonly clock: Clock;
}

/** What is shown while nothing of the run is at work in this process. */
const RESTING_PHASES: Readonly<Record<Run["state"], string>> = {
  running: "Starting",
  waiting: "Waiting",
  paused: "Paused",
  completed: "Finished",
  partial: "Finished, with gaps",
  cancelled: "Cancelled",
  failed: "Failed",
};

/** A run's state as it is now: a running one whose job waits is `waiting`. */
export function currentState(run: Run, job: Job | null): Run["state"] {
  return run.state === "running" && job?.state === "waiting" ? "waiting" : run.state;
}

/** The present moment first, then every change, until the run has ended, is removed, or the signal aborts. */
export function streamProgress(
  sources: ProgressSources,
  runId: RunId,
  signal: AbortSignal,
): AsyncGenerator<RunProgress, void, void> {
  const read = () => readProgress(sources, runId);
  return watchJobs({ ...sources, read, isLast: ({ state }) => hasEnded(state) }, signal);
}

async function readProgress(sources: ProgressSources, runId: RunId): Promise<RunProgress | null> {
  const run = await findRun(sources.read, runId);
  if (run === null) return null;
  const job = await sources.jobs.find(run.jobId);
  const live = sources.board.find(runId);
  const state = currentState(run, job);
  const resting = {
    phase: RESTING_PHASES[state],
    done: job?.progress.done ?? 0,
    total: job?.progress.total ?? null,
    etaMs: null,
    waiting: job?.progress.waiting ?? null,
  };
  const progress =
    live === null ? resting : { ...live.progress, waiting: live.progress.waiting ?? resting.waiting };
  const nowMs = sources.clock.nowMs();
  const rows = await listRunConnections(sources.read, runId);
  const isWaiting = state === "running" && progress.waiting !== null;
  return {
    runId,
    parts: rows.map((row) => partOf(row, live?.parts.get(row.connectionId), nowMs)),
    state: isWaiting ? "waiting" : state,
    progress: hasEnded(state) ? { ...progress, etaMs: null, waiting: null } : progress,
    calls: Math.max(run.calls, live?.calls ?? 0),
  };
}

/** A part that was parked is not at work, whatever the board remembers of it, and goes on by itself. */
function partOf(row: RunConnectionRow, live: BoardPart | undefined, nowMs: number): RunPart {
  const { connectionId, platform, failure } = row;
  const untilMs = failure === null ? null : parkedUntilMs(failure);
  const parked =
    failure !== null && untilMs !== null && untilMs > nowMs ? { why: failure.message, untilMs } : null;
  const isAtWork = live !== undefined && failure === null;
  return {
    connectionId,
    platform,
    phase: isAtWork ? live.phase : null,
    done: isAtWork ? live.done : 0,
    total: isAtWork ? live.total : null,
    waiting: parked ?? (isAtWork ? live.wait : null),
    failure: untilMs === null ? failure : null,
  };
}
