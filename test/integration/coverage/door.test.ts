import { afterEach, beforeEach, expect, test } from "vitest";
import { listActivity } from "#main/store/queries/activity.ts";
import { RunId, type GroupKey, type PersonId } from "#shared/domain/ids.ts";
import { openCoverageLab, type CoverageLab } from "#test/support/coverage-lab.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import {
  cellsOf,
  reportOf,
  scriptedConnection,
  smallTeam,
  startAudit,
} from "#test/support/scripted-audit.ts";
import { createScriptedSlack, type ScriptedSlack } from "#test/support/scripted-slack.ts";

const TEAM = smallTeam({
  ann: { userId: "UANN" },
  bob: { userId: "UBOB" },
  opal: { userId: "UOPAL", status: "optional" },
});
const ACME = "slack:T1:C1" as GroupKey;
const BOB = "bob" as PersonId;

let lab: CoverageLab;
let slack: ScriptedSlack;
let clock: ReturnType<typeof createManualClock>;
let team: typeof TEAM;

beforeEach(async () => {
  team = TEAM;
  clock = createManualClock();
  slack = createScriptedSlack({
    owner: "UOWNER",
    users: [{ id: "UOWNER" }, { id: "UANN" }, { id: "UBOB" }, { id: "UOPAL" }],
    channels: [
      { id: "C1", name: "acme-bitsafe", members: ["UANN"] },
      { id: "C2", name: "globex-bitsafe", members: ["UANN", "UBOB", "UOPAL"] },
      { id: "C3", name: "old-bitsafe", isArchived: true, members: ["UANN"] },
      { id: "C4", name: "random", members: ["UANN"] },
    ],
  });
  lab = await openCoverageLab({ connections: [scriptedConnection(slack)], teamAndRules: () => team, clock });
});

afterEach(async () => {
  await lab.stop();
  await lab.store.close();
});

async function audit(): Promise<RunId> {
  const runId = await startAudit(lab, "inverse");
  await lab.coverage.waitForEnd(runId);
  await clock.advance(1_000);
  return runId;
}

async function actions(): Promise<string[]> {
  const lines = await listActivity(lab.store.read, { beforeSeq: null, search: "", limit: 100 });
  return lines.map((line) => line.action).toReversed();
}

const exclusionOf = (expiresAtMs: number | null) => ({
  groupKey: ACME,
  personId: BOB,
  reason: "Bob is conflicted out",
  owner: "ann",
  expiresAtMs,
});

test("before the first run there is an empty overview and no matrix", async () => {
  expect([await lab.coverage.overview(), await lab.coverage.matrix({ runId: null })]).toEqual([
    {
      sources: [],
      categories: [],
      platforms: [],
      deprecatedNames: { total: 0, groups: 0 },
      trend: [],
      recentRuns: [],
    },
    null,
  ]);
});

test("the plan guesses before the first listing and knows after it", async () => {
  const before = await lab.coverage.plan({ connectionIds: [], strategy: "auto" });
  await audit();
  const after = await lab.coverage.plan({ connectionIds: [], strategy: "roster" });
  const short = (plan: typeof before) => ({
    connections: plan.connections.map(({ knownGroups, people, chosen, costs }) => ({
      knownGroups,
      people,
      chosen,
      calls: costs.map((cost) => cost.calls),
    })),
    calls: plan.calls,
  });
  expect([short(before), short(after)]).toEqual([
    { connections: [{ knownGroups: null, people: 3, chosen: "inverse", calls: [5, 101] }], calls: 5 },
    { connections: [{ knownGroups: 3, people: 3, chosen: "roster", calls: [5, 4] }], calls: 4 },
  ]);
});

test("auto decides by what the listing showed: few groups and many people are read by roster", async () => {
  slack.channels.splice(1);
  const runId = await startAudit(lab, "auto");
  const report = await reportOf(lab, runId);
  expect([report.run.strategy, slack.calls.map((call) => call.method)]).toEqual([
    "roster",
    ["channels", "members", "user", "user"],
  ]);
});

