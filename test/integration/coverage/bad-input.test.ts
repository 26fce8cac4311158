import { afterEach, expect, test } from "vitest";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err } from "#shared/lib/result.ts";
import { openCoverageLab, type CoverageLab, type LabConnection } from "#test/support/coverage-lab.ts";
import { createManualClock, settle } from "#test/support/manual-clock.ts";
import {
  cellsOf,
  reportOf,
  scriptedConnection,
  smallTeam,
  startAudit,
} from "#test/support/scripted-audit.ts";
import { createScriptedSlack, type ScriptedCall, type ScriptedSlack } from "#test/support/scripted-slack.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";

const labs: CoverageLab[] = [];
afterEach(async () => {
  for (const lab of labs.splice(0)) {
    await lab.stop();
    await lab.store.close();
  }
});

const TEAM = smallTeam({ ann: { userId: "UANN" }, bob: { userId: "UBOB" } });

async function openLab(
  connections: readonly LabConnection[],
  options: { readonly team?: typeof TEAM; readonly clock?: ReturnType<typeof createManualClock> } = {},
): Promise<CoverageLab> {
  const { team = TEAM, ...rest } = options;
  const lab = await openCoverageLab({ connections, teamAndRules: () => team, ...rest });
  labs.push(lab);
  return lab;
}

function makeSlack(): ScriptedSlack {
  return createScriptedSlack({
    owner: "UOWNER",
    users: [{ id: "UOWNER" }, { id: "UANN" }, { id: "UBOB" }],
    channels: [
      { id: "C1", name: "acme-bitsafe", members: ["UOWNER", "UANN", "UBOB"] },
      { id: "C2", name: "globex-bitsafe", members: ["UOWNER", "UBOB"] },
      { id: "C3", name: "initech-bitsafe", members: ["UOWNER", "UANN"] },
    ],
  });
}

/** Answers the calls that fit with a failure, the first `times` of them. */
function failing(
  wanted: Partial<ScriptedCall>,
  problem: Failure,
  times = Number.POSITIVE_INFINITY,
): ScriptedSlack["before"] {
  let left = times;
  return (call) => {
    const fits =
      (wanted.method ?? call.method) === call.method && (wanted.subject ?? call.subject) === call.subject;
    if (!fits || left === 0) return null;
    left -= 1;
    return problem;
  };
}

test("a channel that vanishes between listing and reading is unknown, and only that one", async () => {
  const slack = makeSlack();
  slack.before = (call) => {
    if (call.method === "members")
      slack.channels.splice(0, slack.channels.length, ...slack.channels.filter(({ id }) => id !== "C2"));
    return null;
  };
  const lab = await openLab([scriptedConnection(slack)]);
  const report = await reportOf(lab, await startAudit(lab, "roster"));
  expect({ state: report.run.state, cells: cellsOf(report), findings: report.findings }).toEqual({
    state: "partial",
    cells: {
      "acme-bitsafe": { ann: "present", bob: "present" },
      "globex-bitsafe": { ann: "group-vanished", bob: "group-vanished" },
      "initech-bitsafe": { ann: "present", bob: "absent" },
    },
    findings: [
      { kind: "not-readable", groupKey: "slack:T1:C2", personId: null },
      { kind: "missing-required", groupKey: "slack:T1:C3", personId: "bob" },
    ],
  });
});

test("a member list that leads in a circle is read again, then given up as incomplete", async () => {
  const slack = makeSlack();
  slack.before = failing(
    { method: "members", subject: "C2" },
    failure("slack/bad-answer", { problem: "cursor-repeated" }),
  );
  const clock = createManualClock();
  const lab = await openLab([scriptedConnection(slack)], { clock });
  const runId = await startAudit(lab, "roster");
  await clock.advance(60_000);
  const report = await reportOf(lab, runId);
  expect({
    state: report.run.state,
    tries: slack.calls.filter((call) => call.subject === "C2").length,
    globex: cellsOf(report)["globex-bitsafe"],
  }).toEqual({
    state: "partial",
    tries: 3,
    globex: { ann: "roster-incomplete", bob: "roster-incomplete" },
  });
});

