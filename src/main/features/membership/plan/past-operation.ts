import { setImmediate as nextTurn } from "node:timers/promises";
import { listSteps, type OperationStepRow } from "#main/store/queries/operation-steps.ts";
import type { Reader } from "#main/store/store.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import type { PastStep } from "../policy/past-steps.ts";

const STEPS_AT_ONCE = 500;

/** The steps of an operation as they are now, in their order; read in pieces. */
export async function readPastSteps(read: Reader, operationId: OperationId): Promise<PastStep[]> {
  const steps: PastStep[] = [];
  for (;;) {
    const after = steps.at(-1)?.ordinal ?? null;
    const filter = { operationId, states: [], search: "" };
    const page = await listSteps(read, filter, { after, limit: STEPS_AT_ONCE });
    for (const row of page) steps.push(asPastStep(row));
    if (page.length < STEPS_AT_ONCE) return steps;
    await nextTurn();
  }
}

function asPastStep(row: OperationStepRow): PastStep {
  return {
    ordinal: row.ordinal,
    action: row.action,
    stage: row.stage,
    batch: row.batch,
    connectionId: row.connectionId,
    platform: row.platform,
    groupKey: row.groupKey,
    groupId: row.groupId,
    groupName: row.groupName,
    groupKind: row.groupKind,
    newGroup: row.newGroup,
    personId: row.personId,
    personName: row.personName,
    userId: row.userId,
    before: row.before,
    after: row.after,
    state: row.state,
  };
}
