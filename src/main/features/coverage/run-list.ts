import type { JobRunner } from "#main/jobs/job-runner.ts";
import { countRuns, findRun, listRunConnections, listRuns } from "#main/store/queries/coverage-runs.ts";
import type { Reader } from "#main/store/store.ts";
import type { Run } from "#shared/domain/coverage.ts";
import { type ConnectionId, RunId } from "#shared/domain/ids.ts";
import type { Page, PageRequest } from "#shared/domain/page.ts";
import { currentState } from "./run-progress.ts";
import { hasEnded } from "./run-states.ts";

/** Newest first. A cursor is the last run of the page before; it stays good when runs come or go. */
export async function readRunPage(
  read: Reader,
  jobs: Pick<JobRunner, "find">,
  request: PageRequest,
): Promise<Page<Run>> {
  const before = request.cursor === null ? null : parseCursor(request.cursor);
  const found = await listRuns(read, { before, limit: request.limit + 1 });
  const items = await withCurrentStates(jobs, found.slice(0, request.limit));
  const last = items.at(-1);
  return {
    items,
    nextCursor: found.length > request.limit && last ? `${last.startedAtMs} ${last.id}` : null,
    total: await countRuns(read),
  };
}

/** Null when there is none. */
export async function readCurrentRun(
  read: Reader,
  jobs: Pick<JobRunner, "find">,
  runId: RunId,
): Promise<Run | null> {
  const run = await findRun(read, runId);
  return run === null ? null : ((await withCurrentStates(jobs, [run]))[0] ?? null);
}

/** How many runs are looked through for one that was left unfinished. */
const LOOKED_THROUGH = 200;

/**
 * The newest run of any of these connections that has not ended, else, when asked for, the newest that was cancelled.
 * Null when there is neither among the last 200.
 */
export async function findUnfinishedRun(
  read: Reader,
  jobs: Pick<JobRunner, "find">,
  wanted: { readonly connectionIds: readonly ConnectionId[]; readonly orCancelled: boolean },
): Promise<Run | null> {
  const runs = await listRuns(read, { before: null, limit: LOOKED_THROUGH });
  const unfinished = runs.filter(({ state }) => !hasEnded(state));
  const cancelled = wanted.orCancelled ? runs.filter(({ state }) => state === "cancelled") : [];
  for (const run of [...unfinished, ...cancelled]) {
    const parts = await listRunConnections(read, run.id);
    if (parts.some(({ connectionId }) => wanted.connectionIds.includes(connectionId)))
      return (await withCurrentStates(jobs, [run]))[0] ?? null;
  }
  return null;
}

async function withCurrentStates(jobs: Pick<JobRunner, "find">, runs: readonly Run[]): Promise<Run[]> {
  const current: Run[] = [];
  for (const run of runs) {
    current.push(
      hasEnded(run.state) ? run : { ...run, state: currentState(run, await jobs.find(run.jobId)) },
    );
  }
  return current;
}

/** Null, the first page, when the cursor is none of ours. */
function parseCursor(cursor: string): { startedAtMs: number; id: RunId } | null {
  const [startedAtMs = "", id = ""] = cursor.split(" ");
  const parsedId = RunId.safeParse(id);
  return /^\d+$/.test(startedAtMs) && parsedId.success
    ? { startedAtMs: Number(startedAtMs), id: parsedId.data }
    : null;
}
