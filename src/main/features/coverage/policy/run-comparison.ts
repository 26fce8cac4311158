import type { Changes, CoverageResult, Gap, RunGroup } from "#shared/domain/coverage.ts";
import type { GroupKey } from "#shared/domain/ids.ts";
import type { Results } from "./combined-results.ts";

/**
 * What changed from `before` to `after`, which are results about the same platforms. A gap is a proven absence in a group that is not archived.
 *
 * A gap is new when it was none before, and closed when the person is there now or no longer asked for; one that can
 * no longer be told (unknown) is not closed. Groups are recognised by their id, so that a rename is a rename, and one
 * that Telegram turned into another goes on in that one. Every list is in the order of the run it speaks about.
 */
export function compareResults(before: Results, after: Results): Changes {
  const lineage = lineageOf([...before.groups, ...after.groups]);
  const groupsBefore = byKey(before.groups, lineage);
  const groupsAfter = byKey(after.groups, lineage);
  const gapsBefore = gapsOf(before, lineage);
  const gapsAfter = gapsOf(after, lineage);
  const undecided = new Set(
    after.results.filter((result) => result.presence === "unknown").map((result) => cellKey(result, lineage)),
  );
  return {
    newGaps: [...gapsAfter].filter(([key]) => !gapsBefore.has(key)).map(([, gap]) => gap),
    closedGaps: [...gapsBefore]
      .filter(
        ([key, gap]) => !gapsAfter.has(key) && !undecided.has(key) && groupsAfter.has(lineage(gap.groupKey)),
      )
      .map(([, gap]) => gap),
    newGroups: namesOf(after.groups.filter((group) => !groupsBefore.has(lineage(group.key)))),
    goneGroups: namesOf(before.groups.filter((group) => !groupsAfter.has(lineage(group.key)))),
    renamedGroups: after.groups.flatMap((group) => {
      const earlier = groupsBefore.get(lineage(group.key));
      return earlier && earlier.name !== group.name
        ? [{ groupKey: group.key, before: earlier.name, after: group.name }]
        : [];
    }),
  };
}

/** What a group's history is kept under: the key it has now. */
type Lineage = (key: GroupKey) => GroupKey;

function lineageOf(groups: readonly RunGroup[]): Lineage {
  const now = new Map(
    groups.flatMap(({ key, migratedFrom }) => (migratedFrom === null ? [] : [[migratedFrom, key] as const])),
  );
  return (key) => now.get(key) ?? key;
}

function gapsOf(side: Results, lineage: Lineage): Map<string, Gap> {
  const groups = new Map(side.groups.map((group) => [group.key, group]));
  const people = new Map(side.people.map((person) => [person.personId, person.name]));
  const gaps = new Map<string, Gap>();
  for (const result of side.results) {
    const group = groups.get(result.groupKey);
    if (result.presence !== "absent" || !group || group.isArchived) continue;
    gaps.set(cellKey(result, lineage), {
      groupKey: group.key,
      groupName: group.name,
      platform: group.platform,
      personId: result.personId,
      personName: people.get(result.personId) ?? result.personId,
      level: result.level,
    });
  }
  return gaps;
}

function byKey(groups: readonly RunGroup[], lineage: Lineage): Map<GroupKey, RunGroup> {
  return new Map(groups.map((group) => [lineage(group.key), group]));
}

function cellKey(result: Pick<CoverageResult, "groupKey" | "personId">, lineage: Lineage): string {
  return `${lineage(result.groupKey)}\n${result.personId}`;
}

function namesOf(groups: readonly RunGroup[]): { groupKey: GroupKey; name: string }[] {
  return groups.map((group) => ({ groupKey: group.key, name: group.name }));
}

/** Changes of different platforms, as one list each. */
export function joinChanges(changes: readonly Changes[]): Changes {
  return {
    newGaps: changes.flatMap((each) => each.newGaps),
    closedGaps: changes.flatMap((each) => each.closedGaps),
    newGroups: changes.flatMap((each) => each.newGroups),
    goneGroups: changes.flatMap((each) => each.goneGroups),
    renamedGroups: changes.flatMap((each) => each.renamedGroups),
  };
}
