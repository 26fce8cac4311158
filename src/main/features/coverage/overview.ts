import { listExclusions } from "#main/store/queries/coverage-exclusions.ts";
import { listMigrations } from "#main/store/queries/coverage-evidence.ts";
import type { Reader } from "#main/store/store.ts";
import type { Overview } from "#shared/contract/coverage.ts";
import type { Run } from "#shared/domain/coverage.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { buildRows } from "./matrix.ts";
import { sourcesOf } from "./newest-runs.ts";
import { categoryCoverage } from "./policy/category-coverage.ts";
import { exclusionsInEffect } from "./policy/exclusions-in-effect.ts";
import { platformCoverage } from "./policy/platform-coverage.ts";
import { readNewest } from "./run-reader.ts";
import { readTrend } from "./trend.ts";

/** Everything is counted in the newest results of each connection; `recentRuns` are of any state, newest first. */
export async function readOverview(read: Reader, nowMs: EpochMs, recentRuns: Run[]): Promise<Overview> {
  const trend = await readTrend(read, nowMs);
  const facts = await readNewest(read);
  if (facts === null) {
    return {
      sources: [],
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
    sources: await sourcesOf(read, facts.sources),
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
