import { expect, test } from "vitest";
import { compileGroupRules } from "#main/features/coverage/policy/group-rules.ts";
import { CategoryId } from "#shared/domain/ids.ts";
import type { Category, GroupMatcher } from "#shared/domain/rules.ts";

function category(id: string, ...matchers: GroupMatcher[]): Category {
  return { id: CategoryId.parse(id), name: id, matchers, requirements: [], expectPrivate: false };
}

function slack(name: string, groupId = "C1") {
  return { platform: "slack" as const, groupId, name };
}

test("a group is a customer's when an include pattern fits its whole name and no exclude pattern does", () => {
  const rules = compileGroupRules({
    customerGroups: { include: ["*bitsafe*", "vip-?"], exclude: ["*-test"] },
    categories: [],
  });
  const names = ["Acme-BitSafe", "vip-1", "vip-12", "bitsafe-test", "random"];
  expect(names.filter((name) => rules.isCustomerGroup(slack(name)))).toEqual(["Acme-BitSafe", "vip-1"]);
});

test("without include patterns there are no customer groups", () => {
  const rules = compileGroupRules({ customerGroups: { include: [], exclude: [] }, categories: [] });
  expect(rules.isCustomerGroup(slack("acme"))).toBe(false);
});

test("the first category with any matcher that fits wins; ids hold on their own platform only", () => {
  const rules = compileGroupRules({
    customerGroups: { include: ["*"], exclude: [] },
    categories: [
      category("by-id", { kind: "id", platform: "slack", ids: ["C7"] }),
      category("by-name", { kind: "name", names: [" Café Deal ", "intro-acme"] }),
      category("by-pattern", { kind: "pattern", pattern: "no-such" }, { kind: "pattern", pattern: "*acme*" }),
    ],
  });
  const groups = [
    slack("intro-acme", "C7"),
    { platform: "telegram" as const, groupId: "C7", name: "other" },
    slack("cafe\u0301 deal"),
    slack("INTRO-ACME"),
    slack("acme-eu"),
    slack("globex"),
  ];
  expect(groups.map((group) => rules.findCategory(group)?.id ?? null)).toEqual([
    "by-id",
    null,
    "by-name",
    "by-name",
    "by-pattern",
    null,
  ]);
});
