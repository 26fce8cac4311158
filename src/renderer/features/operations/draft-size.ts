import type { RunGroup } from "#shared/domain/coverage.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { formatNoun } from "#renderer/ui/format.ts";
import { chosenGroups, platformsOf } from "./chosen-groups.ts";
import { customersOf } from "./draft-request.ts";
import type { OperationDraft } from "./operation-draft.ts";

/** How much a draft is about, in words: “3 people × 67 groups”. It is what is looked at, not what will change. */
export function sizeWords(
  draft: OperationDraft,
  team: readonly Pick<TeamMember, "id" | "role">[],
  groups: readonly RunGroup[],
): string {
  const people = formatNoun(countPeople(draft, team), "person", "people");
  if (draft.kind === "create") {
    const count = customersOf(draft.customersText).length;
    return `${formatNoun(count, "new group")}, each with ${people}`;
  }
  const count = countGroups(draft, groups);
  if (draft.kind === "rename" || draft.kind === "history") return `${formatNoun(count, "group")} to look at`;
  const most = countPeople(draft, team) * count;
  return `${people} × ${formatNoun(count, "group")}: at most ${formatNoun(most, "change")}`;
}

/** Groups that were named count also where no audit has seen them. */
function countGroups(draft: OperationDraft, groups: readonly RunGroup[]): number {
  if (draft.groupsBy === "all" || draft.groupsBy === "category") return chosenGroups(draft, groups).length;
  const keys = draft.groupsBy === "list" ? draft.listKeys : draft.groupKeys;
  return keys.filter((key) => platformsOf(draft).some((platform) => key.startsWith(`${platform}:`))).length;
}

function countPeople(draft: OperationDraft, team: readonly Pick<TeamMember, "id" | "role">[]): number {
  if (draft.peopleBy === "everyone") return team.length;
  if (draft.peopleBy === "role") return team.filter(({ role }) => role === draft.role).length;
  return draft.personIds.length;
}
