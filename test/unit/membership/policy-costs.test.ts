import { expect, test } from "vitest";
import { budgetOf, nextSlotMs } from "#main/features/membership/policy/budget.ts";
import {
  type CostedSteps,
  estimateCost,
  expectedLeftMs,
  lastSlotMs,
} from "#main/features/membership/policy/operation-costs.ts";
import { lastingNameOf, titleOf } from "#main/features/membership/policy/operation-title.ts";
import { GroupKey } from "#shared/domain/ids.ts";
import { DEFAULT_CHANGE_BUDGETS, OperationRequest, type StepAction } from "#shared/domain/operation.ts";
import { HOUR_MS, MINUTE_MS } from "#shared/lib/time.ts";
import { OURS, PHONE } from "./plan-samples.ts";

const NOW_MS = 1_000 * HOUR_MS;

function steps(action: StepAction, count: number, together = 1): CostedSteps["steps"] {
  return Array.from({ length: count }, (_, at) => {
    const group = Math.floor(at / together);
    const groupKey = GroupKey.parse(`slack:T1:C${group}`);
    return {
      action,
      batch: `${action} ${group}`,
      groupKey,
      newGroup: null,
      userId: `U${at % together}`,
      groupKind: null,
    };
  });
}

function cost(change: Partial<CostedSteps> & Pick<CostedSteps, "platform" | "steps">) {
  const {
    steps: count,
    calls,
    durationMs,
    because,
  } = estimateCost({
    connectionId: change.platform === "slack" ? OURS : PHONE,
    label: "Ours",
    budgets: DEFAULT_CHANGE_BUDGETS,
    spent: () => [],
    nowMs: NOW_MS,
    ...change,
  });
  return { count, calls, minutes: Math.round(durationMs / MINUTE_MS), because };
}

test("two people in 67 channels: an invitation and a member list each, held up by the invitations", () => {
  expect(cost({ platform: "slack", steps: steps("add", 134, 2) })).toEqual({
    count: 134,
    calls: 136,
    minutes: 1,
    because: "Slack allows 50 conversations.invite calls a minute, and it takes 67.",
  });
});

test("nobody is looked for in channels that are yet to be made, only read back", () => {
  const added = steps("add", 134, 2).map((step) => {
    return { ...step, groupKey: null, newGroup: step.batch };
  });
  expect(cost({ platform: "slack", steps: added }).calls).toBe(67 + 67);
});

test("who is to be removed is looked for before as who is to be added, by the fewer calls", () => {
  const each = (count: number, people?: number) =>
    steps("remove", count, people).map((step, at) => ({ ...step, batch: `remove ${at}` }));
  expect([
    cost({ platform: "slack", steps: each(40) }).calls,
    cost({ platform: "slack", steps: each(134, 2) }).calls,
  ]).toEqual([40 + 1 + 1, 134 + 2 + 67]);
});

test("one person is read back by everything they are in", () => {
  expect(cost({ platform: "slack", steps: steps("add", 40) })).toEqual({
    count: 40,
    calls: 42,
    minutes: 0,
    because: "No limit holds it up: Slack allows 50 conversations.invite calls a minute, and it takes 40.",
  });
});

test("few calls to Telegram are not held up, and are not said to be", () => {
  const [few, many] = [
    cost({ platform: "telegram", steps: steps("add", 8) }),
    cost({ platform: "telegram", steps: steps("add", 12) }),
  ];
  expect([few.because, many.because]).toEqual([
    "No limit holds it up: Telegram answers 30 calls at once, and about one a second after that.",
    "Telegram is asked for about one thing a second.",
  ]);
});

test("renames on Slack wait for the minute twice, on Telegram for three quarters of an hour", () => {
  const [slack, telegram] = [
    cost({ platform: "slack", steps: steps("rename", 60) }),
    cost({ platform: "telegram", steps: steps("rename", 40) }),
  ];
  expect([slack.minutes, slack.because, telegram.minutes, telegram.because]).toEqual([
    2,
    "Slack allows 20 conversations.rename calls a minute, and it takes 60.",
    45,
    "To keep the account safe: at most 10 groups made, renamed or described in 15 minutes.",
  ]);
});

test("what was spent before counts, and so does a lowered budget", () => {
  const add = steps("add", 20);
  const lowered = { ...DEFAULT_CHANGE_BUDGETS, invitesAnHour: 5 };
  expect([
    cost({ platform: "telegram", steps: add }).minutes,
    cost({
      platform: "telegram",
      steps: add,
      spent: () => Array.from({ length: 20 }, () => NOW_MS - 10 * MINUTE_MS),
    }).minutes,
    cost({ platform: "telegram", steps: add, budgets: lowered }).minutes,
  ]).toEqual([1, 50, 180]);
});

test("no steps take nothing", () => {
  expect([cost({ platform: "slack", steps: [] }), cost({ platform: "telegram", steps: [] })]).toMatchObject([
    { calls: 0, minutes: 0 },
    { calls: 0, minutes: 0 },
  ]);
});

