import type { CategoryId, PersonId } from "#shared/domain/ids.ts";
import { Platform } from "#shared/domain/ids.ts";
import type { GroupsChoice, PeopleChoice } from "#shared/domain/operation.ts";
import { planOperation } from "./plan-operation.ts";

/** Has every gap of one person planned: where they are required and proven absent. */
export function planGapsOfPerson(personId: PersonId): Promise<boolean> {
  return planGaps({ by: "person", personIds: [personId] }, { by: "all" });
}

/** Has every gap of one category planned, for everybody who is required there. */
export function planGapsOfCategory(categoryId: CategoryId): Promise<boolean> {
  return planGaps({ by: "everyone" }, { by: "category", categoryIds: [categoryId] });
}

/** Has everything planned that the deprecated terms ask to be renamed. */
export function planDeprecatedRenames(groups: GroupsChoice = { by: "all" }): Promise<boolean> {
  return planOperation({
    kind: "rename",
    rule: { by: "deprecated" },
    groups,
    platforms: Platform.options,
  });
}

function planGaps(people: PeopleChoice, groups: GroupsChoice): Promise<boolean> {
  return planOperation({
    kind: "add",
    targets: { by: "gap", people, groups, optional: false },
    platforms: Platform.options,
  });
}
