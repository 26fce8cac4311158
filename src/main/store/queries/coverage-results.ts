import { and, asc, desc, eq, gt, inArray, or } from "drizzle-orm";
import type { CoverageResult, RunState } from "#shared/domain/coverage.ts";
import type { GroupKey, PersonId, RunId } from "#shared/domain/ids.ts";
import type { CellHistoryEntry } from "#shared/domain/matrix.ts";
import { runConnections, runGroups, runResults, runs } from "../schema/coverage.ts";
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

/** What runs in one of `states` said about one cell, newest first. */
export async function listCellHistory(
  db: Reader,
  cell: {
    readonly groupKey: GroupKey;
    readonly personId: PersonId;
    readonly states: RunState[];
    readonly limit: number;
  },
): Promise<CellHistoryEntry[]> {
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
    .where(
      and(
        eq(runResults.groupKey, cell.groupKey),
        eq(runResults.personId, cell.personId),
        inArray(runs.state, cell.states),
      ),
    )
    .orderBy(desc(runs.startedAtMs), desc(runs.id))
    .limit(cell.limit);
}
