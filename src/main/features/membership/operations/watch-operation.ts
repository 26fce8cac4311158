import { type JobRunner, watchJobs } from "#main/jobs/index.ts";
import { countSteps } from "#main/store/queries/operation-steps.ts";
import { findOperation, type OperationRow } from "#main/store/queries/operations.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { OperationId, OperationProgress, OperationState } from "#shared/domain/operation.ts";
import type { Clock } from "#shared/lib/time.ts";
import { expectedLeftMs, type Left } from "../policy/operation-costs.ts";
import { readLeft } from "./read-left.ts";
import { currentState, jobIdOf, type OperationSources } from "./describe-operation.ts";

/** In these somebody or something is at work on it. */
const MOVING: readonly OperationState[] = ["planning", "running", "waiting"];

export interface WatchSources extends OperationSources {
  readonly jobs: Pick<JobRunner, "find" | "watch">;
  readonly clock: Clock;
}

/** The present moment first, then every change, until the operation rests, is removed, or the signal aborts. */
export function watchOperation(
  sources: WatchSources,
  operationId: OperationId,
  signal: AbortSignal,
): AsyncGenerator<OperationProgress, void, void> {
  const read = () => readProgress(sources, operationId);
  return watchJobs({ ...sources, read, isLast: ({ state }) => !MOVING.includes(state) }, signal);
}

async function readProgress(
  sources: WatchSources,
  operationId: OperationId,
): Promise<OperationProgress | null> {
  const row = await findOperation(sources.read, operationId);
  if (row === null) return null;
  const job = await sources.jobs.find(jobIdOf(row));
  const state = currentState(row, job);
  const counts = await countSteps(sources.read, row);
  const isMoving = MOVING.includes(state);
  const left = counts.planned + counts.acting;
  const total = left + counts.done + counts.refused + counts.failed + counts.unclear;
  const isPlanning = state === "planning";
  const paceMs = isMoving ? (job?.progress.etaMs ?? null) : null;
  return {
    operationId,
    state,
    phase: isMoving ? phaseOf(state, job?.progress.phase ?? "", left) : "",
    done: isPlanning ? (job?.progress.done ?? 0) : total - left,
    total: isPlanning ? (job?.progress.total ?? null) : total,
    etaMs:
      !isMoving || isPlanning
        ? paceMs
        : etaOf(row, paceMs, await readLeft(sources.read, operationId, sources.clock.nowMs())),
    waiting: isMoving ? (job?.progress.waiting ?? null) : null,
    counts,
  };
}

/**
 * Where a budget holds some of it up, how fast it went until then says nothing. Otherwise as fast as of late, but not
 * faster than the plan expected.
 */
function etaOf(
  { costs }: OperationRow,
  paceMs: number | null,
  left: ReadonlyMap<ConnectionId, Left>,
): number | null {
  const expectedMs = expectedLeftMs(costs, left);
  const isHeldUp = [...left.values()].some(({ budgetMs }) => budgetMs > 0);
  if (isHeldUp || paceMs === null) return expectedMs === 0 ? null : Math.round(expectedMs);
  return Math.round(Math.max(paceMs, expectedMs));
}

function phaseOf(state: OperationState, jobPhase: string, left: number): string {
  if (state === "planning") return jobPhase === "" ? "Starting" : jobPhase;
  if (state === "waiting") return "Waiting";
  return left > 0 ? "Changing" : "Reading back";
}
