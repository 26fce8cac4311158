import { CategoryId } from "#shared/domain/ids.ts";
import type { Category } from "#shared/domain/rules.ts";

/** Names of groups by the category they belong to, as the older `customer_group_categories.json` lists them. */
export type LegacyGroups = Partial<Record<"marketing" | "internal" | "intro", readonly string[]>>;

const NAMES_A_MATCHER = 5_000;

const displayNames = { marketing: "Marketing", internal: "Internal", intro: "Intro" } as const;

/**
 * The categories with these lists added to those of the same id or name. A missing category is made; one that would
 * never be asked, because a category that takes every name comes first, moves in front of that.
 */
export function mergeLegacyGroups(categories: readonly Category[], groups: LegacyGroups): Category[] {
  let merged = [...categories];
  for (const key of ["marketing", "internal", "intro"] as const) {
    const names = groups[key];
    if (names === undefined) continue;
    const found = merged.find(
      ({ id, name }) => id === key || name.toLowerCase() === displayNames[key].toLowerCase(),
    );
    merged = placeCategory(merged, addNames(found ?? emptyCategory(key), names));
  }
  return merged;
}

function placeCategory(categories: readonly Category[], placed: Category): Category[] {
  const at = categories.findIndex(({ id }) => id === placed.id);
  const catchAll = categories.findIndex(takesEveryName);
  const isReached = at >= 0 && (catchAll < 0 || at <= catchAll);
  if (isReached) return categories.with(at, placed);
  const others = categories.filter(({ id }) => id !== placed.id);
  return others.toSpliced(catchAll < 0 ? others.length : catchAll, 0, placed);
}

function takesEveryName({ matchers }: Category): boolean {
  return matchers.some((matcher) => matcher.kind === "pattern" && /^\*+$/.test(matcher.pattern));
}

function addNames(category: Category, names: readonly string[]): Category {
  const known = new Set(
    category.matchers.flatMap((matcher) => (matcher.kind === "name" ? matcher.names : [])),
  );
  const added = [...new Set(names)].filter((name) => !known.has(name));
  const matchers = [...category.matchers];
  for (let at = 0; at < added.length; at += NAMES_A_MATCHER) {
    matchers.push({ kind: "name", names: added.slice(at, at + NAMES_A_MATCHER) });
  }
  return { ...category, matchers };
}

function emptyCategory(key: keyof typeof displayNames): Category {
  return {
    id: CategoryId.parse(key),
    name: displayNames[key],
    matchers: [],
    requirements: [],
    expectPrivate: false,
  };
}
