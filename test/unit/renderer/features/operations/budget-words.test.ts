import { expect, test } from "vitest";
import { DEFAULT_CHANGE_BUDGETS } from "#shared/domain/operation.ts";
import { budgetProblem, budgetsFor, budgetsOf } from "#renderer/features/operations/budget-words.ts";

const typed = {
  invitesAnHour: "5",
  invitesADay: "100",
  renamesInFifteenMinutes: "1",
  removalsAnHour: "60",
  messagesAnHour: "30",
};

test("a budget can be lowered to one and raised to its default, and no further", () => {
  expect(
    ["1", "20", " 7 ", "0", "21", "", "2.5", "-3", "many"].map((text) =>
      budgetProblem("invitesAnHour", text),
    ),
  ).toEqual([
    null,
    null,
    null,
    "Between 1 and 20.",
    "Between 1 and 20.",
    "Enter a whole number.",
    "Enter a whole number.",
    "Enter a whole number.",
    "Enter a whole number.",
  ]);
});

test("budgets are made only of numbers that are all right", () => {
  expect([budgetsOf(typed), budgetsOf({ ...typed, removalsAnHour: "x" })]).toEqual([
    { ...DEFAULT_CHANGE_BUDGETS, invitesAnHour: 5, renamesInFifteenMinutes: 1 },
    null,
  ]);
});

test("a plan shows the budgets that it is held to, and no others", () => {
  expect([budgetsFor("remove"), budgetsFor("message"), budgetsFor("history")]).toEqual([
    ["removalsAnHour"],
    ["messagesAnHour"],
    [],
  ]);
});
