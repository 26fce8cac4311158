import { setImmediate as nextTurn } from "node:timers/promises";
import { and, asc, eq, gt, inArray, or } from "drizzle-orm";
import type { Failure } from "#shared/domain/failure.ts";
import type { ConnectionId, GroupKey, PersonId, RunId } from "#shared/domain/ids.ts";
import { groupMigrations, runDenials, runGroups, runPeople, runSightings } from "../schema/coverage.ts";
import type { Reader, Writer } from "../store.ts";
import { keepSights } from "./group-sights.ts";

export type RunGroupRow = typeof runGroups.$inferSelect;
export type RunPersonRow = typeof runPeople.$inferSelect;
export interface Sighting {
  readonly groupKey: GroupKey;
  readonly personId: PersonId;
}

export interface Denial {
  readonly groupKey: GroupKey;
  readonly userId: string;
}

/** A statement of so many rows takes a few milliseconds; between two, the main thread is let go. */
const ROWS_PER_STATEMENT = 100;

/**
 * Adds groups, all of one run, that it has not seen yet; the first connection that names a group is credited with it, and of
 * the others it is kept that they saw it.
 */
export async function insertGroups(db: Writer, groups: readonly RunGroupRow[]): Promise<void> {
  for await (const some of chunks(groups)) {
    await db.insert(runGroups).values(some).onConflictDoNothing();
    await keepSights(db, some);
  }
}

/** Notes that a person's listing named these groups. */
export async function markSeenInListing(
  db: Writer,
  runId: RunId,
  groupKeys: readonly GroupKey[],
): Promise<void> {
  for await (const some of chunks(groupKeys))
    await db
      .update(runGroups)
      .set({ seenInListing: true })
      .where(
        and(
          eq(runGroups.runId, runId),
          eq(runGroups.seenInListing, false),
          inArray(runGroups.groupKey, some),
        ),
      );
}

/** The member list was read to its end, or what stopped it; `memberCount` only when it was counted. */
export async function setRoster(
  db: Writer,
  runId: RunId,
  groupKey: GroupKey,
  roster: {
    readonly rosterComplete: boolean;
    readonly unreadable: Failure | null;
    readonly memberCount?: number;
  },
): Promise<void> {
  await db
    .update(runGroups)
    .set(roster)
    .where(and(eq(runGroups.runId, runId), eq(runGroups.groupKey, groupKey)));
}

/** Keeps what a group's own description said of it. */
export async function setGroupFacts(
  db: Writer,
  runId: RunId,
  groupKey: GroupKey,
  facts: Partial<Pick<RunGroupRow, "memberCount" | "historyHidden" | "membersHidden" | "gap">>,
): Promise<void> {
  await db
    .update(runGroups)
    .set(facts)
    .where(and(eq(runGroups.runId, runId), eq(runGroups.groupKey, groupKey)));
}

/** The platform turned one group into another; saying it twice is harmless. */
export async function insertMigration(
  db: Writer,
  migration: { readonly beforeKey: GroupKey; readonly afterKey: GroupKey },
): Promise<void> {
  await db.insert(groupMigrations).values(migration).onConflictDoNothing();
}

/** Every group that was made of another one, by its own key: the key it had before. */
export async function listMigrations(db: Reader): Promise<ReadonlyMap<GroupKey, GroupKey>> {
  const rows = await db.select().from(groupMigrations);
  return new Map(rows.map(({ beforeKey, afterKey }) => [afterKey, beforeKey]));
}

/** The platform said that the account is not in the group. */
export async function insertDenial(
  db: Writer,
  denial: { readonly runId: RunId; readonly groupKey: GroupKey; readonly userId: string },
): Promise<void> {
  await db.insert(runDenials).values(denial).onConflictDoNothing();
}

