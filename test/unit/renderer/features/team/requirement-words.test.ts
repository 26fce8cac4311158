import { expect, test } from "vitest";
import { teamMember } from "./sample-member.ts";
import {
  describeTarget,
  listTargetChoices,
  parseTarget,
  summarizeCategory,
  targetValue,
} from "#renderer/features/team/requirement-words.ts";
import { emptyCategory } from "#renderer/features/team/rules-draft.ts";
import { PersonId } from "#shared/domain/ids.ts";
import type { RequirementTarget, Rules } from "#shared/domain/rules.ts";

const team = [
  teamMember("ana", { name: "Ana", role: "BD" }),
  teamMember("bo", { name: "Bo", role: "Support" }),
];
const gone: RequirementTarget = { kind: "person", personId: PersonId.parse("gone") };
const unusedRole: RequirementTarget = { kind: "role", role: "role:odd" };

test("a target survives the way through a select, odd role names included", () => {
  const targets: RequirementTarget[] = [{ kind: "everyone" }, unusedRole, gone];
  expect(targets.map((target) => parseTarget(targetValue(target)))).toEqual(targets);
});

test("a role without people and a person who left stay visible as such", () => {
  expect([unusedRole, gone].map((target) => describeTarget(target, team))).toEqual([
    "role:odd (nobody has this role)",
    "Someone no longer in the team",
  ]);
});

test("the choices are those of the team and those the rules name already, each once and sorted", () => {
  const rules: Rules = {
    customerGroups: { include: [], exclude: [] },
    categories: [
      {
        ...emptyCategory("1"),
        requirements: [gone, unusedRole, { kind: "role" as const, role: "BD" }].map((target) => ({
          target,
          level: "required",
        })),
      },
    ],
    deprecatedTerms: [],
  };
  const choices = listTargetChoices(team, rules);
  expect([choices.roles, choices.people].map((list) => list.map(({ label }) => label))).toEqual([
    ["BD", "role:odd (nobody has this role)", "Support"],
    ["Ana", "Bo", "Someone no longer in the team"],
  ]);
});

test("a category is summed up by its matchers and whom it requires", () => {
  expect([
    summarizeCategory(emptyCategory("1"), team),
    summarizeCategory(
      {
        ...emptyCategory("2"),
        matchers: [{ kind: "pattern", pattern: "*" }],
        requirements: [
          { target: { kind: "everyone" }, level: "optional" },
          { target: { kind: "role", role: "BD" }, level: "required" },
        ],
      },
      team,
    ),
  ]).toEqual(["0 matchers · nobody required", "1 matcher · BD"]);
});
