import {
  type Denial,
  listDenials,
  listMigrations,
  listRunGroups,
  listSightings,
  type RunGroupRow,
  type Sighting,
} from "#main/store/queries/coverage-evidence.ts";
import type { Reader } from "#main/store/store.ts";
import type { GroupKey, PersonId, RunId } from "#shared/domain/ids.ts";
import { nextTurn } from "./next-turn.ts";

/** Rows read at once; more would hold the main thread for too long. */
const GROUPS_AT_ONCE = 250;
const SIGHTINGS_AT_ONCE = 1_500;

/**
 * Every group of the run, ordered by key. One that turned into another group of the same run while that was listed is
 * left out: it goes on as that one.
 */
export async function readGroups(read: Reader, runId: RunId): Promise<RunGroupRow[]> {
  const groups = await readStoredGroups(read, runId);
  const keys = new Set(groups.map((group) => group.groupKey));
  const successors = new Map(
    [...(await listMigrations(read))].map(([afterKey, beforeKey]) => [beforeKey, afterKey]),
  );
  return groups.filter(({ groupKey }) => {
    const successor = successors.get(groupKey);
    return successor === undefined || !keys.has(successor);
  });
}

async function readStoredGroups(read: Reader, runId: RunId): Promise<RunGroupRow[]> {
  const groups: RunGroupRow[] = [];
  for (;;) {
    const page = await listRunGroups(read, runId, {
      after: groups.at(-1)?.groupKey ?? null,
      limit: GROUPS_AT_ONCE,
    });
    groups.push(...page);
    if (page.length < GROUPS_AT_ONCE) return groups;
    await nextTurn();
  }
}

/** Who was seen where. */
export async function readSightings(
  read: Reader,
  runId: RunId,
): Promise<ReadonlyMap<GroupKey, ReadonlySet<PersonId>>> {
  const seen = new Map<GroupKey, Set<PersonId>>();
  let after: Sighting | null = null;
  for (;;) {
    const page: Sighting[] = await listSightings(read, runId, { after, limit: SIGHTINGS_AT_ONCE });
    for (const { groupKey, personId } of page) {
      const people = seen.get(groupKey) ?? new Set<PersonId>();
      people.add(personId);
      seen.set(groupKey, people);
    }
    after = page.at(-1) ?? null;
    if (page.length < SIGHTINGS_AT_ONCE || after === null) return seen;
    await nextTurn();
  }
}

/** Of which accounts the platform said that they are not in a group. */
export async function readDenials(
  read: Reader,
  runId: RunId,
): Promise<ReadonlyMap<GroupKey, ReadonlySet<string>>> {
  const denied = new Map<GroupKey, Set<string>>();
  let after: Denial | null = null;
  for (;;) {
    const page: Denial[] = await listDenials(read, runId, { after, limit: SIGHTINGS_AT_ONCE });
    for (const { groupKey, userId } of page) {
      const accounts = denied.get(groupKey) ?? new Set<string>();
      accounts.add(userId);
      denied.set(groupKey, accounts);
    }
    after = page.at(-1) ?? null;
    if (page.length < SIGHTINGS_AT_ONCE || after === null) return denied;
    await nextTurn();
  }
}
