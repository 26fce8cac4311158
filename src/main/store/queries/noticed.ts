import { and, asc, desc, eq, inArray, lte } from "drizzle-orm";
import type { ConnectionId, GroupKey } from "#shared/domain/ids.ts";
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

/** What an item says, and whether it still stands. */
export type NoticedMark = Pick<NoticedItem, "kind" | "groupKey" | "groupName" | "personId" | "atMs"> & {
  readonly isSettled: boolean;
};

/** Everything that was noticed of these groups, through whichever connection; oldest first. */
export async function listNoticedOf(db: Reader, groupKeys: readonly GroupKey[]): Promise<NoticedMark[]> {
  const { kind, groupKey, groupName, personId, isSettled, atMs } = noticed;
  return db
    .select({ kind, groupKey, groupName, personId, isSettled, atMs })
    .from(noticed)
    .where(inArray(groupKey, [...groupKeys]))
    .orderBy(asc(atMs));
}

/** Settles that a group is new, where it turned out to be another one's continuation. Returns how many items. */
export async function settleNoticedNew(db: Writer, groupKey: GroupKey): Promise<number> {
  const settled = await db
    .update(noticed)
    .set({ isSettled: true })
    .where(and(eq(noticed.groupKey, groupKey), eq(noticed.kind, "group-new"), eq(noticed.isSettled, false)))
    .returning({ id: noticed.id });
  return settled.length;
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
