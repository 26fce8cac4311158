import { setImmediate as nextTurn } from "node:timers/promises";
import { and, asc, eq, gt, inArray, or } from "drizzle-orm";
import type { Failure } from "#shared/domain/failure.ts";
import type { ConnectionId, GroupKey, PersonId, RunId } from "#shared/domain/ids.ts";
import { runGroups, runPeople, runSightings } from "../schema/coverage.ts";
import type { Reader, Writer } from "../store.ts";

export type RunGroupRow = typeof runGroups.$inferSelect;
export type RunPersonRow = typeof runPeople.$inferSelect;
export interface Sighting {
  readonly groupKey: GroupKey;
  readonly personId: PersonId;
}

/** A statement of so many rows takes a few milliseconds; between two, the main thread is let go. */
const ROWS_PER_STATEMENT = 100;

/** Adds groups that the run has not seen yet; the first connection that names a group keeps it. */
export async function insertGroups(db: Writer, groups: readonly RunGroupRow[]): Promise<void> {
  for await (const some of chunks(groups)) await db.insert(runGroups).values(some).onConflictDoNothing();
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

/** Adds people not yet noted on their connection; what is known of the others stays. */
export async function insertPeople(db: Writer, people: readonly RunPersonRow[]): Promise<void> {
  for await (const some of chunks(people)) await db.insert(runPeople).values(some).onConflictDoNothing();
}

/** Says how the listing of some people, who share an account, went. */
export async function setPeopleEvidence(
  db: Writer,
  where: {
    readonly runId: RunId;
    readonly connectionId: ConnectionId;
    readonly personIds: readonly PersonId[];
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
        inArray(runPeople.personId, [...where.personIds]),
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
