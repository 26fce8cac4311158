import type { MembershipDeps } from "../membership-deps.ts";
import type { TitleFacts } from "../policy/operation-title.ts";

/** What people and categories are called now; what is not known any more keeps its id. */
export async function readTitleFacts(
  team: MembershipDeps["team"],
  earlierTitle: string | null,
): Promise<TitleFacts> {
  const { team: members, rules } = await team.get();
  const people = new Map(members.map(({ id, name }) => [id, name]));
  const categories = new Map(rules.categories.map(({ id, name }) => [id, name]));
  return {
    nameOf: (personId) => people.get(personId) ?? personId,
    categoryNameOf: (categoryId) => categories.get(categoryId) ?? categoryId,
    earlierTitle,
  };
}
