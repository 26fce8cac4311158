import type { JobRunner } from "#main/jobs/job-runner.ts";
import { countRuns, findRun, listRuns } from "#main/store/queries/coverage-runs.ts";
import type { Reader } from "#main/store/store.ts";
import type { Run } from "#shared/domain/coverage.ts";
import { RunId } from "#shared/domain/ids.ts";
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
