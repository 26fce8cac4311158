import { afterEach, beforeEach, expect, test } from "vitest";
import { failure } from "#shared/domain/failure.ts";
import type { AuditSchedule, ScheduleTurn } from "#shared/domain/schedule.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#shared/lib/time.ts";
import { type InsightsLab, openInsightsLab } from "#test/support/insights-lab.ts";
import { createManualClock, type ManualClock } from "#test/support/manual-clock.ts";
import { createWorld, type InsightsWorld, TEAM, until } from "./world.ts";

let clock: ManualClock;
let world: InsightsWorld;
let lab: InsightsLab;

/** The evening before. */
const START = Date.UTC(2026, 10, 20, 20);
const AT_TWO = Date.UTC(2026, 10, 21, 2);

beforeEach(async () => {
  clock = createManualClock(START);
  world = createWorld();
  lab = await openInsightsLab({ connections: [world.connection], teamAndRules: () => TEAM, clock });
});

afterEach(async () => {
  await lab.stop();
  await lab.store.close();
});

async function slackSchedule(): Promise<AuditSchedule> {
  const [schedule] = await lab.insights.listSchedules();
  if (!schedule) throw new Error("there is a schedule for Slack");
  return schedule;
}

async function turnEnded(): Promise<boolean> {
  const [turn] = (await slackSchedule()).turns;
  return turn !== undefined && turn.outcome !== "starting" && turn.runState !== "running";
}

const short = ({ dueAtMs, missed, isLate, outcome, runState }: ScheduleTurn) => ({
  dueAtMs,
  missed,
  isLate,
  outcome,
  runState,
});

test("at first Slack is audited every night at two, and Telegram is not", async () => {
  const schedules = await lab.insights.listSchedules();
  expect(schedules).toEqual([
    {
      id: "slack-audit",
      platform: "slack",
      cron: "0 2 * * *",
      timeZone: "UTC",
      enabled: true,
      nextAtMs: AT_TWO,
      turns: [],
    },
    {
      id: "telegram-audit",
      platform: "telegram",
      cron: "0 3 * * *",
      timeZone: "UTC",
      enabled: false,
      nextAtMs: null,
      turns: [],
    },
  ]);
});

test("at two o'clock an audit runs, and the next one is a day later", async () => {
  await clock.advance(6 * HOUR_MS - MINUTE_MS);
  const early = (await slackSchedule()).turns;
  await clock.advance(MINUTE_MS);
  await until(clock, turnEnded);
  const { turns, nextAtMs } = await slackSchedule();
  const [run] = (await lab.coverage.listRuns({ cursor: null, limit: 10 })).items;

  expect({ early, turns: turns.map(short), nextAtMs, trigger: run?.trigger }).toEqual({
    early: [],
    turns: [{ dueAtMs: AT_TWO, missed: 0, isLate: false, outcome: "started", runState: "completed" }],
    nextAtMs: AT_TWO + DAY_MS,
    trigger: "schedule",
  });
});

test("after three nights asleep one audit makes up for the last, late, and two were missed", async () => {
  clock.suspend(3 * DAY_MS);
  lab.jobs.wake();
  await until(clock, turnEnded);
  const { turns, nextAtMs } = await slackSchedule();
  const { total } = await lab.coverage.listRuns({ cursor: null, limit: 10 });

  expect({ turns: turns.map(short), nextAtMs, total }).toEqual({
    turns: [
      { dueAtMs: AT_TWO + 2 * DAY_MS, missed: 2, isLate: true, outcome: "started", runState: "completed" },
    ],
    nextAtMs: AT_TWO + 3 * DAY_MS,
    total: 1,
  });
});

test("a scheduled audit that needs the operator tells so, and the next night leaves it alone", async () => {
  world.closed = failure("slack/token-revoked");
  await clock.advance(6 * HOUR_MS);
  await until(clock, () => lab.notifications.length > 0);
  await clock.advance(DAY_MS);
  await until(clock, async () => (await slackSchedule()).turns.length === 2);
  const { turns } = await slackSchedule();

  expect({
    told: lab.notifications,
    turns: turns.map(({ outcome, runState, failure: why }) => [outcome, runState, why?.code]),
  }).toEqual({
    told: [
      {
        title: "Muster: The scheduled audit waits for you",
        body: expect.stringContaining("was revoked") as string,
        runId: turns[0]?.runId,
      },
    ],
    turns: [
      ["skipped", "paused", "slack/token-revoked"],
      ["started", "paused", "slack/token-revoked"],
    ],
  });
});

test("a schedule moves with its rule and its time zone; one that is none is refused", async () => {
  const set = (cron: string, timeZone: string) =>
    lab.insights.setSchedule({ id: "slack-audit", cron, timeZone, enabled: true });
  const moved = await set("30  7 * * 1", "Europe/Berlin");
  const refused = [
    await set("every night", "UTC"),
    await set("0 2 * * *", "Mars/Olympus"),
    await set("0 0 2 * * *", "UTC"),
  ];

  expect([
    moved.ok && [moved.value.cron, moved.value.nextAtMs],
    refused.map((end) => !end.ok && end.error.code),
  ]).toEqual([
    // Monday, half past seven in Berlin's winter.
    ["30 7 * * 1", Date.UTC(2026, 10, 23, 6, 30)],
    ["input/schedule-invalid", "input/schedule-invalid", "input/schedule-invalid"],
  ]);
});

test("a schedule that is off starts nothing, and without a connection of its platform neither does a press on run", async () => {
  await lab.insights.setSchedule({ id: "slack-audit", cron: "0 2 * * *", timeZone: "UTC", enabled: false });
  await clock.advance(7 * HOUR_MS);
  const pressed = await lab.insights.runSchedule({ id: "telegram-audit" });

  expect([(await slackSchedule()).turns, pressed]).toEqual([
    [],
    { ok: false, error: failure("input/nothing-to-audit") },
  ]);
});
