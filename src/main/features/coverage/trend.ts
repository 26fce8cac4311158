import {
  countExcludedRequired,
  countRequired,
  findRequiredTotals,
  type RequiredTotals,
  type RunShare,
} from "#main/store/queries/coverage-results.ts";
import { listConnections } from "#main/store/queries/connections.ts";
import { listRunConnections, listRuns, type RunConnectionRow } from "#main/store/queries/coverage-runs.ts";
import type { Reader } from "#main/store/store.ts";
import type { Overview } from "#shared/contract/coverage.ts";
import type { Run } from "#shared/domain/coverage.ts";
import type { ConnectionId, Platform, RunId } from "#shared/domain/ids.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { nextTurn } from "./audit/next-turn.ts";
import { listNewestRuns } from "./newest-runs.ts";
import { RUNS_WITH_RESULTS } from "./run-states.ts";

const RUNS_IN_TREND = 30;

/** The run that told of a connection at some time. */
interface Told {
  readonly run: Run;
  readonly platform: Platform;
}

/**
 * The coverage after each of the last runs, oldest first: of every connection the newest results at that time, so that an
 * audit of one does not look like a gain or a loss of the others. Accepted gaps count as covered in every run, as they do
 * everywhere from the moment they are accepted.
 */
export async function readTrend(read: Reader, nowMs: EpochMs): Promise<Overview["trend"]> {
  const recent = await listRuns(read, { before: null, limit: RUNS_IN_TREND, states: RUNS_WITH_RESULTS });
  const oldest = recent.at(-1);
  if (oldest === undefined) return [];
  const connected = new Set((await listConnections(read)).map(({ id }) => id));
  const newest = new Map<ConnectionId, Told>();
  for (const { platform, run, connectionIds } of await listNewestRuns(read, { before: oldest }))
    for (const id of connectionIds) newest.set(id, { platform, run });
  const parts = new Map<RunId, readonly RunConnectionRow[]>();
  const remembered = new Map<string, RequiredTotals>();
  const trend: Overview["trend"] = [];
  for (const run of recent.toReversed()) {
    note(newest, run, await partsOf(read, run.id, parts), connected);
    const totals: RequiredTotals[] = [];
    for (const shares of sharesOf(newest)) {
      const name = JSON.stringify(shares);
      const total = remembered.get(name) ?? (await count(read, shares, { parts, nowMs }));
      remembered.set(name, total);
      totals.push(total);
    }
    const total = totals.reduce((sum, part) => sum + part.requiredTotal, 0);
    const covered = totals.reduce((sum, part) => sum + part.requiredPresent, 0);
    trend.push({ runId: run.id, atMs: run.startedAtMs, rate: total === 0 ? null : covered / total });
  }
  return trend;
}

async function partsOf(
  read: Reader,
  runId: RunId,
  known: Map<RunId, readonly RunConnectionRow[]>,
): Promise<readonly RunConnectionRow[]> {
  const parts = known.get(runId) ?? (await listRunConnections(read, runId));
  known.set(runId, parts);
  return parts;
}

/** A run tells of what it listed, and of what nobody has told before; it ends what is told of connections that are gone. */
function note(
  newest: Map<ConnectionId, Told>,
  run: Run,
  parts: readonly RunConnectionRow[],
  connected: ReadonlySet<ConnectionId>,
): void {
  for (const { connectionId, platform, listingComplete } of parts) {
    if (!listingComplete && newest.has(connectionId)) continue;
    newest.set(connectionId, { run, platform });
    if (!listingComplete) continue;
    for (const [other, told] of newest)
      if (told.platform === platform && told.run.id !== run.id && !connected.has(other)) newest.delete(other);
  }
}

/** What each run still tells, newest first; the shares of one run together. */
function sharesOf(newest: ReadonlyMap<ConnectionId, Told>): RunShare[][] {
  const byRun = Map.groupBy(
    [...newest].toSorted(([, left], [, right]) => right.run.startedAtMs - left.run.startedAtMs),
    ([, { run }]) => run.id,
  );
  const before: RunShare[] = [];
  return [...byRun].map(([runId, own]) => {
    const shares = [...Map.groupBy(own, ([, { platform }]) => platform)].map(([platform, some]): RunShare => {
      const newer = before.filter((share) => share.platform === platform);
      return { runId, platform, connectionIds: some.map(([id]) => id).toSorted(), newer };
    });
    before.push(...shares.map((share) => ({ ...share, newer: [] })));
    return shares;
  });
}

/** What is required and covered in what a run still tells; the whole of a run is known already. */
async function count(
  read: Reader,
  shares: readonly RunShare[],
  { parts, nowMs }: { readonly parts: Map<RunId, readonly RunConnectionRow[]>; readonly nowMs: EpochMs },
): Promise<RequiredTotals> {
  const [first] = shares;
  if (first === undefined) return { requiredTotal: 0, requiredPresent: 0 };
  const all = await partsOf(read, first.runId, parts);
  const isWhole =
    shares.every(({ newer }) => newer.length === 0) &&
    all.length === shares.reduce((sum, { connectionIds }) => sum + connectionIds.length, 0);
  const counts: RequiredTotals[] = [];
  if (isWhole) {
    const whole = await findRequiredTotals(read, first.runId);
    if (whole) counts.push(whole);
  } else {
    for (const share of shares) {
      counts.push(await countRequired(read, share));
      await nextTurn();
    }
  }
  let requiredPresent = counts.reduce((sum, each) => sum + each.requiredPresent, 0);
  for (const share of shares) requiredPresent += await countExcludedRequired(read, share, nowMs);
  return { requiredTotal: counts.reduce((sum, each) => sum + each.requiredTotal, 0), requiredPresent };
}
