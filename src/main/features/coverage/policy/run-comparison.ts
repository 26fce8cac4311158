import type {
  CoverageResult,
  Gap,
  Run,
  RunComparison,
  RunGroup,
  RunPerson,
} from "#shared/domain/coverage.ts";
import type { GroupKey } from "#shared/domain/ids.ts";

/** The parts of a run that a comparison reads. */
export interface ComparedRun {
  readonly run: Pick<Run, "id">;
  readonly groups: readonly RunGroup[];
  readonly people: readonly RunPerson[];
  readonly results: readonly CoverageResult[];
}

/**
 * What changed from `before` to `after`. A gap is a proven absence in a group that is not archived.
 *
 * A gap is new when it was none before, and closed when the person is there now or no longer asked for; one that can
 * no longer be told (unknown) is not closed. Groups are recognised by their id, so that a rename is a rename. Every
 * list is in the order of the run it speaks about.
 */
export function compareRuns(before: ComparedRun, after: ComparedRun): RunComparison {
  const groupsBefore = byKey(before.groups);
  const groupsAfter = byKey(after.groups);
  const gapsBefore = gapsOf(before, groupsBefore);
  const gapsAfter = gapsOf(after, groupsAfter);
  const undecided = new Set(after.results.filter((result) => result.presence === "unknown").map(cellKey));
  return {
    beforeRunId: before.run.id,
    afterRunId: after.run.id,
    newGaps: [...gapsAfter].filter(([key]) => !gapsBefore.has(key)).map(([, gap]) => gap),
    closedGaps: [...gapsBefore]
      .filter(([key, gap]) => !gapsAfter.has(key) && !undecided.has(key) && groupsAfter.has(gap.groupKey))
      .map(([, gap]) => gap),
    newGroups: namesOf(after.groups.filter((group) => !groupsBefore.has(group.key))),
    goneGroups: namesOf(before.groups.filter((group) => !groupsAfter.has(group.key))),
    renamedGroups: after.groups.flatMap((group) => {
      const earlier = groupsBefore.get(group.key);
      return earlier && earlier.name !== group.name
        ? [{ groupKey: group.key, before: earlier.name, after: group.name }]
        : [];
    }),
  };
}

function gapsOf(side: ComparedRun, groups: ReadonlyMap<GroupKey, RunGroup>): Map<string, Gap> {
  const people = new Map(side.people.map((person) => [person.personId, person.name]));
  const gaps = new Map<string, Gap>();
  for (const result of side.results) {
    const group = groups.get(result.groupKey);
    if (result.presence !== "absent" || !group || group.isArchived) continue;
    gaps.set(cellKey(result), {
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

function byKey(groups: readonly RunGroup[]): Map<GroupKey, RunGroup> {
  return new Map(groups.map((group) => [group.key, group]));
}

function cellKey(result: Pick<CoverageResult, "groupKey" | "personId">): string {
  return `${result.groupKey}\n${result.personId}`;
}

function namesOf(groups: readonly RunGroup[]): { groupKey: GroupKey; name: string }[] {
  return groups.map((group) => ({ groupKey: group.key, name: group.name }));
}
