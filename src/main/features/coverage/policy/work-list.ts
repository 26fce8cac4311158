import type { CategoryId, PersonId } from "#shared/domain/ids.ts";
import type { WantedPeople } from "./requirements.ts";

/** People by account; two members may, by mistake, have the same one. */
export type PeopleByAccount = ReadonlyMap<string, readonly PersonId[]>;

export type WantedByCategory = ReadonlyMap<CategoryId | null, WantedPeople>;

/** The people whom groups of these categories ask for, each once. */
export function peopleWantedIn(
  categoryIds: readonly (CategoryId | null)[],
  wanted: WantedByCategory,
): Set<PersonId> {
  const people = new Set<PersonId>();
  for (const categoryId of new Set(categoryIds))
    for (const personId of wanted.get(categoryId)?.keys() ?? []) people.add(personId);
  return people;
}

/** The accounts of those people, who may have several; people without one are left out. */
export function accountsOf(
  people: Iterable<PersonId>,
  accountIds: ReadonlyMap<PersonId, readonly string[]>,
): PeopleByAccount {
  const byAccount = new Map<string, PersonId[]>();
  for (const personId of people) {
    for (const userId of accountIds.get(personId) ?? [])
      byAccount.set(userId, [...(byAccount.get(userId) ?? []), personId]);
  }
  return byAccount;
}
