import { expect, test } from "vitest";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { GroupKey, PersonId } from "#shared/domain/ids.ts";
import type { LabConnection } from "#test/support/coverage-lab.ts";
import { customerChat, openTestLab } from "#test/support/open-test-lab.ts";
import { createManualClock, settle, type ManualClock } from "#test/support/manual-clock.ts";
import {
  cellsOf,
  reportOf,
  scriptedConnection,
  smallTeam,
  startAudit,
  telegramConnection,
  telegramTeam,
} from "#test/support/scripted-audit.ts";
import { createScriptedSlack } from "#test/support/scripted-slack.ts";
import {
  createScriptedTelegram,
  type ScriptedChat,
  type ScriptedTelegram,
  type ScriptedTelegramCall,
} from "#test/support/scripted-telegram.ts";

const TEAM = telegramTeam({ ann: { ids: ["2"] }, bob: { ids: ["3"] } });
const SLACK_TEAM = smallTeam({ ann: { userId: "UANN" }, bob: { userId: "UBOB" } });
const BOTH = {
  ...TEAM,
  team: TEAM.team.map((member, at) => ({
    ...member,
    identities: [...member.identities, ...(SLACK_TEAM.team[at]?.identities ?? [])],
  })),
};

const openLab = (
  connections: readonly LabConnection[],
  { team = TEAM, ...rest }: { readonly clock?: ManualClock; readonly team?: typeof TEAM } = {},
) => openTestLab(connections, team, rest);

function makeTelegram(chats: ScriptedChat[]): ScriptedTelegram {
  return createScriptedTelegram({ owner: "1", accounts: [{ id: "2" }, { id: "3" }], chats });
}

function makeSlack() {
  return createScriptedSlack({
    owner: "UANN",
    users: [{ id: "UANN" }, { id: "UBOB" }],
    channels: [{ id: "C1", name: "acme-bitsafe", members: ["UANN"] }],
  });
}

/** Answers the calls that fit with a failure, the first `times` of them. */
function failing(
  wanted: Partial<ScriptedTelegramCall>,
  problem: () => Failure,
  times = Number.POSITIVE_INFINITY,
): ScriptedTelegram["before"] {
  let left = times;
  return (call) => {
    const fits =
      (wanted.method ?? call.method) === call.method && (wanted.subject ?? call.subject) === call.subject;
    if (!fits || left === 0) return null;
    left -= 1;
    return problem();
  };
}

const FLOOD_MS = 65_475_000;

test("a flood wait of 65,475 s parks Telegram until its end; Slack is read and settled meanwhile", async () => {
  const telegram = makeTelegram([customerChat("100", "1 2"), customerChat("200", "1 2 3")]);
  const clock = createManualClock();
  const untilMs = clock.nowMs() + FLOOD_MS;
  telegram.before = failing({ method: "person" }, () => failure("telegram/flood-wait", { untilMs }), 1);
  const lab = await openLab([telegramConnection(telegram), scriptedConnection(makeSlack())], {
    clock,
    team: BOTH,
  });
  const runId = await startAudit(lab, "inverse");
  for (let turn = 0; turn < 20; turn += 1) await settle();
  const waiting = await lab.coverage.getReport(runId);
  const [listed] = (await lab.coverage.listRuns({ cursor: null, limit: 1 })).items;
  const job = listed && (await lab.jobs.find(listed.jobId));
  const callsBefore = telegram.calls.length;
  expect({
    state: listed?.state,
    wait: job?.progress.waiting,
    cells: waiting.ok && cellsOf(waiting.value),
    totals: [listed?.present, listed?.absent, listed?.unknown],
  }).toEqual({
    state: "waiting",
    wait: { why: failure("telegram/flood-wait").message, untilMs },
    cells: {
      "100 bitsafe": { ann: "present", bob: "not-reached" },
      "200 bitsafe": { ann: "present", bob: "present" },
      "acme-bitsafe": { ann: "present", bob: "absent" },
    },
    totals: [4, 1, 1],
  });

  await clock.advance(FLOOD_MS - 1_000);
  const askedTooEarly = telegram.calls.length - callsBefore;
  await clock.advance(2_000);
  const report = await reportOf(lab, runId);
  expect({
    askedTooEarly,
    askedAfter: telegram.calls.slice(callsBefore).map(({ method, subject }) => [method, subject]),
    state: report.run.state,
    failure: report.run.failure,
    bob: cellsOf(report)["100 bitsafe"]?.["bob"],
  }).toEqual({
    askedTooEarly: 0,
    askedAfter: [["person", "100 3"]],
    state: "completed",
    failure: null,
    bob: "absent",
  });
});

