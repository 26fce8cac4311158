import { expect, test } from "vitest";
import { categoryCoverage } from "#main/features/coverage/policy/category-coverage.ts";
import { exclusionsInEffect } from "#main/features/coverage/policy/exclusions-in-effect.ts";
import { findingsOf } from "#main/features/coverage/policy/findings.ts";
import { matrixRowOf } from "#main/features/coverage/policy/matrix-rows.ts";
import { compareResults } from "#main/features/coverage/policy/run-comparison.ts";
import type { CoverageResult, Exclusion, RunGroup } from "#shared/domain/coverage.ts";
import { failure } from "#shared/domain/failure.ts";
import { CategoryId, ExclusionId, GroupKey, PersonId, RunId } from "#shared/domain/ids.ts";

const NONE = () => null;

function group(id: string, change: Partial<RunGroup> = {}): RunGroup {
  return {
    key: GroupKey.parse(`slack:T1:${id}`),
    platform: "slack",
    workspaceId: "T1",
    groupId: id,
    name: `${id}-bitsafe`,
    privacy: "private",
    isArchived: false,
    isShared: false,
    memberCount: 3,
    categoryId: CategoryId.parse("customers"),
    categoryName: "Customers",
    requiresFullTeam: true,
    expectPrivate: true,
    expectHistoryVisible: false,
    expectAdminRight: false,
    telegram: null,
    migratedFrom: null,
    deprecatedTerms: [],
    suggestedName: null,
    unreadable: null,
    ...change,
  };
}

/** `ann+ bob- opal?o`: a person, their presence and `o` for optional. */
function results(of: RunGroup, cells: string): CoverageResult[] {
  return cells.split(" ").map((cell) => {
    const [, name = "", sign = "", optional] = /^(\w+)([+?-])(o?)$/.exec(cell) ?? [];
    const presence = sign === "+" ? "present" : sign === "-" ? "absent" : "unknown";
    return {
      groupKey: of.key,
      personId: PersonId.parse(name),
      level: optional ? "optional" : "required",
      presence,
      reason: presence === "unknown" ? "not-reached" : null,
    };
  });
}

function exclusion(of: RunGroup, person: string, expiresAtMs: number | null = null): Exclusion {
  return {
    id: ExclusionId.parse(`x-${person}`),
    groupKey: of.key,
    personId: PersonId.parse(person),
    reason: "agreed",
    owner: "ann",
    createdAtMs: 1,
    expiresAtMs,
  };
}

test("an exclusion counts up to the moment it expires, and not at it", () => {
  const acme = group("C1");
  const at = (atMs: number) =>
    exclusionsInEffect([exclusion(acme, "bob", 100)], atMs, new Map())(acme.key, PersonId.parse("bob"));
  expect([at(99), at(100), at(101)]).toEqual(["x-bob", null, null]);
});

test("a group raises everything that is wrong with it, worst first", () => {
  const acme = group("C1", {
    privacy: "public",
    deprecatedTerms: ["iBTC"],
    unreadable: failure("slack/not-allowed"),
  });
  const found = findingsOf(acme, results(acme, "opal-o ann- bob+ cy?"), NONE);
  expect(found.map(({ kind, personId }) => [kind, personId])).toEqual([
    ["missing-required", "ann"],
    ["missing-optional", "opal"],
    ["public-channel", null],
    ["deprecated-name", null],
    ["not-readable", null],
  ]);
});

test("an archived group raises only that it is archived", () => {
  const acme = group("C1", { isArchived: true, privacy: "public", deprecatedTerms: ["iBTC"] });
  expect(findingsOf(acme, results(acme, "ann-"), NONE).map(({ kind }) => kind)).toEqual(["archived"]);
});

test("a public channel is fine where nobody expects a private one", () => {
  expect(findingsOf(group("C1", { privacy: "public", expectPrivate: false }), [], NONE)).toEqual([]);
});

