import { describe, expect, it } from "vitest";
import { decideDigest, decideForgotten, isWorthTelling } from "#main/features/insights/policy/digest.ts";
import { isComparable } from "#main/features/insights/policy/comparable-run.ts";
import { ConnectionId, GroupKey, PersonId, RunId } from "#shared/domain/ids.ts";
import type { Matrix, MatrixRow } from "#shared/domain/matrix.ts";
import type { RunState } from "#shared/domain/coverage.ts";

const ANN = PersonId.parse("ann");
const BOB = PersonId.parse("bob");
const run = { id: RunId.parse("run-2"), startedAtMs: 1, finishedAtMs: 2, groups: 3 };
const keyOf = (id: string) => GroupKey.parse(`slack:T1:${id}`);

type Cells = Record<string, "present" | "absent" | "unknown" | "excluded">;

function matrixOf(groups: Record<string, Cells>, archived: string[] = []): Matrix {
  const rows = Object.entries(groups).map(([id, cells]) => ({
    group: { key: keyOf(id), name: id, platform: "slack", isArchived: archived.includes(id) },
    cells: Object.entries(cells).map(([personId, state]) => ({
      personId,
      level: "required",
      presence: state === "excluded" ? "absent" : state,
      reason: null,
      exclusionId: state === "excluded" ? "x" : null,
    })),
  }));
  const people = [ANN, BOB].map((personId) => ({ personId, name: personId, role: null }));
  return { runId: run.id, sources: [], people, rows: rows as unknown as MatrixRow[] };
}

const short = (digest: ReturnType<typeof decideDigest>) => [
  digest.isFirst,
  digest.openGaps,
  digest.newGaps.map(({ groupName, personId }) => `${groupName} ${personId}`),
  isWorthTelling(digest),
];

describe("what is new in a run", () => {
  it("is every open gap where there is nothing to compare with, but none that was accepted or is archived", () => {
    const matrix = matrixOf({ C1: { ann: "absent", bob: "excluded" }, C2: { ann: "absent" } }, ["C2"]);
    expect(short(decideDigest({ run, matrix, comparison: null, told: [] }))).toEqual([
      true,
      1,
      ["C1 ann"],
      true,
    ]);
  });

  it("is not what was told before, even if a run in between could not tell", () => {
    const matrix = matrixOf({ C1: { ann: "absent", bob: "absent" } });
    const newGaps = [ANN, BOB].map((personId) => ({
      groupKey: keyOf("C1"),
      groupName: "C1",
      platform: "slack" as const,
      personId,
      personName: personId,
      level: "required" as const,
    }));
    const nothing = {
      platforms: ["slack" as const],
      closedGaps: [],
      newGroups: [],
      goneGroups: [],
      renamedGroups: [],
    };
    const comparison = { beforeRunId: RunId.parse("run-1"), afterRunId: run.id, newGaps, ...nothing };
    const told = [{ groupKey: keyOf("C1"), personId: ANN }];
    const all = [...told, { groupKey: keyOf("C1"), personId: BOB }];
    expect([
      short(decideDigest({ run, matrix, comparison, told })),
      short(decideDigest({ run, matrix, comparison, told: all })),
    ]).toEqual([
      [false, 2, ["C1 bob"], true],
      [false, 2, [], false],
    ]);
  });

  it("may be told again once it was seen closed", () => {
    const told = [
      { groupKey: keyOf("C1"), personId: ANN },
      { groupKey: keyOf("C1"), personId: BOB },
      { groupKey: keyOf("C2"), personId: ANN },
    ];
    const matrix = matrixOf({ C1: { ann: "present", bob: "unknown" }, C2: { ann: "absent" } });
    expect(decideForgotten(told, matrix)).toEqual([told[0]]);
  });
});

it("a run is compared with one that read at least its connections, to the end, in the same world", () => {
  const [slack, telegram] = ["slack:T1:U1", "telegram:-:1"].map((id) => ConnectionId.parse(id));
  if (!slack || !telegram) throw new Error("both are ids");
  const earlier = (state: RunState, isSandbox = false) => ({ state, isSandbox });
  const own = { isSandbox: false };
  expect([
    isComparable(own, [slack], earlier("completed"), [slack, telegram]),
    isComparable(own, [slack, telegram], earlier("completed"), [slack]),
    isComparable(own, [slack], earlier("partial"), [slack]),
    isComparable(own, [slack], earlier("cancelled"), [slack]),
    isComparable(own, [slack], earlier("completed", true), [slack]),
  ]).toEqual([true, false, true, false, false]);
});