test("a person's listing that cannot be read leaves only that person unknown", async () => {
  const slack = makeSlack();
  slack.before = failing({ method: "channels-of-user", subject: "UANN" }, failure("slack/not-allowed"));
  const lab = await openLab([scriptedConnection(slack)]);
  const report = await reportOf(lab, await startAudit(lab, "inverse"));
  expect({ state: report.run.state, cells: cellsOf(report) }).toEqual({
    state: "partial",
    cells: {
      "acme-bitsafe": { ann: "person-listing-incomplete", bob: "present" },
      "globex-bitsafe": { ann: "person-listing-incomplete", bob: "present" },
      "initech-bitsafe": { ann: "person-listing-incomplete", bob: "absent" },
    },
  });
});

test("a token revoked midway pauses the run on its connection; the other workspace is read to the end", async () => {
  const revoked = makeSlack();
  const sound = makeSlack();
  revoked.before = failing({ method: "members", subject: "C2" }, failure("slack/token-revoked"));
  const lab = await openLab([scriptedConnection(revoked, "T1"), scriptedConnection(sound, "T2")]);
  const runId = await startAudit(lab, "roster");
  const paused = await reportOf(lab, runId);
  const soundResults = paused.results.filter((result) => result.groupKey.startsWith("slack:T2"));
  expect({
    state: paused.run.state,
    failure: paused.run.failure?.code,
    signedOut: lab.signedOut,
    sound: soundResults.map((result) => result.presence),
  }).toEqual({
    state: "paused",
    failure: "slack/token-revoked",
    signedOut: [["slack:T1:UOWNER", "slack/token-revoked"]],
    sound: ["present", "present", "absent", "present", "present", "absent"],
  });

  revoked.before = () => null;
  const asked = sound.calls.length;
  const woken = await lab.jobs.wakePausedOn("slack:T1:UOWNER");
  const resumed = await reportOf(lab, runId);
  expect({
    woken,
    state: resumed.run.state,
    failure: resumed.run.failure,
    unknown: resumed.run.unknown,
    soundAskedAgain: sound.calls.length - asked,
    calls: resumed.run.calls,
  }).toEqual({
    woken: 1,
    state: "completed",
    failure: null,
    unknown: 0,
    soundAskedAgain: 0,
    calls: revoked.calls.length + sound.calls.length,
  });
});

test("a missing permission pauses the run until the operator has signed in with it", async () => {
  const slack = makeSlack();
  slack.before = failing({ method: "channels" }, failure("slack/missing-scope", { needed: "groups:read" }));
  const lab = await openLab([scriptedConnection(slack)]);
  const report = await reportOf(lab, await startAudit(lab, "auto"));
  expect({
    state: report.run.state,
    failure: report.run.failure?.facts,
    shown: lab.reached,
    signedOut: lab.signedOut,
  }).toEqual({
    state: "paused",
    failure: { needed: "groups:read" },
    shown: ["slack:T1:UOWNER lacking groups:read"],
    signedOut: [],
  });
});

test("a paused run can be cancelled, and its evidence stays", async () => {
  const slack = makeSlack();
  slack.before = failing({ method: "members", subject: "C3" }, failure("slack/token-expired"));
  const lab = await openLab([scriptedConnection(slack)]);
  const runId = await startAudit(lab, "roster");
  const paused = await reportOf(lab, runId);
  await lab.coverage.cancel({ runId });
  const cancelled = await reportOf(lab, runId);
  expect([paused.run.state, cancelled.run.state, cancelled.run.present]).toEqual([
    "paused",
    "cancelled",
    paused.run.present,
  ]);
});

test("a session that cannot be opened pauses the run with the reason", async () => {
  const locked: LabConnection = {
    ...scriptedConnection(makeSlack()),
    open: () => err(failure("keychain/locked")),
  };
  const lab = await openLab([locked]);
  const report = await reportOf(lab, await startAudit(lab, "auto"));
  expect([report.run.state, report.run.failure?.code, lab.reached]).toEqual([
    "paused",
    "keychain/locked",
    ["slack:T1:UOWNER unreachable keychain/locked"],
  ]);
});

