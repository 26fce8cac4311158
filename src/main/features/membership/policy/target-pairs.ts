import type { CategoryId, GroupKey, PersonId, Platform } from "#shared/domain/ids.ts";
import type { GroupsChoice, PeopleChoice, Targets } from "#shared/domain/operation.ts";
import type { RequirementLevel } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { foldText } from "./folded-text.ts";

/** One person and one group. */
export interface TargetPair {
  readonly groupKey: GroupKey;
  readonly personId: PersonId;
}

/** What targets are expanded against. */
export interface TargetFacts {
  readonly team: readonly Pick<TeamMember, "id" | "role" | "status">[];
  /** The customer groups of the newest results of each platform. */
  readonly groups: readonly {
    readonly key: GroupKey;
    readonly categoryId: CategoryId | null;
    readonly isArchived: boolean;
  }[];
  /** Proven absences of the newest results that no exclusion accepts. */
  readonly gaps: readonly (TargetPair & { readonly level: RequirementLevel })[];
  /** The key a group has now, by any key it ever had. */
  currentKeyOf(groupKey: GroupKey): GroupKey;
}

/**
 * The pairs that targets name, each once, group by group in the order they were named. Roles are compared trimmed and
 * without regard to case. A role and “everyone” leave out members who are inactive when people are to be added, because
 * nothing asks for them; who is named by themselves, and whoever is to be removed, counts whatever their status.
 *
 * Gaps in archived groups are no gaps: nobody can be put in.
 */
export function expandTargets(
  targets: Targets,
  platforms: readonly Platform[],
  purpose: "add" | "remove",
  facts: TargetFacts,
): TargetPair[] {
  const pairs = new Map<string, TargetPair>();
  const add = (pair: TargetPair): void => {
    const groupKey = facts.currentKeyOf(pair.groupKey);
    if (!platforms.some((platform) => groupKey.startsWith(`${platform}:`))) return;
    pairs.set(`${groupKey}\n${pair.personId}`, { groupKey, personId: pair.personId });
  };
  switch (targets.by) {
    case "pair":
      for (const pair of targets.pairs) add(pair);
      break;
    case "cross": {
      const people = choosePeople(targets.people, facts.team, purpose);
      for (const groupKey of chooseGroups(targets.groups, facts))
        for (const personId of people) add({ groupKey, personId });
      break;
    }
    case "gap": {
      const people = new Set(choosePeople(targets.people, facts.team, purpose));
      const groups = new Set(chooseGroups(targets.groups, facts).map(facts.currentKeyOf));
      const archived = new Set(facts.groups.filter(({ isArchived }) => isArchived).map(({ key }) => key));
      for (const gap of facts.gaps) {
        if (gap.level === "optional" && !targets.optional) continue;
        if (archived.has(gap.groupKey) || !people.has(gap.personId)) continue;
        if (groups.has(facts.currentKeyOf(gap.groupKey))) add(gap);
      }
    }
  }
  return [...pairs.values()];
}

/** Each person once; those named by themselves in the order given, others in the team's. */
export function choosePeople(
  choice: PeopleChoice,
  team: TargetFacts["team"],
  purpose: "add" | "remove",
): PersonId[] {
  const counts = ({ status }: TargetFacts["team"][number]) => purpose === "remove" || status !== "inactive";
  switch (choice.by) {
    case "person":
      return [...new Set(choice.personIds)];
    case "role":
      return team
        .filter((member) => counts(member) && member.role !== null)
        .filter((member) => foldText(member.role ?? "") === foldText(choice.role))
        .map(({ id }) => id);
    case "everyone":
      return team.filter(counts).map(({ id }) => id);
  }
}

/** Each group once; those named by themselves in the order given, others in the order of the results. */
export function chooseGroups(choice: GroupsChoice, facts: Pick<TargetFacts, "groups">): GroupKey[] {
  switch (choice.by) {
    case "key":
      return [...new Set(choice.groupKeys)];
    case "category": {
      const wanted = new Set<CategoryId | null>(choice.categoryIds);
      return facts.groups.filter(({ categoryId }) => wanted.has(categoryId)).map(({ key }) => key);
    }
    case "all":
      return facts.groups.map(({ key }) => key);
  }
}