test("a row counts what was found, and its cells name the exclusions that accept a gap", () => {
  const acme = group("C1");
  const find = exclusionsInEffect([exclusion(acme, "bob"), exclusion(acme, "ann")], 1, new Map());
  const { cells, findings, ...counts } = matrixRowOf(acme, results(acme, "ann+ bob- cy- opal+o ora?o"), find);
  expect({ findings, ...counts, excluded: cells.map((cell) => cell.exclusionId) }).toEqual({
    group: acme,
    findings: ["missing-required"],
    requiredPresent: 1,
    requiredTotal: 3,
    optionalPresent: 1,
    optionalTotal: 2,
    excluded: [null, "x-bob", null, null, null],
  });
});

test("coverage counts living groups by category, accepted gaps as covered, and nothing twice", () => {
  const groups = [
    group("C1"),
    group("C2"),
    group("C3", { isArchived: true }),
    group("C4", { categoryId: null, categoryName: null }),
  ];
  const cells = ["ann+ bob- cy- dee? opal-o", "ann+ bob+", "ann-", "ann+"];
  const find = exclusionsInEffect([exclusion(groups[0] as RunGroup, "bob")], 1, new Map());
  const rows = groups.map((each, at) => matrixRowOf(each, results(each, cells[at] as string), find));
  const categories = categoryCoverage(rows, {
    categories: [
      { id: CategoryId.parse("empty"), name: "Empty", matchers: [], requirements: [], expectPrivate: false },
      {
        id: CategoryId.parse("customers"),
        name: "Customers",
        matchers: [],
        requirements: [],
        expectPrivate: false,
      },
    ],
  });
  const nothing = {
    groups: 0,
    requiredTotal: 0,
    requiredPresent: 0,
    requiredAbsent: 0,
    requiredUnknown: 0,
    excluded: 0,
  };
  expect(categories).toEqual([
    { categoryId: "empty", name: "Empty", ...nothing },
    {
      categoryId: "customers",
      name: "Customers",
      groups: 2,
      requiredTotal: 6,
      requiredPresent: 3,
      requiredAbsent: 1,
      requiredUnknown: 1,
      excluded: 1,
    },
    { categoryId: null, name: "No category", ...nothing, groups: 1, requiredTotal: 1, requiredPresent: 1 },
  ]);
});

test("a comparison tells new, closed and undecided gaps apart, and a rename from a new group", () => {
  const people = ["ann", "bob", "cy", "dee"].map((name) => ({
    personId: PersonId.parse(name),
    name,
    role: null,
  }));
  const side = (id: string, groups: [RunGroup, string][]) => ({
    run: { id: RunId.parse(id) },
    people,
    groups: groups.map(([each]) => each),
    results: groups.flatMap(([each, cells]) => results(each, cells)),
  });
  const before = side("r1", [
    [group("C1"), "ann- bob+ cy- dee-"],
    [group("C2"), "ann-"],
    [group("C3"), "ann-"],
    [group("C5"), "ann-"],
  ]);
  const after = side("r2", [
    [group("C1", { name: "renamed" }), "ann+ bob- cy? dee-"],
    [group("C2"), "bob+"],
    [group("C4"), "ann-"],
    [group("C5", { isArchived: true }), "ann-"],
  ]);
  const told = compareResults(before, after);
  const short = (gaps: typeof told.newGaps) => gaps.map((gap) => `${gap.groupName} ${gap.personName}`);
  expect({ ...told, newGaps: short(told.newGaps), closedGaps: short(told.closedGaps) }).toEqual({
    newGaps: ["renamed bob", "C4-bitsafe ann"],
    closedGaps: ["C1-bitsafe ann", "C2-bitsafe ann", "C5-bitsafe ann"],
    newGroups: [{ groupKey: "slack:T1:C4", name: "C4-bitsafe" }],
    goneGroups: [{ groupKey: "slack:T1:C3", name: "C3-bitsafe" }],
    renamedGroups: [{ groupKey: "slack:T1:C1", before: "C1-bitsafe", after: "renamed" }],
  });
});