test("the last slot of many is where taking them one by one ends", () => {
  const windows = budgetOf("telegram", "add", DEFAULT_CHANGE_BUDGETS)?.windows ?? [];
  for (const count of [1, 19, 20, 21, 77, 130, 250]) {
    const intents = [NOW_MS - 50 * MINUTE_MS, NOW_MS - 5 * MINUTE_MS];
    let atMs = NOW_MS;
    for (let step = 0; step < count; step++) {
      atMs = nextSlotMs(intents, windows, atMs);
      intents.push(atMs);
    }
    expect(lastSlotMs(count, [NOW_MS - 50 * MINUTE_MS, NOW_MS - 5 * MINUTE_MS], windows, NOW_MS)).toBe(atMs);
  }
});

const PLATFORMS = { platforms: ["slack"] };
const cross = (people: object, groups: object) => ({ by: "cross", people, groups });
const AMY = { by: "person", personIds: ["amy"] };

test.each([
  [
    { kind: "add", ...PLATFORMS, targets: cross(AMY, { by: "key", groupKeys: ["slack:T1:C1"] }) },
    "Add Amy to 1 group",
  ],
  [
    { kind: "add", ...PLATFORMS, targets: cross({ by: "role", role: "BD" }, { by: "all" }) },
    "Add everyone of BD to all customer groups",
  ],
  [
    {
      kind: "add",
      ...PLATFORMS,
      targets: { by: "gap", people: AMY, groups: { by: "all" }, optional: false },
    },
    "Fill the gaps of Amy",
  ],
  [
    {
      kind: "add",
      ...PLATFORMS,
      targets: {
        by: "gap",
        people: { by: "everyone" },
        groups: { by: "category", categoryIds: ["bd"] },
        optional: false,
      },
    },
    "Fill all gaps in “BD customers”",
  ],
  [
    {
      kind: "remove",
      ...PLATFORMS,
      targets: {
        by: "pair",
        pairs: ["amy", "ben", "cat"].map((personId) => ({ personId, groupKey: "slack:T1:C1" })),
      },
    },
    "Remove 3 people from 1 group",
  ],
  [
    {
      kind: "rename",
      ...PLATFORMS,
      groups: { by: "all" },
      rule: { by: "pattern", find: "a", replacement: "b", isRegularExpression: false, ignoreCase: false },
    },
    "Rename all customer groups: “a” becomes “b”",
  ],
  [{ kind: "history", visible: true, groups: { by: "all" } }, "Show the history of all customer groups"],
  [{ kind: "undo", operationId: "o" }, "Undo: Earlier"],
])("a title for %j", (request, title) => {
  expect(
    titleOf(OperationRequest.parse(request), {
      nameOf: (id) => ({ amy: "Amy" })[id as string] ?? id,
      categoryNameOf: () => "BD customers",
      earlierTitle: "Earlier",
    }),
  ).toBe(title);
});

const PEOPLE = (...personIds: string[]) => ({ by: "person", personIds });
const GROUPS = (...groupKeys: string[]) => ({ by: "key", groupKeys });

test.each([
  [
    "Add chosen people to chosen groups",
    "add",
    { by: "cross", people: PEOPLE("a", "b", "c"), groups: GROUPS("1", "2") },
  ],
  ["Add Amy to a chosen group", "add", { by: "cross", people: PEOPLE("amy"), groups: GROUPS("1") }],
  [
    "Remove chosen people from chosen groups",
    "remove",
    {
      by: "pair",
      pairs: ["a", "b", "c"].flatMap((personId) => ["1", "2"].map((groupKey) => ({ groupKey, personId }))),
    },
  ],
  [
    "Fill the gaps of everyone of BD in chosen categories",
    "add",
    {
      by: "gap",
      people: { by: "role", role: "BD" },
      groups: { by: "category", categoryIds: ["1", "2", "3"] },
      optional: false,
    },
  ],
])("repeating it is called “%s”, whatever the numbers come to", (name, kind, targets) => {
  expect(
    lastingNameOf(OperationRequest.parse({ kind, ...PLATFORMS, targets }), {
      nameOf: (id) => ({ amy: "Amy" })[id as string] ?? id,
      categoryNameOf: () => "BD customers",
      earlierTitle: null,
    }),
  ).toBe(name);
});

test("the slowest connection tells when the rest will have ended, whether a budget holds it up or its calls do", () => {
  const costs = [
    { connectionId: OURS, steps: 1_000, durationMs: 20 * MINUTE_MS },
    { connectionId: PHONE, steps: 30, durationMs: 45 * MINUTE_MS },
  ];
  const endsInMinutes = (ours: number, phone: number, budgetMinutes: number) =>
    expectedLeftMs(
      costs,
      new Map([
        [OURS, { steps: ours, budgetMs: 0 }],
        [PHONE, { steps: phone, budgetMs: budgetMinutes * MINUTE_MS }],
      ]),
    ) / MINUTE_MS;
  expect([
    endsInMinutes(1_000, 30, 40),
    endsInMinutes(900, 3, 2),
    endsInMinutes(0, 3, 12),
    expectedLeftMs(costs, new Map()),
  ]).toEqual([40, 18, 12, 0]);
});