test("a network that is down makes the run wait, and go on where it was when it is back", async () => {
  const slack = makeSlack();
  slack.before = failing({ method: "members", subject: "C2" }, failure("network/unreachable"), 2);
  const clock = createManualClock();
  const lab = await openLab([scriptedConnection(slack)], { clock });
  const runId = await startAudit(lab, "roster");
  await settle();
  const waiting = await lab.coverage.listRuns({ cursor: null, limit: 1 });
  for (let turn = 0; turn < 10; turn += 1) await clock.advance(60_000);
  const report = await reportOf(lab, runId);
  expect({
    before: waiting.items.map((run) => run.state),
    after: report.run.state,
    unknown: report.run.unknown,
    listings: slack.calls.filter((call) => call.method === "channels").length,
    reached: lab.reached,
  }).toEqual({
    before: ["waiting"],
    after: "completed",
    unknown: 0,
    listings: 1,
    reached: [
      "slack:T1:UOWNER unreachable network/unreachable",
      "slack:T1:UOWNER unreachable network/unreachable",
      "slack:T1:UOWNER ready",
    ],
  });
});

test("a listing that breaks off keeps what it named, and the run is partial", async () => {
  const slack = createScriptedSlack({
    owner: "UOWNER",
    pageSize: 1,
    users: [{ id: "UANN" }, { id: "UBOB" }, { id: "UOWNER" }],
    channels: [
      { id: "C1", name: "acme-bitsafe", members: ["UANN", "UBOB"] },
      { id: "C2", name: "globex-bitsafe", members: ["UX"] },
    ],
  });
  slack.before = (call) =>
    call.method === "channels" && call.cursor !== null
      ? failure("slack/refused", { slackError: "odd" })
      : null;
  const lab = await openLab([scriptedConnection(slack)]);
  const report = await reportOf(lab, await startAudit(lab, "inverse"));
  const detail = await lab.coverage.getRun({ runId: report.run.id });
  expect({
    state: report.run.state,
    cells: cellsOf(report),
    problems: detail.ok && detail.value.problems.map(({ item, failure }) => [item, failure.code]),
  }).toEqual({
    state: "partial",
    cells: { "acme-bitsafe": { ann: "present", bob: "present" } },
    problems: [["slack:T1:UOWNER", "slack/refused"]],
  });
});

test("a listing that cannot even begin fails the run", async () => {
  const slack = makeSlack();
  slack.before = failing({ method: "channels" }, failure("slack/refused", { slackError: "odd" }));
  const lab = await openLab([scriptedConnection(slack)]);
  const report = await reportOf(lab, await startAudit(lab, "auto"));
  expect([report.run.state, report.run.failure?.code]).toEqual(["failed", "slack/refused"]);
});

test.each(["inverse", "roster"] as const)(
  "%s: people who left, were never there, or share a name or an account are told apart by their ids",
  async (strategy) => {
    const team = smallTeam({
      ann: { userId: "UANN" },
      "ann's second entry": { userId: "UANN" },
      left: { userId: "ULEFT" },
      wrong: { userId: "UWRONG" },
      unrecorded: { userId: null },
      idle: { userId: "UIDLE" },
      retired: { userId: "URETIRED", status: "inactive" },
    });
    const slack = createScriptedSlack({
      owner: "UOWNER",
      users: [{ id: "UANN" }, { id: "UOWNER" }, { id: "ULEFT", isDeactivated: true }, { id: "UIDLE" }],
      channels: [
        { id: "C1", name: "acme-bitsafe", members: ["UOWNER", "UANN", "UOTHERANN"] },
        { id: "C2", name: "globex-bitsafe", members: ["UOWNER", "UOTHERANN"] },
      ],
    });
    const lab = await openLab([scriptedConnection(slack)], { team });
    const report = await reportOf(lab, await startAudit(lab, strategy));
    const left = strategy === "inverse" ? "account-deactivated" : "absent";
    const others = { left, wrong: "identity-not-found", unrecorded: "no-identity", idle: "absent" };
    expect({ state: report.run.state, cells: cellsOf(report) }).toEqual({
      state: "completed",
      cells: {
        "acme-bitsafe": { ann: "present", "ann's second entry": "present", ...others },
        "globex-bitsafe": { ann: "absent", "ann's second entry": "absent", ...others },
      },
    });
  },
);

