import { and, desc, eq, inArray, lte } from "drizzle-orm";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { NoticedId, NoticedItem } from "#shared/domain/noticed.ts";
import { noticed } from "../schema/insights.ts";
import type { Reader, Writer } from "../store.ts";

/** False when the same thing (`sameAs`) was noticed already. */
export async function insertNoticed(db: Writer, item: NoticedItem, sameAs: string): Promise<boolean> {
  const added = await db
    .insert(noticed)
    .values({ ...item, sameAs, isSettled: false })
    .onConflictDoNothing()
    .returning({ id: noticed.id });
  return added.length > 0;
}

/** What is not settled, newest first. */
export async function listNoticed(db: Reader, limit: number): Promise<NoticedItem[]> {
  const rows = await db
    .select()
    .from(noticed)
    .where(eq(noticed.isSettled, false))
    .orderBy(desc(noticed.atMs), desc(noticed.id))
    .limit(limit);
  return rows.map(({ sameAs: _sameAs, isSettled: _isSettled, ...item }) => item);
}

/** False when there is none, or it was settled before. */
export async function settleNoticed(db: Writer, id: NoticedId): Promise<boolean> {
  const settled = await db
    .update(noticed)
    .set({ isSettled: true })
    .where(and(eq(noticed.id, id), eq(noticed.isSettled, false)))
    .returning({ id: noticed.id });
  return settled.length > 0;
}

/** What these connections had shown by then. Returns how many. */
export async function settleNoticedUntil(
  db: Writer,
  connectionIds: readonly ConnectionId[],
  untilMs: number,
): Promise<number> {
  const settled = await db
    .update(noticed)
    .set({ isSettled: true })
    .where(
      and(
        inArray(noticed.connectionId, [...connectionIds]),
        eq(noticed.isSettled, false),
        lte(noticed.atMs, untilMs),
      ),
    )
    .returning({ id: noticed.id });
  return settled.length;
}
