import { and, asc, count, desc, eq, gt, gte, inArray, isNull, lt, ne, notExists, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { CoverageResult } from "#shared/domain/coverage.ts";
import type { ConnectionId, GroupKey, PersonId, Platform, RunId } from "#shared/domain/ids.ts";
import type { CellHistoryEntry } from "#shared/domain/matrix.ts";
import {
  exclusions,
  groupMigrations,
  runConnections,
  runGroups,
  runResults,
  runs,
} from "../schema/coverage.ts";
import type { Reader, Writer } from "../store.ts";

export async function deleteResults(db: Writer, runId: RunId): Promise<void> {
  await db.delete(runResults).where(eq(runResults.runId, runId));
}

/** At most 2,000 at once. */
export async function insertResults(
  db: Writer,
  runId: RunId,
  results: readonly CoverageResult[],
): Promise<void> {
  if (results.length === 0) return;
  await db.insert(runResults).values(results.map((result) => ({ ...result, runId })));
}

/** Ordered by group, then person. */
export async function listResults(
  db: Reader,
  runId: RunId,
  page: { readonly after: Pick<CoverageResult, "groupKey" | "personId"> | null; readonly limit: number },
): Promise<CoverageResult[]> {
  const { after } = page;
  return db
    .select({
      groupKey: runResults.groupKey,
      personId: runResults.personId,
      level: runResults.level,
      presence: runResults.presence,
      reason: runResults.reason,
    })
    .from(runResults)
    .where(
      and(
        eq(runResults.runId, runId),
        after === null
          ? undefined
          : or(
              gt(runResults.groupKey, after.groupKey),
              and(eq(runResults.groupKey, after.groupKey), gt(runResults.personId, after.personId)),
            ),
      ),
    )
    .orderBy(asc(runResults.groupKey), asc(runResults.personId))
    .limit(page.limit);
}

/**
 * What runs said about one cell, newest first, in whatever group the platform kept it: a group that was turned into
 * another goes on in that one. Runs that were cut off say `not-reached` of what they did
 * not ask.
 */
export async function listCellHistory(
  db: Reader,
  cell: {
    readonly groupKey: GroupKey;
    readonly personId: PersonId;
    readonly limit: number;
  },
): Promise<CellHistoryEntry[]> {
  const migrations = await db
    .select()
    .from(groupMigrations)
    .where(or(eq(groupMigrations.beforeKey, cell.groupKey), eq(groupMigrations.afterKey, cell.groupKey)));
  const keys = [cell.groupKey, ...migrations.flatMap(({ beforeKey, afterKey }) => [beforeKey, afterKey])];
  return db
    .select({
      runId: runs.id,
      atMs: runs.startedAtMs,
      strategy: runConnections.strategy,
      presence: runResults.presence,
      reason: runResults.reason,
    })
    .from(runResults)
    .innerJoin(runs, eq(runs.id, runResults.runId))
    .leftJoin(
      runGroups,
      and(eq(runGroups.runId, runResults.runId), eq(runGroups.groupKey, runResults.groupKey)),
    )
    .leftJoin(
      runConnections,
      and(
        eq(runConnections.runId, runResults.runId),
        eq(runConnections.connectionId, runGroups.connectionId),
      ),
    )
    .where(and(inArray(runResults.groupKey, keys), eq(runResults.personId, cell.personId)))
    .orderBy(desc(runs.startedAtMs), desc(runs.id))
    .limit(cell.limit);
}

/** Unknown results of a run by reason, most frequent first. */
export async function countUnknownByReason(
  db: Reader,
  runId: RunId,
): Promise<{ reason: string; count: number }[]> {
  const rows = await db
    .select({ reason: runResults.reason, count: count() })
    .from(runResults)
    .where(and(eq(runResults.runId, runId), eq(runResults.presence, "unknown")))
    .groupBy(runResults.reason)
    .orderBy(desc(count()));
  return rows.flatMap(({ reason, count }) => (reason === null ? [] : [{ reason, count }]));
}

/** How many results are required, and how many of them present; archived groups do not count. */
export interface RequiredTotals {
  readonly requiredTotal: number;
  readonly requiredPresent: number;
}

/** Of a whole run, as it was counted when it was settled. Null when there is no such run. */
export async function findRequiredTotals(db: Reader, runId: RunId): Promise<RequiredTotals | null> {
  const [row] = await db
    .select({ requiredTotal: runs.requiredTotal, requiredPresent: runs.requiredPresent })
    .from(runs)
    .where(eq(runs.id, runId));
  return row ?? null;
}

/** What some connections say in a run, without the groups of which a newer run says how they are. */
export interface RunShare {
  readonly runId: RunId;
  readonly platform: Platform;
  readonly connectionIds: readonly ConnectionId[];
  readonly newer: readonly Pick<RunShare, "runId" | "connectionIds">[];
}

/** The groups of a share that is joined with `run_groups`. */
function inShare(db: Reader, { connectionIds, newer }: RunShare) {
  return and(
    inArray(runGroups.connectionId, [...connectionIds]),
    ...newer.map((other) => {
      const theirs = alias(runGroups, "theirs");
      return notExists(
        db
          .select({ runId: theirs.runId })
          .from(theirs)
          .where(
            and(
              eq(theirs.runId, other.runId),
              eq(theirs.groupKey, runGroups.groupKey),
              inArray(theirs.connectionId, [...other.connectionIds]),
            ),
          ),
      );
    }),
  );
}

/** Of a share of a run, counted result by result: some ten milliseconds for ten thousand. */
export async function countRequired(db: Reader, share: RunShare): Promise<RequiredTotals> {
  const { runId, platform } = share;
  const present = sql<number>`count(case when ${runResults.presence} = 'present' then 1 end)`;
  const [row] = await db
    .select({ requiredTotal: count(), requiredPresent: present })
    .from(runResults)
    .innerJoin(runGroups, and(eq(runGroups.runId, runId), eq(runGroups.groupKey, runResults.groupKey)))
    .where(
      and(
        eq(runResults.runId, runId),
        // Keys begin with their platform: the others' rows are not looked at.
        gte(runResults.groupKey, `${platform}:` as GroupKey),
        lt(runResults.groupKey, `${platform};` as GroupKey),
        eq(runResults.level, "required"),
        eq(runGroups.isArchived, false),
        inShare(db, share),
      ),
    );
  return row ?? { requiredTotal: 0, requiredPresent: 0 };
}

/**
 * Required results of a share of a run that are not present and are accepted by an exclusion that has not expired at `atMs`;
 * archived groups do not count. Goes from the exclusions, which are few, to the results; one for a group that was
 * turned into another counts there, too.
 */
export async function countExcludedRequired(db: Reader, share: RunShare, atMs: number): Promise<number> {
  const { runId, platform } = share;
  const rows = await db
    .selectDistinct({ groupKey: runResults.groupKey, personId: runResults.personId })
    .from(exclusions)
    .leftJoin(groupMigrations, eq(groupMigrations.beforeKey, exclusions.groupKey))
    .innerJoin(
      runResults,
      and(
        eq(runResults.runId, runId),
        or(eq(runResults.groupKey, exclusions.groupKey), eq(runResults.groupKey, groupMigrations.afterKey)),
        eq(runResults.personId, exclusions.personId),
      ),
    )
    .innerJoin(runGroups, and(eq(runGroups.runId, runId), eq(runGroups.groupKey, runResults.groupKey)))
    .where(
      and(
        eq(runResults.level, "required"),
        ne(runResults.presence, "present"),
        eq(runGroups.isArchived, false),
        eq(runGroups.platform, platform),
        inShare(db, share),
        or(isNull(exclusions.expiresAtMs), gt(exclusions.expiresAtMs, atMs)),
      ),
    );
  return rows.length;
}
