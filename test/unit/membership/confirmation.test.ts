import { expect, test } from "vitest";
import {
  decideConfirmation,
  needsApproval,
  typedConfirmationOf,
} from "#main/features/membership/policy/confirmation.ts";
import { DEFAULT_CHANGE_BUDGETS, OperationKind } from "#shared/domain/operation.ts";
import { DAY_MS } from "#shared/lib/time.ts";

const NOW_MS = 10 * DAY_MS;

test("only removals have to be typed, with the number of memberships that end", () => {
  expect(OperationKind.options.map((kind) => typedConfirmationOf(kind, 37))).toEqual([
    null,
    "remove 37",
    null,
    null,
    null,
    null,
  ]);
});

test("a plan is confirmed when something is chosen, it is of today and what is shown was typed", () => {
  const said = (
    kind: OperationKind,
    chosen: number,
    ageMs: number,
    typed: string | null,
  ): string | undefined =>
    decideConfirmation({ kind, chosen, plannedAtMs: NOW_MS - ageMs }, { typed, nowMs: NOW_MS })?.code;
  expect([
    said("add", 1, DAY_MS, null),
    said("add", 0, 0, null),
    said("add", 1, DAY_MS + 1, null),
    said("remove", 2, 0, null),
    said("remove", 2, 0, "remove 1"),
    said("remove", 2, 0, " remove 2 "),
  ]).toEqual([
    undefined,
    "membership/nothing-to-do",
    "membership/plan-too-old",
    "membership/confirmation-missing",
    "membership/confirmation-missing",
    undefined,
  ]);
});

test("more steps than the operator set need an approval", () => {
  const settings = (approvalAbove: number | null) => ({
    budgets: DEFAULT_CHANGE_BUDGETS,
    approvalAbove,
    approvers: [],
  });
  expect([
    needsApproval(60_000, settings(null)),
    needsApproval(10, settings(10)),
    needsApproval(11, settings(10)),
  ]).toEqual([false, false, true]);
});