test("groups that listings cannot show are proven by their rosters, and only those", async () => {
  const slack = createScriptedSlack({
    owner: "UOWNER",
    users: [{ id: "UANN" }, { id: "UBOB" }, { id: "UOWNER" }],
    channels: [
      { id: "C1", name: "named-bitsafe", isShared: true, members: ["UANN"] },
      { id: "C2", name: "missed-bitsafe", isShared: true, isMissedByListings: true, members: ["UBOB"] },
      { id: "C3", name: "unlisted-bitsafe", isShared: true, isUnlisted: true, members: ["UOWNER"] },
      { id: "C4", name: "plain-bitsafe", members: ["UX"] },
    ],
  });
  const lab = await openLab([scriptedConnection(slack)]);
  const report = await reportOf(lab, await startAudit(lab, "inverse"));
  expect({
    cells: cellsOf(report),
    rosters: slack.calls.filter((call) => call.method === "members").map((call) => call.subject),
  }).toEqual({
    cells: {
      "missed-bitsafe": { ann: "absent", bob: "present" },
      "named-bitsafe": { ann: "present", bob: "absent" },
      "plain-bitsafe": { ann: "absent", bob: "absent" },
      "unlisted-bitsafe": { ann: "absent", bob: "absent" },
    },
    rosters: ["C2"],
  });
});

test("a roster is read no further than the last person it is asked for", async () => {
  const crowd = Array.from({ length: 20_000 }, (_, at) => `U${at}`);
  const slack = createScriptedSlack({
    owner: "UOWNER",
    pageSize: 999,
    users: [{ id: "UANN" }, { id: "UBOB" }],
    channels: [
      { id: "C1", name: "early-bitsafe", members: ["UANN", "UBOB", ...crowd] },
      { id: "C2", name: "never-bitsafe", members: [...crowd, "UBOB"] },
    ],
  });
  const lab = await openLab([scriptedConnection(slack)]);
  const report = await reportOf(lab, await startAudit(lab, "roster"));
  const pagesOf = (id: string) => slack.calls.filter((call) => call.subject === id).length;
  expect({ cells: cellsOf(report), early: pagesOf("C1"), never: pagesOf("C2") }).toEqual({
    cells: {
      "early-bitsafe": { ann: "present", bob: "present" },
      "never-bitsafe": { ann: "absent", bob: "present" },
    },
    early: 1,
    never: 21,
  });
});

