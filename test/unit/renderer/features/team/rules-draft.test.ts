import { describe, expect, test } from "vitest";
import {
  countRequirementsOf,
  emptyCategory,
  insertItem,
  moveItem,
  parseLines,
  restoreRequirements,
  sameRules,
} from "#renderer/features/team/rules-draft.ts";
import { PersonId } from "#shared/domain/ids.ts";
import type { Category, Requirement, Rules } from "#shared/domain/rules.ts";

const ana = PersonId.parse("ana");
const onAna: Requirement = { target: { kind: "person", personId: ana }, level: "required" };
const onAll: Requirement = { target: { kind: "everyone" }, level: "required" };

function categoryOf(name: string, requirements: Requirement[]): Category {
  return { ...emptyCategory(name), name, requirements };
}

function rulesOf(...categories: Category[]): Rules {
  return { customerGroups: { include: ["*"], exclude: [] }, categories, deprecatedTerms: [] };
}

describe("a list in the draft", () => {
  test("moves an item both ways, and stays as it is at its ends", () => {
    const items = ["a", "b", "c"];
    expect([
      moveItem(items, 0, 2),
      moveItem(items, 2, 0),
      moveItem(items, 0, -1),
      moveItem(items, 2, 3),
      moveItem(items, 5, 0),
    ]).toEqual([
      ["b", "c", "a"],
      ["c", "a", "b"],
      ["a", "b", "c"],
      ["a", "b", "c"],
      ["a", "b", "c"],
    ]);
  });

  test("takes an item back at its place, or at the end once it has become shorter", () => {
    expect([insertItem(["a", "c"], 1, "b"), insertItem(["a"], 7, "b")]).toEqual([
      ["a", "b", "c"],
      ["a", "b"],
    ]);
  });

  test("is written one entry a line, whatever the line ends and blanks", () => {
    expect(parseLines(" one \r\n\n two\n")).toEqual(["one", "two"]);
  });
});

describe("sameRules", () => {
  test("sees through spaces that saving removes, and minds the order", () => {
    const [first, second] = [categoryOf("First", []), categoryOf("Second", [])];
    expect([
      sameRules(rulesOf(first), rulesOf({ ...first, name: " First " })),
      sameRules(rulesOf(first, second), rulesOf(second, first)),
    ]).toEqual([true, false]);
  });
});

describe("restoreRequirements", () => {
  const before = rulesOf(categoryOf("A", [onAll, onAna]), categoryOf("B", [onAna]), categoryOf("C", [onAll]));

  test("puts back what named one person, where their category is still there", () => {
    const now = rulesOf(categoryOf("A", [onAll]), categoryOf("C", [onAll]), categoryOf("D", []));
    expect(restoreRequirements(now, before, ana)).toEqual(
      rulesOf(categoryOf("A", [onAll, onAna]), categoryOf("C", [onAll]), categoryOf("D", [])),
    );
  });

  test("adds nothing twice", () => {
    const restored = restoreRequirements(before, before, ana);
    expect([restored, countRequirementsOf(restored, ana)]).toEqual([before, 2]);
  });
});
