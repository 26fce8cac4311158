import { listExclusions } from "#main/store/queries/coverage-exclusions.ts";
import { listMigrations } from "#main/store/queries/coverage-evidence.ts";
import type { Reader } from "#main/store/store.ts";
import type { Exclusion, RunComparison, RunGroup } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { buildFindings } from "./matrix.ts";
import { exclusionsInEffect } from "./policy/exclusions-in-effect.ts";
import { compareRuns } from "./policy/run-comparison.ts";
import type { RunReport } from "./report/run-report.ts";
import { findPreviousRun } from "./run-detail.ts";
import { readRun } from "./run-reader.ts";

/** Everything a report says about a run, exclusions applied as of `nowMs`; null when there is no such run. */
export async function readReport(read: Reader, runId: RunId, nowMs: EpochMs): Promise<RunReport | null> {
  const facts = await readRun(read, runId);
  if (facts === null) return null;
  const exclusions = continueInto(facts.groups, await listExclusions(read));
  const previousRunId = await findPreviousRun(read, facts.run);
  const previous = previousRunId === null ? null : await readRun(read, previousRunId);
  return {
    run: facts.run,
    groups: facts.groups,
    people: facts.people,
    results: facts.results,
    findings: await buildFindings(facts, exclusionsInEffect(exclusions, nowMs, await listMigrations(read))),
    exclusions,
    comparison: previous === null ? null : compareRuns(previous, facts),
    previousRun: previous?.run ?? null,
  };
}

/** Exclusions as of this run's groups: one for a group that became another of them is given as of that one. */
function continueInto(groups: readonly RunGroup[], exclusions: readonly Exclusion[]): Exclusion[] {
  const now = new Map(groups.map(({ key, migratedFrom }) => [migratedFrom, key]));
  return exclusions.map((exclusion) => {
    const groupKey = now.get(exclusion.groupKey);
    return groupKey === undefined ? exclusion : { ...exclusion, groupKey };
  });
}

/** Null when one of them does not exist. */
export async function readComparison(
  read: Reader,
  pair: { readonly beforeRunId: RunId; readonly afterRunId: RunId },
): Promise<RunComparison | null> {
  const before = await readRun(read, pair.beforeRunId);
  const after = await readRun(read, pair.afterRunId);
  return before === null || after === null ? null : compareRuns(before, after);
}
