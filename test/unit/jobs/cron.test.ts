import { describe, expect, it } from "vitest";
import { assertCron, nextTime, planSchedule } from "#main/jobs/cron.ts";

const daily = { cron: "0 9 * * *", timeZone: "Europe/Berlin" };
const at = (text: string) => Date.parse(text);
const iso = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString());

/** The times a rule gives, one after the other. */
function times(rule: typeof daily, after: string, count: number) {
  const found: (string | null)[] = [];
  let atMs: number | null = at(after);
  for (let n = 0; n < count && atMs !== null; n += 1) {
    atMs = nextTime(rule, atMs);
    found.push(iso(atMs));
  }
  return found;
}

describe("a cron rule", () => {
  it("keeps its hour on the wall when summer time begins and ends", () => {
    expect([times(daily, "2026-03-28T00:00Z", 2), times(daily, "2026-10-24T00:00Z", 2)]).toEqual([
      ["2026-03-28T08:00:00.000Z", "2026-03-29T07:00:00.000Z"],
      ["2026-10-24T07:00:00.000Z", "2026-10-25T08:00:00.000Z"],
    ]);
  });

  it("runs once on the night whose hour is missing, and once on the night that has it twice", () => {
    const nightly = { cron: "30 2 * * *", timeZone: "Europe/Berlin" };
    expect([times(nightly, "2026-03-28T12:00Z", 2), times(nightly, "2026-10-24T12:00Z", 2)]).toEqual([
      ["2026-03-29T01:00:00.000Z", "2026-03-30T00:30:00.000Z"],
      ["2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z"],
    ]);
  });

  it("is refused when its expression or time zone is none", () => {
    expect(() => assertCron({ cron: "every day", timeZone: "UTC" })).toThrow("CronPattern");
    expect(() => assertCron({ cron: "0 9 * * *", timeZone: "Mars/Olympus" })).toThrow("Mars/Olympus");
    expect(() => assertCron(daily)).not.toThrow(/./);
  });
});

describe("planning a schedule", () => {
  const nextAtMs = at("2026-11-20T08:00Z");
  const plan = (now: string, state: { lastAtMs?: number; nextAtMs?: number | null } = {}) => {
    const result = planSchedule({ ...daily, lastAtMs: null, nextAtMs, ...state }, at(now));
    return [iso(result.nextAtMs), result.due?.missed ?? null];
  };

  it("finds the first time of a new one", () => {
    expect(plan("2026-11-20T09:00Z", { nextAtMs: null })).toEqual(["2026-11-21T08:00:00.000Z", null]);
  });

  it("lets one that is not due be", () => {
    expect(plan("2026-11-20T07:59:59Z")).toEqual(["2026-11-20T08:00:00.000Z", null]);
  });

  it("is due on time, and a little late", () => {
    expect([plan("2026-11-20T08:00:00Z"), plan("2026-11-20T08:00:59Z")]).toEqual([
      ["2026-11-21T08:00:00.000Z", 0],
      ["2026-11-21T08:00:00.000Z", 0],
    ]);
  });

  it("is due once for all the times missed, and counts them", () => {
    expect([plan("2026-11-20T10:00Z"), plan("2026-11-23T10:00Z")]).toEqual([
      ["2026-11-21T08:00:00.000Z", 1],
      ["2026-11-24T08:00:00.000Z", 4],
    ]);
  });

  it("is for the newest of the times that have come", () => {
    const dueAt = (now: string) => planSchedule({ ...daily, lastAtMs: null, nextAtMs }, at(now)).due?.dueAtMs;
    expect([dueAt("2026-11-20T08:00:30Z"), dueAt("2026-11-23T07:00Z"), dueAt("2026-11-23T08:00Z")]).toEqual([
      at("2026-11-20T08:00Z"),
      at("2026-11-22T08:00Z"),
      at("2026-11-23T08:00Z"),
    ]);
  });

  it("stops counting misses that nobody could read any more", () => {
    const everyMinute = { cron: "* * * * *", timeZone: "UTC", lastAtMs: null, nextAtMs: 0 };
    expect(planSchedule(everyMinute, at("2026-11-20T10:00Z")).due).toEqual({
      missed: 100,
      dueAtMs: at("2026-11-20T09:59Z"),
    });
  });

  it("does not use a time twice when the clock is set back over it", () => {
    const state = { lastAtMs: at("2026-11-20T08:00Z"), nextAtMs: at("2026-11-21T08:00Z") };
    expect(plan("2026-11-20T07:30Z", state)).toEqual(["2026-11-21T08:00:00.000Z", null]);
  });

  it("comes back to the present when the clock had been far ahead", () => {
    const state = { lastAtMs: at("2027-05-01T07:00Z"), nextAtMs: at("2027-05-02T07:00Z") };
    expect(plan("2026-11-20T07:30Z", state)).toEqual(["2026-11-20T08:00:00.000Z", null]);
  });
});
