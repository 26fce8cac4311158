import { expect, test } from "vitest";
import { requiresFullTeam, resolveRequirements } from "#main/features/coverage/policy/requirements.ts";
import { CategoryId, PersonId } from "#shared/domain/ids.ts";
import type { Category, Requirement } from "#shared/domain/rules.ts";
import type { MemberStatus, TeamMember } from "#shared/domain/team.ts";

function member(id: string, status: MemberStatus, role: string | null = null): TeamMember {
  return { id: PersonId.parse(id), name: id, role, status, email: null, identities: [] };
}

function category(...requirements: Requirement[]): Category {
  return { id: CategoryId.parse("c"), name: "c", matchers: [], requirements, expectPrivate: false };
}

const TEAM = [
  member("ann", "active", " BD "),
  member("bob", "active", "Legal"),
  member("opal", "optional", "bd"),
  member("ina", "inactive", "BD"),
];

test.each<[string, Requirement[], Record<string, string>]>([
  [
    "everyone required: optional members stay optional, inactive ones are asked for nowhere",
    [{ target: { kind: "everyone" }, level: "required" }],
    { ann: "required", bob: "required", opal: "optional" },
  ],
  [
    "everyone optional",
    [{ target: { kind: "everyone" }, level: "optional" }],
    { ann: "optional", bob: "optional", opal: "optional" },
  ],
  [
    "a role, whatever its case and blanks",
    [{ target: { kind: "role", role: "bD" }, level: "required" }],
    { ann: "required", opal: "optional" },
  ],
  [
    "the most demanding requirement wins, in any order",
    [
      { target: { kind: "person", personId: PersonId.parse("ann") }, level: "required" },
      { target: { kind: "everyone" }, level: "optional" },
    ],
    { ann: "required", bob: "optional", opal: "optional" },
  ],
  [
    "an inactive person named in person",
    [{ target: { kind: "person", personId: PersonId.parse("ina") }, level: "required" }],
    {},
  ],
  ["no requirements", [], {}],
])("%s", (_title, requirements, expected) => {
  expect(Object.fromEntries(resolveRequirements(category(...requirements), TEAM))).toEqual(expected);
});

test("a group without a category asks for nobody", () => {
  expect([...resolveRequirements(null, TEAM)]).toEqual([]);
});

test("the full team is required when every active member is, however that was said", () => {
  const roles = category(
    { target: { kind: "role", role: "bd" }, level: "required" },
    { target: { kind: "role", role: "legal" }, level: "required" },
  );
  const some = category({ target: { kind: "role", role: "bd" }, level: "required" });
  const softly = category({ target: { kind: "everyone" }, level: "optional" });
  const inactiveOnly = [member("ina", "inactive")];
  const everyone = category({ target: { kind: "everyone" }, level: "required" });
  expect([
    requiresFullTeam(roles, TEAM),
    requiresFullTeam(some, TEAM),
    requiresFullTeam(softly, TEAM),
    requiresFullTeam(everyone, inactiveOnly),
    requiresFullTeam(null, TEAM),
  ]).toEqual([true, false, false, false, false]);
});
