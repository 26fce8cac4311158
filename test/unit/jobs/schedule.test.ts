import { describe, expect, it } from "vitest";
import type { ScheduleDefinition } from "#main/jobs/index.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#shared/lib/time.ts";
import { type JobBench, kindOf, startJobs } from "#test/support/job-bench.ts";
import { settle } from "#test/support/manual-clock.ts";

/** The bench's clock starts at 09:00 UTC. */
async function startWithSchedule(change: Partial<ScheduleDefinition<string>> = {}, before?: JobBench) {
  const ran: string[] = [];
  const kind = kindOf(async ({ payload, signal }) => {
    ran.push(payload);
    if (payload === "long")
      await new Promise((_, no) => signal.addEventListener("abort", () => no(signal.reason)));
    return { end: "done" };
  });
  const bench = await startJobs([kind], before);
  const definition: ScheduleDefinition<string> = {
    id: "nightly",
    kind,
    title: "the nightly audit",
    payload: "go",
    cron: "0 12 * * *",
    timeZone: "UTC",
    enabled: true,
    ...change,
  };
  const put = (again: Partial<ScheduleDefinition<string>> = {}) =>
    bench.store.write((writer) => bench.runner.schedules.put(writer, { ...definition, ...again }));
  await put();
  const state = async () => {
    const [schedule] = await bench.runner.schedules.list();
    return [schedule?.lastAtMs ?? null, schedule?.lastMissed, schedule?.nextAtMs];
  };
  return { ...bench, ran, put, state, noonMs: Date.UTC(2026, 10, 20, 12) };
}

describe("a schedule", () => {
  it("starts a job at its time, every time", async () => {
    const { clock, runner, ran, state, noonMs } = await startWithSchedule();
    await clock.advance(3 * HOUR_MS - 1);
    const before = ran.length;
    await clock.advance(DAY_MS + 1);
    await settle();
    expect({ before, ran, state: await state(), title: (await runner.list())[0]?.title }).toEqual({
      before: 0,
      ran: ["go", "go"],
      state: [noonMs + DAY_MS, 0, noonMs + 2 * DAY_MS],
      title: "the nightly audit",
    });
  });

  it("makes up for three days asleep with one job, as soon as the computer wakes", async () => {
    const { clock, runner, ran, state, noonMs } = await startWithSchedule();
    clock.suspend(3 * DAY_MS + 4 * HOUR_MS);
    runner.wake();
    await settle();
    expect({ ran, state: await state() }).toEqual({
      ran: ["go"],
      state: [clock.nowMs(), 4, noonMs + 4 * DAY_MS],
    });
  });

  it("makes up for the time Muster was closed, though it is declared anew at the start", async () => {
    const first = await startWithSchedule();
    await first.runner.stop();
    first.clock.suspend(DAY_MS);
    const { ran, state, noonMs } = await startWithSchedule({}, first);
    await settle();
    expect({ ran, state: await state() }).toEqual({
      ran: ["go"],
      state: [first.clock.nowMs(), 1, noonMs + DAY_MS],
    });
  });

  it("does not forget a time that has just passed when it is declared anew", async () => {
    const { clock, ran, put } = await startWithSchedule();
    await settle();
    clock.suspend(4 * HOUR_MS);
    await put();
    await settle();
    expect(ran).toEqual(["go"]);
  });

  it("starts nothing while it is disabled, and makes up for nothing afterwards", async () => {
    const { store, clock, runner, ran, state, noonMs } = await startWithSchedule();
    const set = (enabled: boolean) =>
      store.write((writer) => runner.schedules.setEnabled(writer, "nightly", enabled));
    await set(false);
    await clock.advance(DAY_MS);
    await set(true);
    await settle();
    const unknown = await store.write((writer) => runner.schedules.setEnabled(writer, "nobody", true));
    expect({ ran, state: await state(), unknown }).toEqual({
      ran: [],
      state: [null, 0, noonMs + DAY_MS],
      unknown: false,
    });
  });

  it("skips its turn while its last job is still at work", async () => {
    const { clock, ran } = await startWithSchedule({ payload: "long" });
    await clock.advance(3 * DAY_MS);
    expect(ran).toEqual(["long"]);
  });

  it("follows a change of its time at once", async () => {
    const { clock, ran, put } = await startWithSchedule();
    await put({ cron: "5 9 * * *" });
    await clock.advance(5 * MINUTE_MS);
    await settle();
    expect(ran).toEqual(["go"]);
  });

  it("stays on time when the clock is set back", async () => {
    const { clock, ran } = await startWithSchedule();
    clock.setWall(clock.nowMs() - 60 * DAY_MS);
    await clock.advance(3 * HOUR_MS);
    await settle();
    expect(ran).toEqual(["go"]);
  });

  it("is over once it is removed", async () => {
    const { store, clock, runner, ran } = await startWithSchedule();
    const remove = () => store.write((writer) => runner.schedules.remove(writer, "nightly"));
    const removed = [await remove(), await remove()];
    await clock.advance(DAY_MS);
    expect({ removed, ran }).toEqual({ removed: [true, false], ran: [] });
  });

  it("that cannot be followed is logged and does not stop the others", async () => {
    const first = await startWithSchedule();
    await first.put({
      id: "a of a kind that is gone",
      kind: kindOf(async () => ({ end: "done" }), { kind: "gone" }),
    });
    await first.clock.advance(3 * HOUR_MS);
    await settle();
    expect(first.ran).toEqual(["go"]);
  });
});
