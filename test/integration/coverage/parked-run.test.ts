import { afterEach, beforeEach, expect, test } from "vitest";
import { failure } from "#shared/domain/failure.ts";
import { ConnectionId, type RunId } from "#shared/domain/ids.ts";
import type { RunProgress } from "#shared/domain/coverage.ts";
import { openCoverageLab, type CoverageLab } from "#test/support/coverage-lab.ts";
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
import { createScriptedSlack, type ScriptedSlack } from "#test/support/scripted-slack.ts";
import { createScriptedTelegram, type ScriptedTelegram } from "#test/support/scripted-telegram.ts";

// Telegram asked for a pause of 18 hours: what its run shows meanwhile, and what ends the wait before its time.

const FLOOD_MS = 65_475_000;
const SLACK = ConnectionId.parse("slack:T1:UOWNER");
const TELEGRAM = ConnectionId.parse("telegram:-:1");
const TELEGRAM_TEAM = telegramTeam({ ann: { ids: ["2"] }, bob: { ids: ["3"] } });
const SLACK_TEAM = smallTeam({ ann: { userId: "UOWNER" }, bob: { userId: "UBOB" } });
const TEAM = {
  ...TELEGRAM_TEAM,
  team: TELEGRAM_TEAM.team.map((member, at) => ({
    ...member,
    identities: [...member.identities, ...(SLACK_TEAM.team[at]?.identities ?? [])],
  })),
};

let clock: ManualClock;
let slack: ScriptedSlack;
let telegram: ScriptedTelegram;
let lab: CoverageLab;
let untilMs: number;

beforeEach(async () => {
  clock = createManualClock();
  untilMs = clock.nowMs() + FLOOD_MS;
  slack = createScriptedSlack({
    owner: "UOWNER",
    users: [{ id: "UOWNER" }, { id: "UBOB" }],
    channels: [{ id: "C1", name: "acme-bitsafe", members: ["UOWNER"] }],
  });
  telegram = createScriptedTelegram({
    owner: "1",
    accounts: [{ id: "2" }, { id: "3" }],
    chats: [{ id: "100", title: "100 bitsafe", members: ["1", "2"] }],
  });
  telegram.before = ({ method }) =>
    method === "person" ? failure("telegram/flood-wait", { untilMs }) : null;
  lab = await openCoverageLab({
    connections: [scriptedConnection(slack), telegramConnection(telegram)],
    teamAndRules: () => TEAM,
    clock,
  });
});

afterEach(async () => {
  await lab.stop();
  await lab.store.close();
});

async function rest(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await settle();
}

async function startParked(): Promise<RunId> {
  const runId = await startAudit(lab, "inverse");
  await rest();
  return runId;
}

/** The present moment, as the live screen is told. */
async function progressOf(runId: RunId): Promise<RunProgress> {
  const leaving = new AbortController();
  const opened = await lab.coverage.progress({ runId }, leaving.signal);
  if (!opened.ok) throw new Error(opened.error.code);
  for await (const progress of opened.value) {
    leaving.abort();
    return progress;
  }
  throw new Error("no progress");
}

test("a parked connection is shown with its wait and no failure, the one that is read through with neither", async () => {
  const { state, progress, parts } = await progressOf(await startParked());
  const why = failure("telegram/flood-wait").message;
  expect({ state, waiting: progress.waiting, parts }).toEqual({
    state: "waiting",
    waiting: { why, untilMs },
    parts: [
      {
        connectionId: SLACK,
        platform: "slack",
        phase: null,
        done: 0,
        total: null,
        waiting: null,
        failure: null,
      },
      {
        connectionId: TELEGRAM,
        platform: "telegram",
        phase: null,
        done: 0,
        total: null,
        waiting: { why, untilMs },
        failure: null,
      },
    ],
  });
});

test("a new session ends the wait of a parked run: it is asked at once, and what it says counts", async () => {
  const runId = await startParked();
  const asked = telegram.calls.length;
  telegram.before = () => null;
  await lab.coverage.forgetPauses(TELEGRAM);
  const woken = await lab.jobs.wakePausedOn(TELEGRAM);
  const report = await reportOf(lab, runId);
  expect({
    woken,
    again: telegram.calls.slice(asked).map(({ method, subject }) => `${method} ${subject}`),
    state: report.run.state,
    bob: cellsOf(report)["100 bitsafe"]?.["bob"],
  }).toEqual({ woken: 1, again: ["person 100 3"], state: "completed", bob: "absent" });
});

test("a new session that is told to wait again waits again, for as long as it was told now", async () => {
  const runId = await startParked();
  const asked = telegram.calls.length;
  untilMs += 1_000_000;
  await lab.coverage.forgetPauses(TELEGRAM);
  await lab.jobs.wakePausedOn(TELEGRAM);
  await rest();
  const { state, progress } = await progressOf(runId);
  expect([state, progress.waiting?.untilMs, telegram.calls.length - asked]).toEqual(["waiting", untilMs, 1]);
});

test("the same session in reach again asks nothing before the pause is over", async () => {
  const runId = await startParked();
  const asked = telegram.calls.length;
  await lab.jobs.wakePausedOn(TELEGRAM);
  await rest();
  const { state, parts } = await progressOf(runId);
  expect([state, parts[1]?.waiting?.untilMs, telegram.calls.length - asked]).toEqual(["waiting", untilMs, 0]);
});

test("a sign-in to one connection is not held up by another one's long pause", async () => {
  slack.before = ({ method }) => (method === "channels-of-user" ? failure("slack/token-revoked") : null);
  const runId = await startParked();
  const stopped = (await progressOf(runId)).parts.map((part) => part.failure?.code ?? part.waiting?.untilMs);
  slack.before = () => null;
  const asked = telegram.calls.length;
  await lab.jobs.wakePausedOn(SLACK);
  await rest();
  const report = await lab.coverage.getReport(runId);
  expect({
    stopped,
    parts: (await progressOf(runId)).parts.map((part) => part.failure?.code ?? part.waiting?.untilMs),
    slack: report.ok && cellsOf(report.value)["acme-bitsafe"],
    askedOfTelegram: telegram.calls.length - asked,
  }).toEqual({
    stopped: ["slack/token-revoked", untilMs],
    parts: [undefined, untilMs],
    slack: { ann: "present", bob: "absent" },
    askedOfTelegram: 0,
  });
});

test("of two connections that are signed out, the one signed in first goes on without the other", async () => {
  slack.before = ({ method }) => (method === "channels-of-user" ? failure("slack/token-revoked") : null);
  telegram.before = ({ method }) => (method === "person" ? failure("telegram/session-revoked") : null);
  const runId = await startAudit(lab, "inverse");
  await lab.coverage.waitForEnd(runId);
  telegram.before = () => null;
  const woken = await lab.jobs.wakePausedOn(TELEGRAM);
  const report = await reportOf(lab, runId);
  expect([woken, report.run.state, report.run.failure?.code, cellsOf(report)["100 bitsafe"]]).toEqual([
    1,
    "paused",
    "slack/token-revoked",
    { ann: "present", bob: "absent" },
  ]);
});
