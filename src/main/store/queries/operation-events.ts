import { and, desc, eq, gte, inArray, isNotNull, or } from "drizzle-orm";
import type { OperationId } from "#shared/domain/operation.ts";
import { activity } from "../schema/activity.ts";
import { operations } from "../schema/membership.ts";
import type { Reader } from "../store.ts";
import { operationColumns, type OperationRow } from "./operations.ts";

/**
 * Operations that ended since then after they were run, or failed at the hands of a schedule; that stand still; or that a
 * schedule planned and nobody has looked at. The newest 50, newest first.
 */
export async function listEventful(db: Reader, sinceMs: number): Promise<OperationRow[]> {
  return db
    .select(operationColumns)
    .from(operations)
    .where(
      or(
        and(
          inArray(operations.state, ["done", "partial", "failed"]),
          gte(operations.finishedAtMs, sinceMs),
          isNotNull(operations.runJobId),
        ),
        and(
          eq(operations.state, "failed"),
          gte(operations.finishedAtMs, sinceMs),
          isNotNull(operations.recurrenceId),
        ),
        eq(operations.state, "paused"),
        and(
          eq(operations.state, "planned"),
          gte(operations.plannedAtMs, sinceMs),
          isNotNull(operations.recurrenceId),
        ),
      ),
    )
    .orderBy(desc(operations.createdAtMs), desc(operations.id))
    .limit(50);
}

/** When an operation last paused, as the activity log has it; null when it never did. */
export async function findLastPause(db: Reader, id: OperationId): Promise<number | null> {
  const [line] = await db
    .select({ atMs: activity.atMs })
    .from(activity)
    .where(and(eq(activity.target, id), eq(activity.action, "operation.paused")))
    .orderBy(desc(activity.seq))
    .limit(1);
  return line?.atMs ?? null;
}
