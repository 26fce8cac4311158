import { expect, test } from "vitest";
import { type BudgetWindow, budgetOf, nextSlotMs } from "#main/features/membership/policy/budget.ts";
import { DEFAULT_CHANGE_BUDGETS, StepAction } from "#shared/domain/operation.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#shared/lib/time.ts";

const NOW_MS = 100 * DAY_MS;
const TWO_AN_HOUR: readonly BudgetWindow[] = [{ changes: 2, withinMs: HOUR_MS }];

test("a change is free while the window has room, and otherwise when its oldest blocking change leaves it", () => {
  const ago = (...minutes: number[]) => minutes.map((minute) => NOW_MS - minute * MINUTE_MS);
  const waits = [[], ago(10), ago(40, 10), ago(50, 40, 10), ago(61, 10), ago(60, 10)].map(
    (intents) => (nextSlotMs(intents, TWO_AN_HOUR, NOW_MS) - NOW_MS) / MINUTE_MS,
  );
  expect(waits).toEqual([0, 0, 20, 20, 0, 0]);
});

test("with several windows the one that is full for longest decides", () => {
  const windows = [...TWO_AN_HOUR, { changes: 3, withinMs: DAY_MS }];
  const intents = [NOW_MS - 20 * HOUR_MS, NOW_MS - 40 * MINUTE_MS, NOW_MS - 10 * MINUTE_MS];
  expect((nextSlotMs(intents, windows, NOW_MS) - NOW_MS) / HOUR_MS).toBe(4);
});

test("times of a clock that was wrong by more than a day hold nothing up, smaller errors are waited out", () => {
  const wait = (aheadMs: number) =>
    nextSlotMs([NOW_MS + aheadMs, NOW_MS + aheadMs], TWO_AN_HOUR, NOW_MS) - NOW_MS;
  expect([wait(2 * DAY_MS), wait(MINUTE_MS)]).toEqual([0, HOUR_MS + MINUTE_MS]);
});

test("a lowered budget counts what was done under the higher one", () => {
  const intents = Array.from({ length: 5 }, (_, at) => NOW_MS - (50 - at) * MINUTE_MS);
  expect((nextSlotMs(intents, [{ changes: 1, withinMs: HOUR_MS }], NOW_MS) - NOW_MS) / MINUTE_MS).toBe(14);
});

test("every kind of change to Telegram but the history setting has a budget, and none to Slack has", () => {
  const budgeted = (platform: "slack" | "telegram") =>
    StepAction.options.filter((action) => budgetOf(platform, action, DEFAULT_CHANGE_BUDGETS) !== null);
  expect([budgeted("slack"), budgeted("telegram")]).toEqual([
    [],
    ["add", "remove", "rename", "create", "describe", "welcome", "send"],
  ]);
});
