import type { EndedJob, JobEnd, JobKind } from "#main/jobs/job-kind.ts";
import { endUnfinished } from "#main/store/queries/all-steps.ts";
import { countSteps, countUndone } from "#main/store/queries/operation-steps.ts";
import { findOperation, updateOperation } from "#main/store/queries/operations.ts";
import type { Writer } from "#main/store/store.ts";
import { failure } from "#shared/domain/failure.ts";
import type { OperationId, OperationState } from "#shared/domain/operation.ts";
import { hasEnded } from "#shared/domain/operation-phase.ts";
import type { EngineDeps } from "../membership-deps.ts";
import { enqueueReport, type ReportPayload } from "../report/report-job.ts";
import type { RunPayload } from "./run-payload.ts";

/**
 * Writes what an operation came to, in the transaction that ends or pauses its job: steps, state and a line of the
 * activity log are kept or lost together, and so is the order to write its files.
 */
export async function endRun(
  deps: Pick<EngineDeps, "store" | "clock" | "activity" | "announce" | "jobs" | "timeZone">,
  reportJob: JobKind<ReportPayload>,
  end: JobEnd,
  job: EndedJob<RunPayload>,
  writer: Writer,
): Promise<void> {
  const { operationId } = job.payload;
  const row = await findOperation(writer, operationId);
  if (row === null || hasEnded(row.state)) return;
  await settleRest(writer, operationId, end);
  const state = await stateAfter(writer, operationId, end);
  const met = end.end === "paused" || end.end === "failed" ? end.failure : null;
  await updateOperation(writer, operationId, {
    state,
    failure: met,
    finishedAtMs: state === "paused" ? null : deps.clock.nowMs(),
  });
  await deps.activity.record(writer, {
    // Only the operator cancels; everything else the job does by itself.
    ...(end.end === "cancelled" ? {} : { actor: "job-runner" }),
    action: `operation.${end.end === "cancelled" || end.end === "paused" ? end.end : "finished"}`,
    target: operationId,
    why: met?.message ?? row.title,
    outcome: state === "failed" || state === "paused" ? "failed" : "done",
    details: { kind: row.kind, state, ...(await countSteps(writer, row)) },
  });
  if (state !== "paused") await enqueueReport(deps, reportJob, writer, row);
  deps.store.afterCommit(() => deps.announce("operations"));
}

/** Nothing stays begun for ever: whoever cancels, or meets a defect, is told what is not known. */
async function settleRest(writer: Writer, operationId: OperationId, end: JobEnd): Promise<void> {
  const unclear = { state: "unclear", failure: failure("membership/outcome-unclear") } as const;
  if (end.end === "cancelled") {
    await endUnfinished(writer, operationId, "acting", unclear);
    await endUnfinished(writer, operationId, "planned", { state: "skipped" });
  }
  if (end.end === "done") {
    await endUnfinished(writer, operationId, "acting", unclear);
    const failed = { state: "failed", failure: failure("job/internal-error") } as const;
    await endUnfinished(writer, operationId, "planned", failed);
  }
}

async function stateAfter(writer: Writer, operationId: OperationId, end: JobEnd): Promise<OperationState> {
  if (end.end !== "done") return end.end;
  return (await countUndone(writer, operationId)) === 0 ? "done" : "partial";
}