test("an exclusion counts from the next look, without a new run, until it expires or is removed", async () => {
  const runId = await audit();
  const look = async () => {
    const matrix = await lab.coverage.matrix({ runId: null });
    const report = await reportOf(lab, runId);
    const { categories } = await lab.coverage.overview();
    return {
      excluded: matrix?.rows[0]?.cells.find((cell) => cell.personId === BOB)?.exclusionId ?? null,
      findings: report.findings
        .filter((finding) => finding.groupKey === ACME)
        .map((finding) => finding.personId),
      covered: categories.map(({ requiredPresent, requiredAbsent, excluded }) => [
        requiredPresent,
        requiredAbsent,
        excluded,
      ]),
    };
  };
  const bare = { excluded: null, findings: ["bob", "opal"], covered: [[3, 1, 0]] };
  const before = await look();
  const added = await lab.coverage.addExclusion(exclusionOf(clock.nowMs() + 5_000));
  const during = await look();
  await clock.advance(5_000);
  const expired = await look();
  const kept = await lab.coverage.addExclusion(exclusionOf(null));
  const removed = await lab.coverage.removeExclusion({ exclusionId: kept.id });
  const again = await lab.coverage.removeExclusion({ exclusionId: kept.id });
  expect({ before, during, expired, after: await look(), removed, again: again.ok }).toEqual({
    before: bare,
    during: { excluded: added.id, findings: ["opal"], covered: [[3, 0, 1]] },
    expired: bare,
    after: bare,
    removed: { ok: true, value: undefined },
    again: false,
  });
  expect(await actions()).toEqual([
    "coverage.audit-started",
    "coverage.audit-finished",
    "coverage.exclusion-added",
    "coverage.exclusion-added",
    "coverage.exclusion-removed",
  ]);
});

test("the matrix shows every customer group with its findings; archived ones count nowhere", async () => {
  await audit();
  const matrix = await lab.coverage.matrix({ runId: null });
  const overview = await lab.coverage.overview();
  expect({
    rows: matrix?.rows.map((row) => [
      row.group.name,
      row.findings,
      `${row.requiredPresent}/${row.requiredTotal}`,
    ]),
    people: matrix?.people.map((person) => person.name),
    categories: overview.categories.map(({ name, groups, requiredTotal }) => [name, groups, requiredTotal]),
    trend: overview.trend.map((point) => point.rate),
  }).toEqual({
    rows: [
      ["acme-bitsafe", ["missing-required", "missing-optional"], "1/2"],
      ["globex-bitsafe", [], "2/2"],
      ["old-bitsafe", ["archived"], "1/2"],
    ],
    people: ["ann", "bob", "opal"],
    categories: [["Customers", 2, 4]],
    trend: [0.75],
  });
});

test("a later run is compared with the one before, and a cell remembers both", async () => {
  const first = await audit();
  slack.channels[0]?.members.push("UBOB");
  slack.channels[1]?.members.splice(0, 1);
  const globex = slack.channels[1];
  if (globex) globex.name = "globex-bitsafe-eu";
  slack.channels.push({ id: "C5", name: "new-bitsafe", members: ["UANN", "UBOB", "UOPAL"] });
  const second = await audit();
  const report = await reportOf(lab, second);
  const detail = await lab.coverage.getRun({ runId: second });
  const history = await lab.coverage.cellHistory({ groupKey: ACME, personId: BOB });
  const names = (gaps: readonly { groupName: string; personName: string }[] | undefined) =>
    gaps?.map((gap) => `${gap.groupName} ${gap.personName}`);
  expect({
    previous: [report.sources[0]?.previousRun?.id, detail.ok && detail.value.previousRunId],
    newGaps: names(report.changes?.newGaps),
    closedGaps: names(report.changes?.closedGaps),
    newGroups: report.changes?.newGroups.map((group) => group.name),
    renamed: report.changes?.renamedGroups.map((group) => group.after),
    history: history.map((entry) => [entry.runId, entry.presence, entry.strategy]),
  }).toEqual({
    previous: [first, first],
    newGaps: ["globex-bitsafe-eu ann"],
    closedGaps: ["acme-bitsafe bob"],
    newGroups: ["new-bitsafe"],
    renamed: ["globex-bitsafe-eu"],
    history: [
      [second, "present", "inverse"],
      [first, "absent", "inverse"],
    ],
  });
});