test("a laptop that sleeps a day in the middle of a flood wait goes on when it wakes", async () => {
  const telegram = makeTelegram([customerChat("100", "1 2")]);
  const clock = createManualClock();
  const untilMs = clock.nowMs() + FLOOD_MS;
  telegram.before = failing({ method: "common" }, () => failure("telegram/flood-wait", { untilMs }), 2);
  const lab = await openLab([telegramConnection(telegram)], { clock });
  const runId = await startAudit(lab, "inverse");
  for (let turn = 0; turn < 20; turn += 1) await settle();
  clock.suspend(86_400_000);
  await clock.advance(120_000);
  const report = await reportOf(lab, runId);
  expect([report.run.state, cellsOf(report)["100 bitsafe"]]).toEqual([
    "completed",
    { ann: "present", bob: "absent" },
  ]);
});

test("a session revoked midway pauses Telegram alone, and signing in goes on where it was", async () => {
  const telegram = makeTelegram([customerChat("100", "1 2"), customerChat("200", "1 3")]);
  telegram.before = failing({ method: "common", subject: "3" }, () => failure("telegram/session-revoked"));
  const lab = await openLab([telegramConnection(telegram), scriptedConnection(makeSlack())], { team: BOTH });
  const runId = await startAudit(lab, "inverse");
  const paused = await reportOf(lab, runId);
  telegram.before = () => null;
  const asked = telegram.calls.length;
  await lab.jobs.wakePausedOn("telegram:-:1");
  const resumed = await reportOf(lab, runId);
  expect({
    paused: [paused.run.state, paused.run.failure?.code, cellsOf(paused)],
    signedOut: lab.signedOut,
    resumed: [resumed.run.state, cellsOf(resumed)],
    again: telegram.calls.slice(asked).map(({ method, subject }) => `${method} ${subject}`),
  }).toEqual({
    paused: [
      "paused",
      "telegram/session-revoked",
      {
        "100 bitsafe": { ann: "present", bob: "not-reached" },
        "200 bitsafe": { ann: "not-reached", bob: "not-reached" },
        "acme-bitsafe": { ann: "present", bob: "absent" },
      },
    ],
    signedOut: [["telegram:-:1", "telegram/session-revoked"]],
    resumed: [
      "completed",
      {
        "100 bitsafe": { ann: "present", bob: "absent" },
        "200 bitsafe": { ann: "absent", bob: "present" },
        "acme-bitsafe": { ann: "present", bob: "absent" },
      },
    ],
    again: ["common 3", "person 100 3", "person 200 2"],
  });
});

test("groups that are deleted, left or turned into another while the run reads them are unknown where unproven", async () => {
  const chats = [
    customerChat("100", "1 2"),
    customerChat("200", "1 2"),
    customerChat("300", "1 2", { kind: "basic" }),
    customerChat("400", "1 2", { kind: "basic" }),
  ];
  const telegram = makeTelegram(chats);
  telegram.before = ({ method }) => {
    if (method !== "common" && method !== "members") return null;
    const [deleted, left, migrated] = chats;
    if (deleted) deleted.members = [];
    if (left) left.members = ["2"];
    if (migrated) migrated.migratedTo = "301";
    return null;
  };
  const lab = await openLab([telegramConnection(telegram)]);
  const report = await reportOf(lab, await startAudit(lab, "roster"));
  const vanished = { ann: "group-vanished", bob: "group-vanished" };
  const detail = await lab.coverage.getRun({ runId: report.run.id });
  expect({
    state: report.run.state,
    cells: cellsOf(report),
    unreadable: detail.ok && detail.value.unreadable.map((group) => group.unreadable?.code),
  }).toEqual({
    state: "partial",
    cells: {
      "100 bitsafe": vanished,
      "200 bitsafe": vanished,
      "300 bitsafe": vanished,
      "400 bitsafe": { ann: "present", bob: "absent" },
    },
    unreadable: Array.from({ length: 3 }, () => "telegram/group-not-found"),
  });
});

