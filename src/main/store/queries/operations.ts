import { and, desc, eq, getTableColumns, inArray, lt, ne, notInArray, or } from "drizzle-orm";
import type { OperationId, OperationRequest, OperationState } from "#shared/domain/operation.ts";
import { PLAN_STATES } from "#shared/domain/operation-phase.ts";
import { operations } from "../schema/membership.ts";
import type { Reader, Writer } from "../store.ts";
import { deleteSteps } from "./all-steps.ts";

/** What was asked for may be tens of thousands of pairs, megabytes of text: it is read where it is needed. */
const { request, ...columns } = getTableColumns(operations);

/** Every column but `request`, for selections. */
export const operationColumns = columns;

/** An operation without its request, which `findRequest` reads. */
export type OperationRow = Omit<typeof operations.$inferSelect, "request">;
export type OperationChange = Partial<
  Omit<OperationRow, "id" | "kind" | "planJobId" | "createdAtMs" | "createdBy" | "isSandbox">
>;

/** A new operation, of which nothing is planned yet. */
export async function insertOperation(
  db: Writer,
  operation: Pick<
    typeof operations.$inferSelect,
    | "id"
    | "kind"
    | "title"
    | "request"
    | "undoes"
    | "isSandbox"
    | "planJobId"
    | "recurrenceId"
    | "createdAtMs"
    | "createdBy"
  >,
): Promise<void> {
  await db.insert(operations).values({ ...operation, state: "planning", costs: [], problems: [] });
}

export async function findOperation(db: Reader, id: OperationId): Promise<OperationRow | null> {
  const [row] = await db.select(columns).from(operations).where(eq(operations.id, id));
  return row ?? null;
}

/** What an operation was planned from; null when there is none of this id. */
export async function findRequest(db: Reader, id: OperationId): Promise<OperationRequest | null> {
  const [row] = await db.select({ request }).from(operations).where(eq(operations.id, id));
  return row?.request ?? null;
}

/** Newest first. `before` is the last operation of the page before. */
export async function listOperations(
  db: Reader,
  page: {
    readonly before: Pick<OperationRow, "id" | "createdAtMs"> | null;
    readonly limit: number;
    readonly states?: readonly OperationState[];
  },
): Promise<OperationRow[]> {
  const { before, states } = page;
  return db
    .select(columns)
    .from(operations)
    .where(
      and(
        before === null
          ? undefined
          : or(
              lt(operations.createdAtMs, before.createdAtMs),
              and(eq(operations.createdAtMs, before.createdAtMs), lt(operations.id, before.id)),
            ),
        states ? inArray(operations.state, [...states]) : undefined,
      ),
    )
    .orderBy(desc(operations.createdAtMs), desc(operations.id))
    .limit(page.limit);
}

export async function countOperations(db: Reader): Promise<number> {
  return db.$count(operations);
}

export async function updateOperation(db: Writer, id: OperationId, change: OperationChange): Promise<void> {
  await db.update(operations).set(change).where(eq(operations.id, id));
}

/** Changes an operation unless it has been taken out of these states meanwhile; true when it was changed. */
export async function updateOperationIn(
  db: Writer,
  id: OperationId,
  states: readonly OperationState[],
  change: OperationChange,
): Promise<boolean> {
  const changed = await db
    .update(operations)
    .set(change)
    .where(and(eq(operations.id, id), inArray(operations.state, [...states])))
    .returning({ id: operations.id });
  return changed.length > 0;
}

/**
 * Removes an operation that was never confirmed, with its steps; true when there was one in these states. Takes several
 * turns where there are many steps.
 */
export async function deleteOperationIn(
  db: Writer,
  id: OperationId,
  states: readonly OperationState[],
): Promise<boolean> {
  const [found] = await db
    .select({ id: operations.id })
    .from(operations)
    .where(and(eq(operations.id, id), inArray(operations.state, [...states])));
  if (found === undefined) return false;
  await deleteSteps(db, id);
  await db.delete(operations).where(eq(operations.id, id));
  return true;
}

/** For each of `ids` that was taken back, or is being: the newest operation that does it. A mere plan takes nothing back. */
export async function findUndoes(
  db: Reader,
  ids: readonly OperationId[],
): Promise<ReadonlyMap<OperationId, OperationId>> {
  const rows = await db
    .select({ id: operations.id, undoes: operations.undoes })
    .from(operations)
    .where(and(inArray(operations.undoes, [...ids]), notInArray(operations.state, [...PLAN_STATES])))
    .orderBy(operations.createdAtMs, operations.id);
  return new Map(rows.flatMap(({ id, undoes }) => (undoes === null ? [] : [[undoes, id] as const])));
}

/** Other operations in one of `states`; newest first. */
export async function listOthersIn(
  db: Reader,
  id: OperationId,
  states: readonly OperationState[],
): Promise<{ readonly id: OperationId; readonly title: string; readonly state: OperationState }[]> {
  return db
    .select({ id: operations.id, title: operations.title, state: operations.state })
    .from(operations)
    .where(and(ne(operations.id, id), inArray(operations.state, [...states])))
    .orderBy(desc(operations.createdAtMs), desc(operations.id));
}
