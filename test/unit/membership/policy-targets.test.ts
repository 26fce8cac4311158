import { expect, test } from "vitest";
import { expandTargets, type TargetFacts } from "#main/features/membership/policy/target-pairs.ts";
import { CategoryId, GroupKey, PersonId } from "#shared/domain/ids.ts";
import { Targets } from "#shared/domain/operation.ts";

const person = (id: string) => PersonId.parse(id);
const group = (key: string) => GroupKey.parse(key);
const ACME = "slack:T1:ACME";
const OLD = "slack:T1:OLD";
const BETA = "telegram:-:7";

const FACTS: TargetFacts = {
  team: [
    { id: person("amy"), role: "BD", status: "active" },
    { id: person("ben"), role: " bd ", status: "optional" },
    { id: person("cat"), role: "BD", status: "inactive" },
    { id: person("dan"), role: null, status: "active" },
  ],
  groups: [
    { key: group(ACME), categoryId: CategoryId.parse("customers"), isArchived: false },
    { key: group(OLD), categoryId: CategoryId.parse("customers"), isArchived: true },
    { key: group(BETA), categoryId: null, isArchived: false },
  ],
  gaps: [
    { groupKey: group(ACME), personId: person("amy"), level: "required" },
    { groupKey: group(ACME), personId: person("ben"), level: "optional" },
    { groupKey: group(OLD), personId: person("amy"), level: "required" },
    { groupKey: group(BETA), personId: person("dan"), level: "required" },
  ],
  // A basic group that became a supergroup.
  currentKeyOf: (key) => (key === "telegram:-:-6" ? group(BETA) : key),
};

function expand(targets: unknown, purpose: "add" | "remove" = "add", platforms = ["slack", "telegram"]) {
  const known = ["slack", "telegram"] as const;
  const wanted = known.filter((platform) => platforms.includes(platform));
  const pairs = expandTargets(Targets.parse(targets), wanted, purpose, FACTS);
  return pairs.map(({ groupKey, personId }) => `${groupKey} ${personId}`);
}

test("a pair that is named twice, or by a key the group had before, counts once", () => {
  const pairs = [
    { groupKey: ACME, personId: "amy" },
    { groupKey: ACME, personId: "amy" },
    { groupKey: "telegram:-:-6", personId: "amy" },
    { groupKey: BETA, personId: "amy" },
  ];
  expect(expand({ by: "pair", pairs })).toEqual([`${ACME} amy`, `${BETA} amy`]);
});

test("everybody of a role, everywhere, as far as anything asks for them", () => {
  const targets = {
    by: "cross",
    people: { by: "role", role: "BD" },
    groups: { by: "key", groupKeys: [ACME, ACME] },
  };
  expect([expand(targets), expand(targets, "remove")]).toEqual([
    [`${ACME} amy`, `${ACME} ben`],
    [`${ACME} amy`, `${ACME} ben`, `${ACME} cat`],
  ]);
});

test("people named by themselves count whatever their status, each once", () => {
  const targets = {
    by: "cross",
    people: { by: "person", personIds: ["cat", "amy", "cat"] },
    groups: { by: "category", categoryIds: ["customers"] },
  };
  expect(expand(targets)).toEqual([`${ACME} cat`, `${ACME} amy`, `${OLD} cat`, `${OLD} amy`]);
});

test("one platform alone", () => {
  const targets = { by: "cross", people: { by: "person", personIds: ["amy"] }, groups: { by: "all" } };
  expect(expand(targets, "add", ["telegram"])).toEqual([`${BETA} amy`]);
});

test("gaps are those of required members, of optional ones only when asked for, and of no archived group", () => {
  const gaps = (change: object) =>
    expand({ by: "gap", people: { by: "everyone" }, groups: { by: "all" }, optional: false, ...change });
  expect([
    gaps({}),
    gaps({ optional: true }),
    gaps({ people: { by: "person", personIds: ["dan"] } }),
    gaps({ groups: { by: "category", categoryIds: ["customers"] } }),
  ]).toEqual([
    [`${ACME} amy`, `${BETA} dan`],
    [`${ACME} amy`, `${ACME} ben`, `${BETA} dan`],
    [`${BETA} dan`],
    [`${ACME} amy`],
  ]);
});
