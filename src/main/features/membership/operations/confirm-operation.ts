import type { JobKind } from "#main/jobs/job-kind.ts";
import { skipUnchosen } from "#main/store/queries/all-steps.ts";
import { countSteps } from "#main/store/queries/operation-steps.ts";
import { type OperationRow, updateOperation } from "#main/store/queries/operations.ts";
import type { Writer } from "#main/store/store.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { EngineDeps } from "../membership-deps.ts";
import { decideConfirmation, needsApproval } from "../policy/confirmation.ts";
import type { RunPayload } from "../run/run-payload.ts";
import { digestSteps } from "./digest-steps.ts";
import { readMembershipSettings } from "./membership-settings.ts";
import { startRun } from "./start-run.ts";

/**
 * Confirms a planned operation inside the caller's transaction, and starts it unless it needs somebody else's word. Null
 * when that was done, otherwise why not. `by` is who says so where it is not the operator.
 */
export async function confirmIn(
  deps: EngineDeps,
  runJob: JobKind<RunPayload>,
  writer: Writer,
  row: OperationRow,
  typed: string | null,
  by?: "schedule",
): Promise<Failure | null> {
  const { planned: chosen } = await countSteps(writer, row);
  const nowMs = deps.clock.nowMs();
  const plan = { kind: row.kind, chosen, plannedAtMs: row.plannedAtMs ?? row.createdAtMs };
  const refusal = decideConfirmation(plan, { typed, nowMs });
  if (refusal) return refusal;
  const digest = await digestSteps(writer, row.id);
  await skipUnchosen(writer, row.id);
  const confirmedBy = by ?? deps.operator;
  await updateOperation(writer, row.id, { digest, confirmedAtMs: nowMs, confirmedBy });
  const waits = needsApproval(chosen, await readMembershipSettings(writer));
  await deps.activity.record(writer, {
    ...(by === undefined ? {} : { actor: by }),
    action: "operation.confirmed",
    target: row.id,
    why: row.title,
    outcome: "done",
    details: { kind: row.kind, steps: chosen, digest, needsApproval: waits },
  });
  if (waits) await updateOperation(writer, row.id, { state: "awaiting-approval" });
  else await startRun(deps, runJob, writer, row);
  return null;
}
