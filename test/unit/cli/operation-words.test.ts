import { expect, test } from "vitest";
import { describeOperation, describeSteps } from "#main/cli/members/operation-words.ts";
import { formatDuration, formatLimitTime } from "#main/cli/members/time-words.ts";
import { failure } from "#shared/domain/failure.ts";
import { ConnectionId, GroupKey } from "#shared/domain/ids.ts";
import { type OperationDetail, OperationId, type OperationStep } from "#shared/domain/operation.ts";

const NOW_MS = Date.UTC(2026, 10, 20, 16, 30);

const step = (change: Partial<OperationStep>): OperationStep => ({
  ordinal: 0,
  action: "add",
  platform: "slack",
  connectionId: ConnectionId.parse("slack:T1:U1"),
  groupKey: GroupKey.parse("slack:T1:C1"),
  groupName: "bitsafe-acme",
  groupKind: null,
  personId: null,
  personName: "Amara Chen",
  before: null,
  after: null,
  state: "planned",
  isChosen: true,
  failure: null,
  evidence: "live",
  actedAtMs: null,
  verifiedAtMs: null,
  ...change,
});

const counts = {
  planned: 1,
  acting: 0,
  done: 0,
  "already-so": 0,
  refused: 0,
  failed: 0,
  unclear: 0,
  skipped: 0,
} as const;

test("why steps are not done is said once, above those of whom it is true", () => {
  const why = failure("telegram/admin-needed");
  const refused = (groupName: string): OperationStep =>
    step({ platform: "telegram", groupName, state: "refused", failure: why });
  expect(describeSteps([refused("Acme"), step({}), refused("Globex Ltd")], "partial")).toEqual([
    "To do (1):",
    "  slack  #bitsafe-acme  add Amara Chen",
    "Refused (2):",
    `  ${why.message} ${why.todo}`,
    "    telegram  Acme        add Amara Chen",
    "    telegram  Globex Ltd  add Amara Chen",
  ]);
});

test("a name that fits no group is of no platform", () => {
  const unknown = step({
    action: "rename",
    groupKey: null,
    groupName: "nobody",
    after: "x",
    state: "refused",
    failure: failure("membership/nobody-matches"),
  });
  expect(describeSteps([unknown], "planned").at(-1)).toBe("      nobody  rename to x");
});

test("operations that were confirmed are named beside it, and plans are only counted", () => {
  const id = (name: string): OperationId => OperationId.parse(name);
  const other = (
    state: OperationDetail["overlaps"][number]["state"],
  ): OperationDetail["overlaps"][number] => {
    return { id: id(state), title: `It is ${state}`, state, groups: 1 };
  };
  const operation: OperationDetail = {
    id: id("this"),
    kind: "add",
    title: "Add Amara Chen to 1 group",
    state: "planned",
    undoes: null,
    undoneBy: null,
    isSandbox: false,
    createdAtMs: NOW_MS,
    createdBy: "root",
    plannedAtMs: NOW_MS,
    confirmedAtMs: null,
    approvedBy: null,
    finishedAtMs: null,
    counts,
    costs: [],
    failure: null,
    typedConfirmation: null,
    needsApproval: false,
    canUndo: false,
    overlaps: [other("running"), other("planned"), other("planning")],
    problems: [],
    logs: null,
  };
  expect(describeOperation(operation, NOW_MS).filter((line) => line.includes("group"))).toEqual([
    "Add Amara Chen to 1 group: planned, not confirmed",
    "  “It is running” (running), running, is about 1 group of these, too",
    "  2 other plans, not confirmed, share groups with it",
  ]);
});

test("moments are those of this computer's wall, and name its zone", () => {
  const zone = process.env["TZ"];
  try {
    process.env["TZ"] = "Asia/Kolkata";
    expect([formatLimitTime(NOW_MS, NOW_MS), formatLimitTime(NOW_MS + 2 * 3_600_000, NOW_MS)]).toEqual([
      "22:00 GMT+5:30",
      "2026-11-21 00:00 GMT+5:30",
    ]);
  } finally {
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
  }
});

test("lengths of time are rounded up", () => {
  expect([400, 61_000, 121_000, 3 * 3_600_000 + 1].map(formatDuration)).toEqual([
    "1 s",
    "61 s",
    "3 min",
    "3 h 1 min",
  ]);
});
