import { findRunGroup, listSightingsOfGroup } from "#main/store/queries/coverage-evidence.ts";
import {
  type GroupRunTotals,
  listGroupTotals,
  listKeysOfGroup,
  listResultsOfGroup,
} from "#main/store/queries/coverage-pages.ts";
import { findLastListing } from "#main/store/queries/coverage-runs.ts";
import type { Reader } from "#main/store/store.ts";
import type { GroupPage } from "#shared/contract/coverage.ts";
import type { ConnectionId, GroupKey } from "#shared/domain/ids.ts";
import { assert } from "#shared/lib/assert.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { readPageFacts } from "./page-facts.ts";
import { type GroupAddresses, groupAddresses } from "./policy/group-address.ts";
import { matrixRowOf } from "./policy/matrix-rows.ts";
import { RUNS_WITH_RESULTS } from "./run-states.ts";

const RUNS_IN_HISTORY = 50;

/**
 * Everything known of one group, as the newest run that has results for it saw it; null when none has. A group that
 * Telegram turned into another is shown as that one, whichever of its keys is asked for.
 */
export async function readGroupPage(
  read: Reader,
  groupKey: GroupKey,
  nowMs: EpochMs,
): Promise<GroupPage | null> {
  const groupKeys = await listKeysOfGroup(read, groupKey);
  const totals = await listGroupTotals(read, {
    groupKeys,
    states: RUNS_WITH_RESULTS,
    limit: RUNS_IN_HISTORY,
  });
  const [newest] = totals;
  if (newest === undefined) return null;
  const facts = await readPageFacts(read, newest.runId, nowMs);
  const stored = await findRunGroup(read, newest.runId, newest.groupKey);
  // Removed between the two statements.
  if (facts === null || stored === null) return null;
  const results = await listResultsOfGroup(read, newest.runId, newest.groupKey);
  const asked = new Set(results.map(({ personId }) => personId));
  const seen = new Set(await listSightingsOfGroup(read, newest.runId, newest.groupKey));
  return {
    run: { runId: newest.runId, atMs: newest.atMs },
    isGone: await isGone(read, stored.connectionId, groupKeys),
    row: matrixRowOf(facts.judge({ ...stored, key: stored.groupKey }), results, facts.findExclusion),
    people: facts.people.filter(({ personId }) => asked.has(personId)),
    alsoPresent: facts.people.filter(({ personId }) => seen.has(personId) && !asked.has(personId)),
    exclusions: facts.exclusions.filter((exclusion) => groupKeys.includes(exclusion.groupKey)),
    history: oncePerRun(totals),
    canOpen: groupAddresses(stored) !== null,
  };
}

/** Where the group opens, from its stored ids; null when it is not known, or has no address. */
export async function findGroupAddresses(read: Reader, groupKey: GroupKey): Promise<GroupAddresses | null> {
  const [newest] = await listGroupTotals(read, {
    groupKeys: await listKeysOfGroup(read, groupKey),
    states: RUNS_WITH_RESULTS,
    limit: 1,
  });
  if (newest === undefined) return null;
  const stored = await findRunGroup(read, newest.runId, newest.groupKey);
  assert(stored !== null, `${newest.runId} lost ${newest.groupKey} while it was read`);
  return groupAddresses(stored);
}

async function isGone(
  read: Reader,
  connectionId: ConnectionId,
  groupKeys: readonly GroupKey[],
): Promise<boolean> {
  const listing = await findLastListing(read, connectionId);
  if (listing === null) return false;
  for (const groupKey of groupKeys)
    if ((await findRunGroup(read, listing.runId, groupKey)) !== null) return false;
  return true;
}

/** A run that saw a group both before and after it was turned into another counts it once: where it has results. */
function oncePerRun(totals: readonly GroupRunTotals[]): GroupRunTotals[] {
  return totals.filter(({ runId }, at) => totals[at - 1]?.runId !== runId);
}
