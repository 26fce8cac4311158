import type { JobKind } from "#main/jobs/job-kind.ts";
import { countSteps } from "#main/store/queries/operation-steps.ts";
import { type OperationRow, updateOperation } from "#main/store/queries/operations.ts";
import { findRecurrence } from "#main/store/queries/recurrences.ts";
import type { Writer } from "#main/store/store.ts";
import { mayRunUnseen } from "#shared/domain/recurrence.ts";
import type { EngineDeps } from "../membership-deps.ts";
import { confirmIn } from "../operations/confirm-operation.ts";
import { readMembershipSettings } from "../operations/membership-settings.ts";
import { needsApproval } from "../policy/confirmation.ts";
import type { RunPayload } from "../run/run-payload.ts";

/**
 * What becomes of a plan that a schedule asked for, in the transaction that ends its planning. With nothing to do it is
 * done at once, and nothing was changed. One that was confirmed beforehand runs, unless its kind may not or it needs
 * somebody else's word; then, as without a confirmation, it waits for the operator.
 */
export function createRunUnseen(deps: EngineDeps, runJob: JobKind<RunPayload>) {
  return async (writer: Writer, row: OperationRow): Promise<void> => {
    if (row.recurrenceId === null) return;
    deps.store.afterCommit(() => {
      deps.announce("schedules");
      deps.announce("operations");
    });
    const counts = await countSteps(writer, row);
    if (counts.planned === 0) return endUnchanged(deps, writer, row);
    const recurrence = await findRecurrence(writer, row.recurrenceId);
    if (!recurrence?.isConfirmed || !mayRunUnseen(recurrence.request)) return;
    if (needsApproval(counts.planned, await readMembershipSettings(writer))) return;
    // Refused, it waits for the operator like any other plan.
    await confirmIn(deps, runJob, writer, row, null, "schedule");
  };
}

async function endUnchanged(
  { store, clock, activity, announce }: EngineDeps,
  writer: Writer,
  row: OperationRow,
): Promise<void> {
  await updateOperation(writer, row.id, { state: "done", finishedAtMs: clock.nowMs() });
  await activity.record(writer, {
    actor: "schedule",
    action: "operation.finished",
    target: row.id,
    why: row.title,
    outcome: "done",
    details: { kind: row.kind, state: "done", ...(await countSteps(writer, row)) },
  });
  store.afterCommit(() => announce("operations"));
}
