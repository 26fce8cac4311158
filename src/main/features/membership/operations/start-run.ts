import type { JobKind } from "#main/jobs/job-kind.ts";
import { type OperationRow, updateOperation } from "#main/store/queries/operations.ts";
import type { Writer } from "#main/store/store.ts";
import type { EngineDeps } from "../membership-deps.ts";
import type { RunPayload } from "../run/run-payload.ts";

/**
 * Hands a confirmed operation to its job, inside the transaction that confirmed or approved it. Whoever calls has made
 * sure that it may run.
 */
export async function startRun(
  deps: Pick<EngineDeps, "store" | "jobs" | "announce">,
  runJob: JobKind<RunPayload>,
  writer: Writer,
  { id, title }: Pick<OperationRow, "id" | "title">,
): Promise<void> {
  const runJobId = await deps.jobs.enqueue(writer, { kind: runJob, title, payload: { operationId: id } });
  await updateOperation(writer, id, { state: "running", runJobId, failure: null });
  deps.store.afterCommit(() => deps.announce("operations"));
}
