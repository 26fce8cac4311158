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

/**
 * The newest item that says the same of a group, by whichever of `groupKeys` it is known, through whichever connection it
 * was noticed; of a rename, to the same name.
 */
export async function findNoticed(
  db: Reader,
  { kind, groupName, personId }: Pick<NoticedItem, "kind" | "groupName" | "personId">,
  groupKeys: readonly GroupKey[],
): Promise<{ readonly isSettled: boolean; readonly atMs: number } | null> {
  const [row] = await db
    .select({ isSettled: noticed.isSettled, atMs: noticed.atMs })
    .from(noticed)
    .where(
      and(
        inArray(noticed.groupKey, [...groupKeys]),
        eq(noticed.kind, kind),
        kind === "group-renamed" ? eq(noticed.groupName, groupName) : undefined,
        personId === null ? undefined : eq(noticed.personId, personId),
      ),
    )
    .orderBy(asc(noticed.isSettled), desc(noticed.atMs))
    .limit(1);
  return row ?? null;
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