/** Of one group, or ordered by group, then account. */
export async function listDenials(
  db: Reader,
  runId: RunId,
  page: { readonly groupKey: GroupKey } | { readonly after: Denial | null; readonly limit: number },
): Promise<Denial[]> {
  const { groupKey, userId } = runDenials;
  const after = "after" in page ? page.after : null;
  const query = db
    .select({ groupKey, userId })
    .from(runDenials)
    .where(
      and(
        eq(runDenials.runId, runId),
        "groupKey" in page ? eq(groupKey, page.groupKey) : undefined,
        after === null
          ? undefined
          : or(gt(groupKey, after.groupKey), and(eq(groupKey, after.groupKey), gt(userId, after.userId))),
      ),
    )
    .orderBy(asc(groupKey), asc(userId));
  return "limit" in page ? query.limit(page.limit) : query;
}

/** Null when the run does not know the group. */
export async function findRunGroup(
  db: Reader,
  runId: RunId,
  groupKey: GroupKey,
): Promise<RunGroupRow | null> {
  const [row] = await db
    .select()
    .from(runGroups)
    .where(and(eq(runGroups.runId, runId), eq(runGroups.groupKey, groupKey)));
  return row ?? null;
}

/** Seeing somebody twice is harmless. */
export async function insertSightings(
  db: Writer,
  runId: RunId,
  sightings: readonly Sighting[],
): Promise<void> {
  for await (const some of chunks(sightings))
    await db
      .insert(runSightings)
      .values(some.map((sighting) => ({ ...sighting, runId })))
      .onConflictDoNothing();
}

/** Adds people's accounts not yet noted on their connection; what is known of the others stays. */
export async function insertPeople(db: Writer, people: readonly RunPersonRow[]): Promise<void> {
  for await (const some of chunks(people)) await db.insert(runPeople).values(some).onConflictDoNothing();
}

/** Says how the listing of these accounts' groups went, for everybody who has one of them. */
export async function setPeopleEvidence(
  db: Writer,
  where: {
    readonly runId: RunId;
    readonly connectionId: ConnectionId;
    readonly userIds: readonly string[];
  },
  evidence: Partial<Pick<RunPersonRow, "listingComplete" | "reason" | "failure">>,
): Promise<void> {
  await db
    .update(runPeople)
    .set(evidence)
    .where(
      and(
        eq(runPeople.runId, where.runId),
        eq(runPeople.connectionId, where.connectionId),
        inArray(runPeople.userId, [...where.userIds]),
      ),
    );
}

/** Ordered by key. */
export async function listRunGroups(
  db: Reader,
  runId: RunId,
  page: { readonly after: GroupKey | null; readonly limit: number },
): Promise<RunGroupRow[]> {
  return db
    .select()
    .from(runGroups)
    .where(
      and(eq(runGroups.runId, runId), page.after === null ? undefined : gt(runGroups.groupKey, page.after)),
    )
    .orderBy(asc(runGroups.groupKey))
    .limit(page.limit);
}

export async function listRunPeople(db: Reader, runId: RunId): Promise<RunPersonRow[]> {
  return db.select().from(runPeople).where(eq(runPeople.runId, runId));
}

/** Ordered by group, then person. */
export async function listSightings(
  db: Reader,
  runId: RunId,
  page: { readonly after: Sighting | null; readonly limit: number },
): Promise<Sighting[]> {
  const { after } = page;
  return db
    .select({ groupKey: runSightings.groupKey, personId: runSightings.personId })
    .from(runSightings)
    .where(
      and(
        eq(runSightings.runId, runId),
        after === null
          ? undefined
          : or(
              gt(runSightings.groupKey, after.groupKey),
              and(eq(runSightings.groupKey, after.groupKey), gt(runSightings.personId, after.personId)),
            ),
      ),
    )
    .orderBy(asc(runSightings.groupKey), asc(runSightings.personId))
    .limit(page.limit);
}

export async function listSightingsOfGroup(
  db: Reader,
  runId: RunId,
  groupKey: GroupKey,
): Promise<PersonId[]> {
  const rows = await db
    .select({ personId: runSightings.personId })
    .from(runSightings)
    .where(and(eq(runSightings.runId, runId), eq(runSightings.groupKey, groupKey)));
  return rows.map((row) => row.personId);
}

async function* chunks<Item>(items: readonly Item[]): AsyncGenerator<Item[]> {
  for (let at = 0; at < items.length; at += ROWS_PER_STATEMENT) {
    if (at > 0) await nextTurn();
    yield items.slice(at, at + ROWS_PER_STATEMENT);
  }
}
