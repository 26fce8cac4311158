import { setImmediate as nextTurn } from "node:timers/promises";
import { and, asc, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import type { ConnectionId, RunId } from "#shared/domain/ids.ts";
import { connections } from "../schema/connections.ts";
import { runConnections, runGroups, runGroupSights } from "../schema/coverage.ts";
import type { Writer } from "../store.ts";

type Seen = Pick<
  typeof runGroups.$inferSelect,
  "runId" | "groupKey" | "connectionId" | "ownRight" | "ownerIsMember"
>;

/** Keeps, of groups that this run knows already, those that are credited to another connection; at most 100 of one run. */
export async function keepSights(db: Writer, seen: readonly Seen[]): Promise<void> {
  const [first] = seen;
  if (first === undefined) return;
  const keys = seen.map(({ groupKey }) => groupKey);
  const credited = await db
    .select({ groupKey: runGroups.groupKey, connectionId: runGroups.connectionId })
    .from(runGroups)
    .where(and(eq(runGroups.runId, first.runId), inArray(runGroups.groupKey, keys)));
  const creditOf = new Map(credited.map(({ groupKey, connectionId }) => [groupKey, connectionId]));
  const sights = seen
    .filter(({ groupKey, connectionId }) => creditOf.get(groupKey) !== connectionId)
    .map(({ runId, groupKey, connectionId, ownRight, ownerIsMember }) => {
      return { runId, groupKey, connectionId, ownRight, ownerIsMember };
    });
  if (sights.length > 0) await db.insert(runGroupSights).values(sights).onConflictDoNothing();
}

/**
 * Credits the groups of a connection that leaves to another one that saw them, too, in the same run and is still there; the
 * others stay credited to it.
 */
export async function creditToOthers(db: Writer, leaving: ConnectionId): Promise<void> {
  const staying = await db
    .select({ id: connections.id })
    .from(connections)
    .where(ne(connections.id, leaving))
    .orderBy(asc(connections.id));
  const parts = await db
    .select({ runId: runConnections.runId })
    .from(runConnections)
    .where(eq(runConnections.connectionId, leaving));
  for (const { runId } of parts) {
    // A run of hundreds of groups takes a few milliseconds; there may be hundreds of runs.
    await nextTurn();
    await deleteSights(db, runId, eq(runGroupSights.connectionId, leaving));
    for (const { id } of staying) await credit(db, runId, leaving, id);
  }
}

async function credit(db: Writer, runId: RunId, from: ConnectionId, to: ConnectionId): Promise<void> {
  await db
    .update(runGroups)
    .set({
      connectionId: to,
      ownRight: sql`${runGroupSights.ownRight}`,
      ownerIsMember: sql`${runGroupSights.ownerIsMember}`,
    })
    .from(runGroupSights)
    .where(
      and(
        eq(runGroups.runId, runId),
        eq(runGroups.connectionId, from),
        eq(runGroupSights.runId, runId),
        eq(runGroupSights.groupKey, runGroups.groupKey),
        eq(runGroupSights.connectionId, to),
      ),
    );
  const credited = db
    .select({ groupKey: runGroups.groupKey })
    .from(runGroups)
    .where(and(eq(runGroups.runId, runId), eq(runGroups.connectionId, to)));
  await deleteSights(
    db,
    runId,
    and(eq(runGroupSights.connectionId, to), inArray(runGroupSights.groupKey, credited)),
  );
}

async function deleteSights(db: Writer, runId: RunId, which: SQL | undefined): Promise<void> {
  await db.delete(runGroupSights).where(and(eq(runGroupSights.runId, runId), which));
}
