import type { Application } from "#main/compose.ts";
import type { Run } from "#shared/domain/coverage.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { AuditOptions } from "./audit-options.ts";
import { findRunNamed } from "./name-run.ts";

/**
 * The audit to go on with: the one asked for with `--resume`, else the newest of these connections that was cut off
 * before its end. Null when a new one is to be made.
 */
export async function findAuditToGoOnWith(
  { coverage }: Application,
  options: AuditOptions,
  connectionIds: readonly ConnectionId[],
): Promise<Result<Run | null, Failure>> {
  if (typeof options.resume === "string") return findRunNamed(coverage, options.resume);
  if (options.new === true) return ok(null);
  const wantsCancelled = options.resume === true;
  const unfinished = await coverage.findUnfinishedRun({ connectionIds, orCancelled: wantsCancelled });
  if (unfinished || !wantsCancelled) return ok(unfinished);
  return err(failure("job/not-resumable", {}, "No audit of these connections was cut off or cancelled."));
}

/** Before the jobs are started. A run that was cut off in the middle of its work goes on with them by itself. */
export async function goOnWith({ coverage }: Application, run: Run): Promise<Result<void, Failure>> {
  if (run.state === "running") return ok(undefined);
  const resumed = await coverage.resume({ runId: run.id });
  // What it was paused on may have been put right since, and then it is queued already.
  const isQueued = !resumed.ok && resumed.error.code === "job/not-resumable" && run.state === "paused";
  return isQueued ? ok(undefined) : resumed;
}
