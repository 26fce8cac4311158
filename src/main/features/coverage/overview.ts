import { listExclusions } from "#main/store/queries/coverage-exclusions.ts";
import { listMigrations } from "#main/store/queries/coverage-evidence.ts";
import { countExcludedRequired, listRequiredTotals } from "#main/store/queries/coverage-results.ts";
import type { Reader } from "#main/store/store.ts";
import type { Overview } from "#shared/contract/coverage.ts";
import type { Run } from "#shared/domain/coverage.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { buildRows, findNewestWithResults } from "./matrix.ts";
import { categoryCoverage } from "./policy/category-coverage.ts";
import { exclusionsInEffect } from "./policy/exclusions-in-effect.ts";
import { platformCoverage } from "./policy/platform-coverage.ts";
import { RUNS_WITH_RESULTS } from "./run-states.ts";
import { readRun } from "./run-reader.ts";

const RUNS_IN_TREND = 30;

/** Categories and names are those of the newest run with results; `recentRuns` are of any state, newest first. */
export async function readOverview(read: Reader, nowMs: EpochMs, recentRuns: Run[]): Promise<Overview> {
  const trend = await readTrend(read, nowMs);
  const newest = await findNewestWithResults(read);
  const facts = newest === null ? null : await readRun(read, newest);
  if (facts === null) {
    return {
      lastRun: null,
      categories: [],
      platforms: [],
      deprecatedNames: { total: 0, groups: 0 },
      trend,
      recentRuns,
    };
  }
  const findExclusion = exclusionsInEffect(await listExclusions(read), nowMs, await listMigrations(read));
  const rows = await buildRows(facts, findExclusion);
  const living = facts.groups.filter((group) => !group.isArchived);
  return {
    lastRun: facts.run,
    categories: categoryCoverage(rows, facts.rules),
    platforms: platformCoverage(rows),
    deprecatedNames: {
      total: living.length,
      groups: living.filter((group) => group.deprecatedTerms.length > 0).length,
    },
    trend,
    recentRuns,
  };
}

/** Accepted gaps count as covered in every run, as they do everywhere from the moment they are accepted. */
async function readTrend(read: Reader, nowMs: EpochMs): Promise<Overview["trend"]> {
  const totals = await listRequiredTotals(read, { states: RUNS_WITH_RESULTS, limit: RUNS_IN_TREND });
  const trend: Overview["trend"] = [];
  for (const { runId, atMs, requiredTotal, requiredPresent } of totals.toReversed()) {
    const excluded = await countExcludedRequired(read, runId, nowMs);
    const rate = requiredTotal === 0 ? null : (requiredPresent + excluded) / requiredTotal;
    trend.push({ runId, atMs, rate });
  }
  return trend;
}
