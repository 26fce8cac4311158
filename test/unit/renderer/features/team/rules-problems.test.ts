import { expect, test } from "vitest";
import { findRulesProblems, problemAt } from "#renderer/features/team/rules-problems.ts";
import { emptyCategory, emptyMatcher } from "#renderer/features/team/rules-draft.ts";
import type { Rules } from "#shared/domain/rules.ts";

const sound: Rules = {
  customerGroups: { include: ["*bitsafe*"], exclude: [] },
  categories: [
    { ...emptyCategory("1"), name: "Marketing", matchers: [{ kind: "pattern", pattern: "*-mkt-*" }] },
    { ...emptyCategory("2"), name: "Intro" },
  ],
  deprecatedTerms: [{ term: "iBTC", replacement: "" }],
};

test("sound rules have no problem", () => {
  expect(findRulesProblems(sound)).toEqual([]);
});

test("every empty field is named once, with its place and in the order of the screen", () => {
  const draft: Rules = {
    ...sound,
    categories: [
      {
        ...emptyCategory("1"),
        matchers: [emptyMatcher("pattern"), emptyMatcher("name"), emptyMatcher("id")],
      },
    ],
    deprecatedTerms: [{ term: " ", replacement: "x" }],
  };
  expect(findRulesProblems(draft).map(({ place, path }) => `${place} ${path}`)).toEqual([
    "categories categories.0.name",
    "categories categories.0.matchers.0",
    "categories categories.0.matchers.1",
    "categories categories.0.matchers.2",
    "deprecated-terms deprecatedTerms.0.term",
  ]);
});

test("a repeated name or term is a problem of the later one, whatever its case", () => {
  const draft: Rules = {
    ...sound,
    categories: [...sound.categories, { ...emptyCategory("3"), name: "marketing " }],
    deprecatedTerms: [...sound.deprecatedTerms, { term: "IBTC", replacement: "" }],
  };
  expect(findRulesProblems(draft).map(({ path }) => path)).toEqual([
    "categories.2.name",
    "deprecatedTerms.1.term",
  ]);
});

test("what only the schema limits is found too, under the field that shows it", () => {
  const long = "x".repeat(301);
  const draft: Rules = {
    customerGroups: { include: [long], exclude: [] },
    categories: [{ ...emptyCategory("1"), name: "A", matchers: [{ kind: "name", names: ["ok", long] }] }],
    deprecatedTerms: [],
  };
  const problems = findRulesProblems(draft);
  expect([
    problems.map(({ place, path }) => `${place} ${path}`).sort(),
    problemAt(problems, "categories.0.matchers.0") === undefined,
    problemAt(problems, "categories.0.name"),
  ]).toEqual([
    ["categories categories.0.matchers.0", "customer-groups customerGroups.include.0"],
    false,
    undefined,
  ]);
});
