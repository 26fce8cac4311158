import {
  countExcludedRequired,
  countRequired,
  findRequiredTotals,
  type RequiredTotals,
} from "#main/store/queries/coverage-results.ts";
import { listRunConnections, listRuns } from "#main/store/queries/coverage-runs.ts";
import type { Reader } from "#main/store/store.ts";
import type { Overview } from "#shared/contract/coverage.ts";
import type { Run } from "#shared/domain/coverage.ts";
import type { Platform, RunId } from "#shared/domain/ids.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { nextTurn } from "./audit/next-turn.ts";
import { listNewestRuns } from "./newest-runs.ts";
import { RUNS_WITH_RESULTS } from "./run-states.ts";

const RUNS_IN_TREND = 30;

/**
 * The coverage after each of the last runs, oldest first: of every platform the newest results at that time, so that an
 * audit of one platform does not look like a gain or a loss of the others. Accepted gaps count as covered in every run,
 * as they do everywhere from the moment they are accepted.
 */
export async function readTrend(read: Reader, nowMs: EpochMs): Promise<Overview["trend"]> {
  const recent = await listRuns(read, { before: null, limit: RUNS_IN_TREND, states: RUNS_WITH_RESULTS });
  const oldest = recent.at(-1);
  if (oldest === undefined) return [];
  const newest = new Map<Platform, Run>();
  for (const { platform, run } of await listNewestRuns(read, { before: oldest })) newest.set(platform, run);
  const remembered = new Map<string, RequiredTotals>();
  const trend: Overview["trend"] = [];
  for (const run of recent.toReversed()) {
    const listed = new Set(
      (await listRunConnections(read, run.id)).flatMap((part) => (part.listingComplete ? part.platform : [])),
    );
    for (const platform of run.platforms)
      if (listed.has(platform) || !newest.has(platform)) newest.set(platform, run);
    const parts: RequiredTotals[] = [];
    for (const { id, platforms } of new Map([...newest.values()].map((its) => [its.id, its])).values()) {
      const own = [...newest].flatMap(([platform, its]) => (its.id === id ? platform : []));
      const name = `${id} ${own.join(" ")}`;
      const part = remembered.get(name) ?? (await countPart(read, { runId: id, own, platforms, nowMs }));
      remembered.set(name, part);
      parts.push(part);
    }
    const total = parts.reduce((sum, part) => sum + part.requiredTotal, 0);
    const covered = parts.reduce((sum, part) => sum + part.requiredPresent, 0);
    trend.push({ runId: run.id, atMs: run.startedAtMs, rate: total === 0 ? null : covered / total });
  }
  return trend;
}

/** What is required and covered in these platforms' part of a run; the whole of it is known already. */
async function countPart(
  read: Reader,
  part: {
    readonly runId: RunId;
    readonly own: readonly Platform[];
    readonly platforms: readonly Platform[];
    readonly nowMs: EpochMs;
  },
): Promise<RequiredTotals> {
  const { runId, own, platforms, nowMs: atMs } = part;
  const counts: RequiredTotals[] = [];
  if (own.length === platforms.length) {
    const whole = await findRequiredTotals(read, runId);
    if (whole) counts.push(whole);
  } else {
    for (const platform of own) {
      counts.push(await countRequired(read, runId, platform));
      await nextTurn();
    }
  }
  let requiredPresent = counts.reduce((sum, each) => sum + each.requiredPresent, 0);
  for (const platform of own) requiredPresent += await countExcludedRequired(read, { runId, platform, atMs });
  return { requiredTotal: counts.reduce((sum, each) => sum + each.requiredTotal, 0), requiredPresent };
}