test("a 20,000-member channel resumes at the page it had reached", async () => {
  const crowd = Array.from({ length: 20_000 }, (_, at) => `U${at}`);
  const slack = createScriptedSlack({
    owner: "UOWNER",
    pageSize: 999,
    users: [{ id: "UANN" }, { id: "UBOB" }],
    channels: [{ id: "C1", name: "all-bitsafe", members: ["UBOB", ...crowd] }],
  });
  const lab = await openLab([scriptedConnection(slack)]);
  const reached = Promise.withResolvers<void>();
  let pagesRead = 0;
  slack.before = async (call) => {
    if (call.method === "members" && (pagesRead += 1) === 10) {
      reached.resolve();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return null;
  };
  const runId = await startAudit(lab, "roster");
  await reached.promise;
  await lab.coverage.cancel({ runId });
  const cancelled = await reportOf(lab, runId);
  await lab.coverage.resume({ runId });
  const resumed = await reportOf(lab, runId);
  expect({
    cancelled: [cancelled.run.state, cellsOf(cancelled)],
    resumed: [resumed.run.state, cellsOf(resumed)],
    memberCount: resumed.groups.map((group) => group.memberCount),
    // The tenth page was under way when the run was cancelled, and is the only one that was asked twice.
    pages: slack.calls.filter((call) => call.method === "members").length,
    again: (await lab.coverage.resume({ runId })).ok,
  }).toEqual({
    cancelled: ["cancelled", { "all-bitsafe": { ann: "not-reached", bob: "present" } }],
    resumed: ["completed", { "all-bitsafe": { ann: "absent", bob: "present" } }],
    memberCount: [20_001],
    pages: 22,
    again: false,
  });
});

test("a clock set back by a day changes neither the results nor the time worked", async () => {
  const slack = makeSlack();
  const clock = createManualClock();
  slack.before = (call) => {
    if (call.subject === "C2") clock.setWall(clock.nowMs() - 86_400_000);
    return null;
  };
  const lab = await openLab([scriptedConnection(slack)], { clock });
  const report = await reportOf(lab, await startAudit(lab, "roster"));
  expect([report.run.state, report.run.unknown, report.run.elapsedMs >= 0]).toEqual(["completed", 0, true]);
});

test("two accounts in one workspace share its groups: each group is asked about once", async () => {
  const channels = [
    { id: "C1", name: "public-bitsafe", members: ["UANN"] },
    { id: "C2", name: "first-only-bitsafe", isPrivate: true, members: ["UOWNER", "UBOB"] },
    { id: "C3", name: "second-only-bitsafe", isPrivate: true, members: ["USECOND", "UANN"] },
  ];
  const users = [{ id: "UANN" }, { id: "UBOB" }, { id: "UOWNER" }, { id: "USECOND" }];
  const first = createScriptedSlack({ owner: "UOWNER", channels, users });
  const second = createScriptedSlack({ owner: "USECOND", channels, users });
  const connections = [
    scriptedConnection(first, "T1", "UOWNER"),
    scriptedConnection(second, "T1", "USECOND"),
  ];
  const lab = await openLab(connections);
  const report = await reportOf(lab, await startAudit(lab, "roster"));
  const rosters = (slack: ScriptedSlack) =>
    slack.calls.filter((call) => call.method === "members").map((call) => call.subject);
  expect({ cells: cellsOf(report), first: rosters(first), second: rosters(second) }).toEqual({
    cells: {
      "first-only-bitsafe": { ann: "absent", bob: "present" },
      "public-bitsafe": { ann: "present", bob: "absent" },
      "second-only-bitsafe": { ann: "present", bob: "absent" },
    },
    first: ["C1", "C2"],
    second: ["C3"],
  });
});

test("many doubtful accounts are looked up through the directory, strangers one by one", async () => {
  const people = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`p${at}`, { userId: `UP${at}` }]));
  const slack = createScriptedSlack({
    owner: "UOWNER",
    pageSize: 10,
    users: [
      { id: "UOWNER" },
      ...Array.from({ length: 8 }, (_, at) => ({ id: `UP${at}`, isStranger: at === 7 })),
    ],
    channels: [{ id: "C1", name: "acme-bitsafe", members: ["UOWNER", "UX"] }],
  });
  const lab = await openLab([scriptedConnection(slack)], { team: smallTeam(people) });
  const report = await reportOf(lab, await startAudit(lab, "inverse"));
  const lookups = slack.calls.filter((call) => call.method === "user" || call.method === "users");
  expect({
    lookups: lookups.map((call) => [call.method, call.subject]),
    cells: cellsOf(report)["acme-bitsafe"],
  }).toEqual({
    lookups: [
      ["users", ""],
      ["user", "UP7"],
    ],
    cells: Object.fromEntries(Object.keys(people).map((name) => [name, "absent"])),
  });
});

test("a wait for the platform's limits is shown with its reason and its end", async () => {
  const slack = makeSlack();
  const store = await openTemporaryStore();
  const lab = await openCoverageLab({
    store,
    connections: [scriptedConnection(slack)],
    teamAndRules: () => TEAM,
  });
  labs.push(lab);
  const release = Promise.withResolvers<void>();
  const untilMs = Date.now() + 60_000;
  slack.before = async (call) => {
    if (call.subject !== "C2") return null;
    slack.showWait({ why: "Slack asked to slow down.", untilMs });
    await release.promise;
    slack.showWait(null);
    return null;
  };
  const runId = await startAudit(lab, "roster");
  const stream = await lab.coverage.progress({ runId }, new AbortController().signal);
  const seen: unknown[] = [];
  if (stream.ok) {
    for await (const { state, progress } of stream.value) {
      if (progress.waiting !== null && seen.length === 0) {
        seen.push([state, progress.phase, progress.waiting]);
        release.resolve();
      }
      if (state === "completed") seen.push([state, progress.waiting]);
    }
  }
  expect(seen).toEqual([
    ["waiting", "Reading members", { why: "Slack asked to slow down.", untilMs }],
    ["completed", null],
  ]);
});
