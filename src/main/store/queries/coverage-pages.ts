/** What the page of one person or one group is read from: a few rows of large tables, found by their keys. */
import { and, asc, count, desc, eq, inArray, or, sql } from "drizzle-orm";
import type { CoverageResult, RunState } from "#shared/domain/coverage.ts";
import type { GroupKey, PersonId, RunId } from "#shared/domain/ids.ts";
import { groupMigrations, runGroups, runResults, runs, runSightings } from "../schema/coverage.ts";
import type { Reader } from "../store.ts";

/** One run's totals about one group; results before exclusions. */
export interface GroupRunTotals {
  readonly runId: RunId;
  readonly atMs: number;
  readonly groupKey: GroupKey;
  readonly name: string;
  readonly memberCount: number | null;
  readonly present: number;
  readonly absent: number;
  readonly unknown: number;
}

const COLUMNS = {
  groupKey: runResults.groupKey,
  personId: runResults.personId,
  level: runResults.level,
  presence: runResults.presence,
  reason: runResults.reason,
};

/** What a run says about one person in these groups, at most a few hundred at once; in no order. */
export async function listResultsOfPerson(
  db: Reader,
  runId: RunId,
  personId: PersonId,
  groupKeys: readonly GroupKey[],
): Promise<CoverageResult[]> {
  return db
    .select(COLUMNS)
    .from(runResults)
    .where(
      and(
        eq(runResults.runId, runId),
        eq(runResults.personId, personId),
        inArray(runResults.groupKey, groupKeys),
      ),
    );
}

/** In which of these groups, at most a few hundred at once, a run saw the person; in no order. */
export async function listSightingsOfPerson(
  db: Reader,
  runId: RunId,
  personId: PersonId,
  groupKeys: readonly GroupKey[],
): Promise<GroupKey[]> {
  const rows = await db
    .select({ groupKey: runSightings.groupKey })
    .from(runSightings)
    .where(
      and(
        eq(runSightings.runId, runId),
        eq(runSightings.personId, personId),
        inArray(runSightings.groupKey, groupKeys),
      ),
    );
  return rows.map(({ groupKey }) => groupKey);
}

/** What a run says about one group; ordered by person. */
export async function listResultsOfGroup(
  db: Reader,
  runId: RunId,
  groupKey: GroupKey,
): Promise<CoverageResult[]> {
  return db
    .select(COLUMNS)
    .from(runResults)
    .where(and(eq(runResults.runId, runId), eq(runResults.groupKey, groupKey)))
    .orderBy(asc(runResults.personId));
}

/** The keys that one group has, or had: its own first, then the ones before or after a migration. */
export async function listKeysOfGroup(db: Reader, groupKey: GroupKey): Promise<GroupKey[]> {
  const migrations = await db
    .select()
    .from(groupMigrations)
    .where(or(eq(groupMigrations.beforeKey, groupKey), eq(groupMigrations.afterKey, groupKey)));
  return [...new Set([groupKey, ...migrations.flatMap(({ beforeKey, afterKey }) => [afterKey, beforeKey])])];
}

/** What the newest runs in one of `states` found in a group that has, or had, one of these keys; newest first. */
export async function listGroupTotals(
  db: Reader,
  where: { readonly groupKeys: readonly GroupKey[]; readonly states: RunState[]; readonly limit: number },
): Promise<GroupRunTotals[]> {
  const { presence } = runResults;
  const having = (value: string) => sql<number>`count(case when ${presence} = ${value} then 1 end)`;
  return db
    .select({
      runId: runs.id,
      atMs: runs.startedAtMs,
      groupKey: runGroups.groupKey,
      name: runGroups.name,
      memberCount: runGroups.memberCount,
      present: having("present"),
      absent: having("absent"),
      unknown: having("unknown"),
    })
    .from(runs)
    .innerJoin(runGroups, and(eq(runGroups.runId, runs.id), inArray(runGroups.groupKey, where.groupKeys)))
    .leftJoin(runResults, and(eq(runResults.runId, runs.id), eq(runResults.groupKey, runGroups.groupKey)))
    .where(inArray(runs.state, where.states))
    .groupBy(runs.id, runGroups.groupKey)
    .orderBy(desc(runs.startedAtMs), desc(runs.id), desc(count(presence)))
    .limit(where.limit);
}