test("a run is judged by the team and rules of its own day", async () => {
  const runId = await audit();
  team = smallTeam({ cy: { userId: "UCY" } });
  const report = await reportOf(lab, runId);
  expect([
    report.people.map((person) => person.name),
    Object.keys(cellsOf(report)["acme-bitsafe"] ?? {}),
  ]).toEqual([
    ["ann", "bob", "opal"],
    ["ann", "bob", "opal"],
  ]);
});

test("runs are listed newest first, page by page, and can be removed", async () => {
  const runs = [await audit(), await audit(), await audit()];
  const first = await lab.coverage.listRuns({ cursor: null, limit: 2 });
  const rest = await lab.coverage.listRuns({ cursor: first.nextCursor, limit: 2 });
  const removed = await lab.coverage.removeRun({ runId: runs[2] as RunId });
  const again = await lab.coverage.removeRun({ runId: runs[2] as RunId });
  const left = await lab.coverage.listRuns({ cursor: null, limit: 9 });
  expect({
    pages: [first.items.map((run) => run.id), rest.items.map((run) => run.id), rest.nextCursor, first.total],
    removed: [removed.ok, again.ok && "removed twice"],
    left: left.items.map((run) => run.id),
  }).toEqual({
    pages: [[runs[2], runs[1]], [runs[0]], null, 3],
    removed: [true, false],
    left: [runs[1], runs[0]],
  });
});

test("what does not exist is not found", async () => {
  const runId = RunId.parse("run-none");
  const { coverage } = lab;
  const answers = [
    await coverage.cancel({ runId }),
    await coverage.resume({ runId }),
    await coverage.progress({ runId }, new AbortController().signal),
    await coverage.getRun({ runId }),
    await coverage.compareRuns({ beforeRunId: runId, afterRunId: runId }),
    await coverage.removeRun({ runId }),
    await coverage.getReport(runId),
    await coverage.writeReport({ runId, format: "csv", path: "/nowhere" }),
  ];
  expect(answers.map((answer) => (answer.ok ? "ok" : answer.error.code))).toEqual(
    Array.from({ length: answers.length }, () => "input/not-found"),
  );
  expect(await coverage.matrix({ runId })).toBeNull();
});

test("an audit of nobody, or of nothing, does not start", async () => {
  team = { ...TEAM, team: [] };
  const nobody = await lab.coverage.start({ connectionIds: [], strategy: "auto" }, "console");
  team = TEAM;
  const nothing = await lab.coverage.start(
    { connectionIds: ["slack:T9:U9" as never], strategy: "auto" },
    "console",
  );
  expect([nobody, nothing].map((answer) => (answer.ok ? "ok" : answer.error.code))).toEqual([
    "input/nothing-to-audit",
    "input/nothing-to-audit",
  ]);
});

test("views are kept by name, renamed, replaced and removed", async () => {
  const { coverage } = lab;
  const content = {
    filter: {
      search: "acme",
      platforms: [],
      categoryIds: [],
      findings: [],
      personIds: [],
      presence: [],
      showExcluded: true,
    },
    sort: { by: "name" as const, direction: "ascending" as const },
  };
  const made = await coverage.saveView({ id: null, name: "Mine", ...content });
  if (!made.ok) throw new Error(made.error.code);
  const taken = await coverage.saveView({ id: null, name: "Mine", ...content });
  const renamed = await coverage.saveView({ ...made.value, name: "Ours" });
  const listed = await coverage.listViews();
  const removed = await coverage.removeView({ viewId: made.value.id });
  const again = await coverage.removeView({ viewId: made.value.id });
  expect({
    taken: taken.ok ? "ok" : taken.error.code,
    renamed: renamed.ok && renamed.value.name,
    listed,
    removed: [removed.ok, again.ok],
    left: await coverage.listViews(),
  }).toEqual({
    taken: "input/name-taken",
    renamed: "Ours",
    listed: [{ id: made.value.id, name: "Ours", ...content }],
    removed: [true, false],
    left: [],
  });
});
