import { type Category, type GroupMatcher, type Requirement, Rules } from "#shared/domain/rules.ts";
import { CategoryId, type PersonId } from "#shared/domain/ids.ts";

/** A category as it begins: unnamed, matching nothing, asking for nobody. */
export function emptyCategory(newId: string): Category {
  return {
    id: CategoryId.parse(`category-${newId}`),
    name: "",
    matchers: [],
    requirements: [],
    expectPrivate: false,
  };
}

export function emptyMatcher(kind: GroupMatcher["kind"]): GroupMatcher {
  switch (kind) {
    case "pattern":
      return { kind, pattern: "" };
    case "name":
      return { kind, names: [] };
    case "id":
      return { kind, platform: "slack", ids: [] };
  }
}

export const newRequirement: Requirement = { target: { kind: "everyone" }, level: "required" };

/** The list with the item at `from` moved to `to`; unchanged when either lies outside it. */
export function moveItem<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const moved = items[from];
  if (moved === undefined || to < 0 || to >= items.length) return [...items];
  const rest = items.filter((_, index) => index !== from);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

/** The list with one item replaced. */
export function replaceItem<Item>(items: readonly Item[], at: number, item: Item): Item[] {
  return items.map((old, index) => (index === at ? item : old));
}

export function removeItem<Item>(items: readonly Item[], at: number): Item[] {
  return items.filter((_, index) => index !== at);
}

/** The list with an item put (back) at a place; at the end when the list has become shorter. */
export function insertItem<Item>(items: readonly Item[], at: number, item: Item): Item[] {
  return [...items.slice(0, at), item, ...items.slice(at)];
}

/** Whether two sets of rules say the same. Order counts: the first category that matches wins. */
export function sameRules(a: Rules, b: Rules): boolean {
  return JSON.stringify(Rules.safeParse(a).data ?? a) === JSON.stringify(Rules.safeParse(b).data ?? b);
}

/** One line each; blank lines and surrounding spaces are dropped. */
export function parseLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** How many requirements name this very person. */
export function countRequirementsOf(rules: Rules, personId: PersonId): number {
  return rules.categories.flatMap(({ requirements }) => requirements.filter(names(personId))).length;
}

/** The rules `now`, with the requirements on one person that they had `before`; categories gone since stay gone. */
export function restoreRequirements(now: Rules, before: Rules, personId: PersonId): Rules {
  return {
    ...now,
    categories: now.categories.map((category) => {
      if (category.requirements.some(names(personId))) return category;
      const lost = before.categories.find(({ id }) => id === category.id)?.requirements ?? [];
      return { ...category, requirements: [...category.requirements, ...lost.filter(names(personId))] };
    }),
  };
}

function names(personId: PersonId): (requirement: Requirement) => boolean {
  return ({ target }) => target.kind === "person" && target.personId === personId;
}
