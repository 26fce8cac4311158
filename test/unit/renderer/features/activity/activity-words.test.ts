import { expect, test } from "vitest";
import {
  describeAction,
  describeVerification,
  listDetails,
} from "#renderer/features/activity/activity-words.ts";
import type { ActivityEntry } from "#shared/domain/activity.ts";

test("an action reads as a phrase", () => {
  expect(["coverage.audit-started", "rules.saved", ""].map(describeAction)).toEqual([
    "Coverage audit started",
    "Rules saved",
    "",
  ]);
});

test("particulars are text, sorted, and nothing empty", () => {
  const entry: ActivityEntry = {
    seq: 1,
    atMs: 1,
    actor: "ana",
    action: "a.b",
    target: null,
    why: null,
    outcome: "done",
    details: { strategy: "inverse", names: ["x", "y"], count: 3, nested: { a: 1 }, none: null, blank: "" },
    previousHash: "",
    hash: "",
  };
  expect(listDetails(entry)).toEqual([
    ["count", "3"],
    ["names", "x, y"],
    ["nested", '{"a":1}'],
    ["strategy", "inverse"],
  ]);
});

test("a check of the log is told by what it found", () => {
  expect([
    describeVerification({ intact: true, entries: 1 }),
    describeVerification({
      intact: false,
      entries: 9,
      brokenAtSeq: 4,
      problem: "reordered",
      explanation: "…",
    }),
  ]).toEqual([
    "1 line was checked, and all fit: nothing was edited, removed or reordered.",
    "Line 4 is out of order.",
  ]);
});
