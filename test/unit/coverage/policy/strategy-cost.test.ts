import { expect, test } from "vitest";
import {
  chooseStrategy,
  durationOfCalls,
  estimateCosts,
  type AuditSize,
} from "#main/features/coverage/policy/strategy-cost.ts";
import { chooseLookup } from "#main/features/coverage/policy/account-lookup.ts";
import { SLACK_ALLOWANCES } from "#main/features/coverage/sources/slack-source.ts";

function size(change: Partial<AuditSize>): AuditSize {
  return { listedGroups: 372, groupSizes: [], accounts: 12, unprovableGroupSizes: [], ...change };
}

function callsOf(change: Partial<AuditSize>): number[] {
  return estimateCosts(size(change), SLACK_ALLOWANCES).map((cost) => cost.calls);
}

test("calls are pages: one per person, one per 999 members, one per 1,000 listed groups", () => {
  expect([
    callsOf({ groupSizes: Array.from({ length: 72 }, () => 20) }),
    callsOf({ groupSizes: [999, 1_000, 20_000, 0, null] }),
    callsOf({ listedGroups: 1_001 }),
    callsOf({ unprovableGroupSizes: [5, 2_000] }),
    callsOf({ listedGroups: null, groupSizes: null }),
  ]).toEqual([
    [13, 73],
    [13, 1 + 1 + 2 + 21 + 1 + 1],
    [14, 2],
    [17, 1],
    [13, 101],
  ]);
});

test("a burst is free, and every further lot waits for the minute to pass", () => {
  const fullMinutes = [0, 1, 50, 51, 100, 101].map((calls) =>
    Math.floor(durationOfCalls(calls, 50) / 60_000),
  );
  expect(fullMinutes).toEqual([0, 0, 0, 1, 1, 2]);
});

test("auto takes the faster strategy, then the one with fewer calls; a wish is a wish", () => {
  const few = estimateCosts(size({ groupSizes: Array.from({ length: 72 }, () => 20) }), SLACK_ALLOWANCES);
  // 120 people take three minutes of listings, 90 groups one burst of rosters.
  const crowd = size({ accounts: 120, groupSizes: Array.from({ length: 90 }, () => 20) });
  const many = estimateCosts(crowd, SLACK_ALLOWANCES);
  expect([
    chooseStrategy("auto", few),
    chooseStrategy("auto", many),
    chooseStrategy("roster", few),
    chooseStrategy("inverse", many),
  ]).toEqual(["inverse", "roster", "roster", "inverse"]);
});

test("accounts are looked up whichever way takes fewer calls", () => {
  expect([
    chooseLookup(5, 350, 1_000),
    chooseLookup(1, 350, 1_000),
    chooseLookup(21, 20_400, 1_000),
    chooseLookup(22, 20_400, 1_000),
    chooseLookup(2, null, 1_000),
    chooseLookup(3, null, 1_000),
  ]).toEqual(["everybody", "one-by-one", "one-by-one", "everybody", "one-by-one", "first-page"]);
});
