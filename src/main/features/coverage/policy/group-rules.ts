import type { Group } from "#shared/domain/group.ts";
import type { Category, GroupMatcher, Rules } from "#shared/domain/rules.ts";
import { compilePattern, foldName } from "./name-pattern.ts";

/** What is needed of a group to judge it by the rules. */
export type NamedGroup = Pick<Group, "platform" | "groupId" | "name">;

/** The rules, ready to be asked about thousands of groups. */
export interface GroupRules {
  /** Any include pattern matches the whole name, and no exclude pattern does. */
  isCustomerGroup(group: NamedGroup): boolean;
  /** Some exclude pattern matches the whole name. */
  isExcluded(group: NamedGroup): boolean;
  /** The first category with a matcher that fits, in the order of the rules; null when none does. */
  findCategory(group: NamedGroup): Category | null;
}

type Test = (group: NamedGroup, folded: string) => boolean;

/** Compiles every pattern and list once. Names are compared composed (NFC) and without regard to case. */
export function compileGroupRules(rules: Pick<Rules, "customerGroups" | "categories">): GroupRules {
  const include = rules.customerGroups.include.map(compilePattern);
  const exclude = rules.customerGroups.exclude.map(compilePattern);
  const categories = rules.categories.map((category) => ({
    category,
    tests: category.matchers.map(compileMatcher),
  }));
  return {
    isCustomerGroup(group) {
      const folded = foldName(group.name);
      return include.some((matches) => matches(folded)) && !exclude.some((matches) => matches(folded));
    },
    isExcluded(group) {
      const folded = foldName(group.name);
      return exclude.some((matches) => matches(folded));
    },
    findCategory(group) {
      const folded = foldName(group.name);
      return categories.find(({ tests }) => tests.some((test) => test(group, folded)))?.category ?? null;
    },
  };
}

function compileMatcher(matcher: GroupMatcher): Test {
  switch (matcher.kind) {
    case "pattern": {
      const matches = compilePattern(matcher.pattern);
      return (_group, folded) => matches(folded);
    }
    case "name": {
      const names = new Set(matcher.names.map((name) => foldName(name.trim())));
      return (_group, folded) => names.has(folded.trim());
    }
    case "id": {
      const ids = new Set(matcher.ids.map((id) => id.trim()));
      return (group) => group.platform === matcher.platform && ids.has(group.groupId);
    }
  }
}
