import { expect, test } from "vitest";
import type { Overview } from "#shared/contract/coverage.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { Run } from "#shared/domain/coverage.ts";
import { failure } from "#shared/domain/failure.ts";
import { RunId } from "#shared/domain/ids.ts";
import { DAY_MS } from "#shared/lib/time.ts";
import { nextActionsOf } from "#renderer/features/overview/next-actions.ts";

const NOW_MS = 1_800_000_000_000;
const RUN_ID = RunId.parse("run-1");

function overview(change: Partial<Overview>, absent = 0, unknown = 0): Overview {
  return {
    sources: [
      {
        platform: "slack",
        connectionIds: [],
        label: "Acme",
        runId: RUN_ID,
        atMs: NOW_MS,
        state: "completed",
      },
    ],
    categories: [
      {
        categoryId: null,
        name: "Any",
        groups: 1,
        requiredTotal: 10,
        requiredPresent: 10 - absent - unknown,
        requiredAbsent: absent,
        requiredUnknown: unknown,
        excluded: 0,
      },
    ],
    platforms: [],
    deprecatedNames: { total: 1, groups: 0 },
    trend: [{ runId: RUN_ID, atMs: NOW_MS, rate: 1 }],
    recentRuns: [],
    ...change,
  };
}

function titles(of: Overview, connections: readonly Connection[] = []) {
  return nextActionsOf(of, connections, NOW_MS).map(({ title, to }) => [title, to]);
}

test("nothing is asked of the operator when nothing is open", () => {
  expect(titles(overview({}))).toEqual([]);
});

test("what stops an audit comes before gaps, doubts and tidying up, each with the place where it is done", () => {
  const signedOut = {
    label: "Acme",
    state: "signed-out",
    failure: failure("slack/token-revoked"),
  } as Connection;
  const sources = [
    {
      platform: "slack" as const,
      connectionIds: [],
      label: "Acme",
      runId: RUN_ID,
      atMs: NOW_MS,
      state: "partial" as const,
    },
  ];
  expect(titles(overview({ sources, deprecatedNames: { total: 9, groups: 1 } }, 3, 1), [signedOut])).toEqual([
    ["Sign in to Acme again", "/connections"],
    ["Finish the last audit", "/runs/run-1"],
    ["Close 3 gaps", "/coverage?finding=missing-required"],
    ["Settle 1 unknown", "/coverage?presence=unknown"],
    ["Rename 1 group", "/coverage?finding=deprecated-name"],
  ]);
});

test("a result older than a week asks for another audit", () => {
  const [slack] = overview({}).sources;
  if (!slack) throw new Error("no source");
  const old = { ...slack, atMs: NOW_MS - 8 * DAY_MS };
  const telegram = { ...old, platform: "telegram" as const, runId: RunId.parse("run-0") };
  expect([
    titles(overview({ sources: [old] })),
    titles(overview({ sources: [slack, telegram] })),
    titles(overview({ sources: [old, telegram] })),
  ]).toEqual([[["Audit again", "/runs"]], [["Audit Telegram again", "/runs"]], [["Audit again", "/runs"]]]);
});

test("a run that left something unread is named by its platform, and the last audit if it did not end well", () => {
  const failed = { id: RunId.parse("run-3"), state: "failed", failure: null } as Run;
  const sources = [
    {
      platform: "slack" as const,
      connectionIds: [],
      label: "Acme",
      runId: RunId.parse("run-2"),
      atMs: NOW_MS,
      state: "completed" as const,
    },
    {
      platform: "telegram" as const,
      connectionIds: [],
      label: "Me",
      runId: RUN_ID,
      atMs: NOW_MS,
      state: "partial" as const,
    },
  ];
  expect(titles(overview({ sources, recentRuns: [failed] }))).toEqual([
    ["See why the last audit failed", "/runs/run-3"],
    ["Finish the last Telegram audit", "/runs/run-1"],
  ]);
});
