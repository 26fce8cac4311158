import { and, asc, desc, eq, gte, inArray } from "drizzle-orm";
import type { HelpRequestId } from "#shared/domain/offboarding.ts";
import { helpRequests, operations, operationSteps } from "../schema/membership.ts";
import type { Reader, Writer } from "../store.ts";

export type HelpRequestRow = typeof helpRequests.$inferSelect;

/** Requests written by one statement. */
const ROWS_A_STATEMENT = 100;

/** Newest first; those written together by the names of their groups. */
export async function listHelpRequests(db: Reader): Promise<HelpRequestRow[]> {
  return db
    .select()
    .from(helpRequests)
    .orderBy(desc(helpRequests.createdAtMs), asc(helpRequests.groupName), asc(helpRequests.id));
}

export async function findHelpRequests(db: Reader, ids: readonly HelpRequestId[]): Promise<HelpRequestRow[]> {
  return db
    .select()
    .from(helpRequests)
    .where(inArray(helpRequests.id, [...ids]))
    .orderBy(asc(helpRequests.createdAtMs), asc(helpRequests.id));
}

export async function insertHelpRequests(db: Writer, rows: readonly HelpRequestRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT)
    await db.insert(helpRequests).values(rows.slice(at, at + ROWS_A_STATEMENT));
}

export async function updateHelpRequest(
  db: Writer,
  id: HelpRequestId,
  change: Partial<Pick<HelpRequestRow, "state" | "text" | "note" | "updatedAtMs">>,
): Promise<void> {
  await db.update(helpRequests).set(change).where(eq(helpRequests.id, id));
}

/** Removes some that nobody has seen yet. */
export async function deleteHelpRequests(db: Writer, ids: readonly HelpRequestId[]): Promise<void> {
  if (ids.length > 0) await db.delete(helpRequests).where(inArray(helpRequests.id, [...ids]));
}

/** The operations that send messages, planned since then, oldest first. */
export async function listMessageOperations(
  db: Reader,
  sinceMs: number,
): Promise<Pick<typeof operations.$inferSelect, "id" | "state" | "request">[]> {
  return db
    .select({ id: operations.id, state: operations.state, request: operations.request })
    .from(operations)
    .where(and(eq(operations.kind, "message"), gte(operations.createdAtMs, sinceMs)))
    .orderBy(asc(operations.createdAtMs), asc(operations.id));
}

export type SendingRow = Pick<
  typeof operationSteps.$inferSelect,
  "connectionId" | "userId" | "after" | "state" | "failure" | "actedAtMs"
>;

/** What became of the messages of one operation, in their order. */
export async function listSendings(
  db: Reader,
  operationId: typeof operations.$inferSelect.id,
): Promise<SendingRow[]> {
  const { connectionId, userId, after, state, failure, actedAtMs } = operationSteps;
  return db
    .select({ connectionId, userId, after, state, failure, actedAtMs })
    .from(operationSteps)
    .where(eq(operationSteps.operationId, operationId))
    .orderBy(asc(operationSteps.ordinal));
}
