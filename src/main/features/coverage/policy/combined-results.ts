import type { CoverageResult, RunGroup, RunPerson } from "#shared/domain/coverage.ts";
import type { Platform } from "#shared/domain/ids.ts";
import { foldName } from "./name-pattern.ts";

/** What was found, and about what. */
export interface Results {
  /** By name, as people sort them. */
  readonly groups: readonly RunGroup[];
  /** In the team's order. */
  readonly people: readonly RunPerson[];
  /** Platform by platform, ordered by group, then person. */
  readonly results: readonly CoverageResult[];
}

/**
 * The results of several runs, each about connections of its own, as those of one. The newest run comes first: people are
 * named and ordered as it has them, and those whom only an older one knows come after. A group that several of them saw
 * is as the newest has it.
 */
export function combineResults(parts: readonly Results[]): Results {
  const people = new Map<string, RunPerson>();
  for (const part of parts)
    for (const person of part.people) if (!people.has(person.personId)) people.set(person.personId, person);
  const told = new Set<string>();
  const own = parts.map((part) => {
    const kept = part.groups.some(({ key }) => told.has(key))
      ? onGroups(part, ({ key }) => !told.has(key))
      : part;
    for (const { key } of kept.groups) told.add(key);
    return kept;
  });
  return {
    groups: sortByName(own.flatMap(({ groups }) => groups)),
    people: [...people.values()],
    results: own.flatMap(({ results }) => results),
  };
}

/** What results say of these platforms; the people stay. */
export function onPlatforms<Given extends Results>(given: Given, platforms: readonly Platform[]): Given {
  return onGroups(given, ({ platform }) => platforms.includes(platform));
}

/** What results say of the groups that fit; the people stay. */
export function onGroups<Given extends Results>(given: Given, fits: (group: RunGroup) => boolean): Given {
  const groups = given.groups.filter(fits);
  const keys = new Set(groups.map(({ key }) => key));
  return { ...given, groups, results: given.results.filter(({ groupKey }) => keys.has(groupKey)) };
}

/** The same on every machine, whatever its language. Names are folded once: comparing is most of a sort. */
export function sortByName(groups: readonly RunGroup[]): RunGroup[] {
  return groups
    .map((group) => ({ group, folded: foldName(group.name) }))
    .sort(
      (left, right) => compareText(left.folded, right.folded) || compareText(left.group.key, right.group.key),
    )
    .map(({ group }) => group);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