test("a basic group that became a supergroup keeps its history, exclusions and place in comparisons", async () => {
  const old = customerChat("300", "1 2", { kind: "basic", title: "acme bitsafe" });
  const telegram = makeTelegram([old]);
  const lab = await openLab([telegramConnection(telegram)]);
  const bob = PersonId.parse("bob");
  const before = await reportOf(lab, await startAudit(lab, "inverse"));
  const oldKey = GroupKey.parse("telegram:-:-300");
  await lab.coverage.addExclusion({
    groupKey: oldKey,
    personId: bob,
    reason: "on leave",
    owner: "ann",
    expiresAtMs: null,
  });
  old.migratedTo = "1300";
  telegram.chats.push(customerChat("1300", "1", { title: "acme bitsafe", migratedFrom: "300" }));
  const after = await reportOf(lab, await startAudit(lab, "inverse"));
  const compared = await lab.coverage.compareRuns({ beforeRunId: before.run.id, afterRunId: after.run.id });
  const newKey = GroupKey.parse("telegram:-:1300");
  const history = async (groupKey: GroupKey) =>
    (await lab.coverage.cellHistory({ groupKey, personId: bob })).map(({ runId }) => runId);
  const overview = await lab.coverage.overview();
  expect({
    group: after.groups.map(({ key, migratedFrom }) => [key, migratedFrom]),
    findings: after.findings,
    comparison: compared.ok && {
      ...compared.value,
      newGaps: compared.value.newGaps.map((gap) => [gap.groupKey, gap.personId]),
    },
    exclusions: after.exclusions.map(({ groupKey }) => groupKey),
    history: [await history(oldKey), await history(newKey)],
    // Bob's gap was accepted, ann's is new.
    trend: overview.trend.map(({ rate }) => rate),
  }).toEqual({
    group: [[newKey, oldKey]],
    findings: [{ kind: "missing-required", groupKey: newKey, personId: "ann" }],
    comparison: {
      beforeRunId: before.run.id,
      afterRunId: after.run.id,
      platforms: ["telegram"],
      newGaps: [[newKey, "ann"]],
      closedGaps: [],
      newGroups: [],
      goneGroups: [],
      renamedGroups: [],
    },
    exclusions: [newKey],
    history: [
      [after.run.id, before.run.id],
      [after.run.id, before.run.id],
    ],
    trend: [1, 0.5],
  });
});

test("titles of 10,000 emoji are matched and kept whole", async () => {
  const title = `bitsafe ${"👩‍👩‍👧‍👦".repeat(10_000)}`;
  const telegram = makeTelegram([customerChat("100", "1 2 3", { title, kind: "basic" })]);
  const lab = await openLab([telegramConnection(telegram)]);
  const report = await reportOf(lab, await startAudit(lab, "inverse"));
  expect(cellsOf(report)).toEqual({ [title]: { ann: "present", bob: "present" } });
});

test("the names of a day being used up leaves one person open, and nothing waits for it", async () => {
  const team = telegramTeam({ ann: { ids: ["2"] }, new: { ids: ["9"], username: "new" } });
  const telegram = makeTelegram([customerChat("100", "1 2", { kind: "basic" })]);
  telegram.before = failing({ method: "name" }, () =>
    failure("telegram/flood-wait", { untilMs: Date.now() + 86_400_000 }),
  );
  const lab = await openLab([telegramConnection(telegram)], { team });
  const report = await reportOf(lab, await startAudit(lab, "inverse"));
  expect([report.run.state, cellsOf(report)["100 bitsafe"]]).toEqual([
    "partial",
    { ann: "present", new: "person-listing-incomplete" },
  ]);
});

test("two accounts that share groups ask about each group once, by the one that came first", async () => {
  const chats = [customerChat("100", "1 7 2"), customerChat("200", "7 3"), customerChat("300", "1 3")];
  const first = createScriptedTelegram({ owner: "1", accounts: [{ id: "2" }, { id: "3" }], chats });
  const second = createScriptedTelegram({ owner: "7", accounts: [{ id: "2" }, { id: "3" }], chats });
  const lab = await openLab([telegramConnection(first, "1"), telegramConnection(second, "7")]);
  const report = await reportOf(lab, await startAudit(lab, "roster"));
  const asked = (telegram: ScriptedTelegram) =>
    telegram.calls.filter(({ method }) => method === "members").map(({ subject }) => subject);
  expect([cellsOf(report), asked(first), asked(second)]).toEqual([
    {
      "100 bitsafe": { ann: "present", bob: "absent" },
      "200 bitsafe": { ann: "absent", bob: "present" },
      "300 bitsafe": { ann: "absent", bob: "present" },
    },
    ["100", "300"],
    ["200"],
  ]);
});
