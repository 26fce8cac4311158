import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { OperationState } from "#shared/domain/operation.ts";
import type { RecurrenceId } from "#shared/domain/recurrence.ts";
import { operations, recurrences } from "../schema/membership.ts";
import type { Reader, Writer } from "../store.ts";
import { operationColumns, type OperationRow } from "./operations.ts";

export type RecurrenceRow = typeof recurrences.$inferSelect;

/** Adds one, or replaces all of it but when it was made. */
export async function saveRecurrence(db: Writer, row: RecurrenceRow): Promise<void> {
  const { name, request, isConfirmed } = row;
  await db
    .insert(recurrences)
    .values(row)
    .onConflictDoUpdate({ target: recurrences.id, set: { name, request, isConfirmed } });
}

/** False when there is none. */
export async function deleteRecurrence(db: Writer, id: RecurrenceId): Promise<boolean> {
  const gone = await db.delete(recurrences).where(eq(recurrences.id, id)).returning({ id: recurrences.id });
  return gone.length > 0;
}

export async function findRecurrence(db: Reader, id: RecurrenceId): Promise<RecurrenceRow | null> {
  const [row] = await db.select().from(recurrences).where(eq(recurrences.id, id));
  return row ?? null;
}

export async function findRecurrenceNamed(db: Reader, name: string): Promise<RecurrenceRow | null> {
  const [row] = await db.select().from(recurrences).where(eq(recurrences.name, name));
  return row ?? null;
}

/** By name. */
export async function listRecurrences(db: Reader): Promise<RecurrenceRow[]> {
  return db.select().from(recurrences).orderBy(asc(recurrences.name));
}

/** The operations of a recurrence that are in one of `states`, newest first. */
export async function listOperationsOf(
  db: Reader,
  id: RecurrenceId,
  states: readonly OperationState[],
): Promise<OperationRow[]> {
  return db
    .select(operationColumns)
    .from(operations)
    .where(and(eq(operations.recurrenceId, id), inArray(operations.state, [...states])))
    .orderBy(desc(operations.createdAtMs), desc(operations.id));
}
