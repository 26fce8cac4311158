import { and, asc, count, eq } from "drizzle-orm";
import type { OperationId, StepAction } from "#shared/domain/operation.ts";
import { operationSteps } from "../schema/membership.ts";
import type { Reader } from "../store.ts";

/** How many steps an operation is still to do, for each action, in alphabetical order. */
export async function countPlannedActions(
  db: Reader,
  operationId: OperationId,
): Promise<{ action: StepAction; steps: number }[]> {
  return db
    .select({ action: operationSteps.action, steps: count() })
    .from(operationSteps)
    .where(
      and(
        eq(operationSteps.operationId, operationId),
        eq(operationSteps.state, "planned"),
        eq(operationSteps.isChosen, true),
      ),
    )
    .groupBy(operationSteps.action)
    .orderBy(asc(operationSteps.action));
}
