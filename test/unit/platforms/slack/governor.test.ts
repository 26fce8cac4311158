import { describe, expect, test } from "vitest";
import { slackLimits } from "#main/platforms/slack/tiers.ts";
import type { Wait } from "#shared/domain/job.ts";
import { Governor, type Permit } from "#shared/lib/governor.ts";
import { WaitBoard } from "#shared/lib/wait-board.ts";
import { createManualClock, type ManualClock } from "#test/support/manual-clock.ts";

const never = new AbortController().signal;

const START_MS = 1_800_000_000_000;

interface Bench {
  readonly clock: ManualClock;
  readonly governor: Governor;
  readonly waits: WaitBoard;
  readonly shown: (Wait | null)[];
  /** Makes `count` calls that are answered `latencyMs` after their start; notes when each began. */
  call(method: string, count: number, latencyMs?: number): number[];
}

function bench(): Bench {
  const clock = createManualClock(START_MS);
  const waits = new WaitBoard(clock);
  const governor = new Governor({ clock, waits, limits: slackLimits() });
  const shown: (Wait | null)[] = [];
  waits.watch((wait) => shown.push(wait));
  return {
    clock,
    governor,
    waits,
    shown,
    call(method, count, latencyMs = 10) {
      const starts: number[] = [];
      for (let index = 0; index < count; index++) {
        void governor.enter(method, never).then(async (permit) => {
          starts.push(clock.nowMs() - START_MS);
          await clock.sleep(latencyMs);
          permit.answered();
        });
      }
      return starts;
    },
  };
}

describe("the governor within a tier", () => {
  test("lets a whole minute's calls go in one burst and the next ones a minute after the first answers", async () => {
    const { clock, call } = bench();
    const starts = call("users.list", 45);

    await clock.advance(200_000);

    // Eight at once, 10 ms each: three rounds for the twenty of the first minute.
    const burst = (from: number, size: number): number[] =>
      Array.from({ length: size }, (_, index) => from + Math.floor(index / 8) * 10);
    expect(starts).toEqual([...burst(0, 20), ...burst(60_010, 20), ...burst(120_020, 5)]);
  });

  test("a turn that was not used is the next one's", async () => {
    const { clock, governor, call } = bench();
    call("users.list", 19, 0);
    await clock.advance(1);
    const unused = await governor.enter("users.list", never);
    const starts = call("users.list", 1);
    await clock.advance(1_000);
    unused.unused();

    await clock.advance(0);

    expect(starts).toEqual([1_001]);
  });

  test("leaves no timer behind when whoever waited for room has gone", async () => {
    const { clock, governor, call } = bench();
    call("users.list", 20, 0);
    await clock.advance(1);
    const gone = new AbortController();
    const waiting = governor.enter("users.list", gone.signal).catch((error: unknown) => error);
    await clock.advance(1);
    const before = clock.sleepers();
    gone.abort(new Error("gone"));
    await waiting;

    expect([before, clock.sleepers()]).toEqual([1, 0]);
  });

  test("counts each method on its own", async () => {
    const { clock, call } = bench();
    call("users.list", 20, 0);
    const others = call("conversations.members", 8, 0);

    await clock.advance(1);

    expect(others).toEqual(Array.from({ length: 8 }, () => 0));
  });

  test("reuses a place only a minute after the call's end, because Slack may have counted it that late", async () => {
    const { clock, call } = bench();
    call("users.list", 20, 5_000);
    await clock.advance(16_000);
    const starts = call("users.list", 1);

    await clock.advance(120_000);

    expect(starts).toEqual([65_000]);
  });

  test("gives a method it does not know the strictest tier", async () => {
    const { clock, call } = bench();
    const starts = call("admin.unheardOf", 21, 0);

    await clock.advance(59_000);

    expect(starts).toHaveLength(20);
  });

  test("shows the wait, its reason and its end, and adds up the time", async () => {
    const { clock, call, shown, waits } = bench();
    call("users.list", 21, 0);

    await clock.advance(61_000);

    expect({ shown, waitedMs: waits.waitedMs() }).toEqual({
      shown: [{ why: "Slack allows 20 users.list calls a minute.", untilMs: START_MS + 60_000 }, null],
      waitedMs: 60_000,
    });
  });

  test("shows the wait that ends first and counts two waits at once as one", async () => {
    const { clock, call, shown, waits } = bench();
    call("users.list", 21, 0);
    await clock.advance(10_000);
    call("conversations.list", 21, 0);

    await clock.advance(200_000);

    expect({ untils: shown.map((wait) => wait?.untilMs ?? null), waitedMs: waits.waitedMs() }).toEqual({
      untils: [START_MS + 60_000, START_MS + 70_000, null],
      waitedMs: 70_000,
    });
  });
});

describe("the governor after a 429", () => {
  async function oneCall({ governor }: Bench, method = "users.info"): Promise<Permit> {
    return governor.enter(method, never);
  }

  test("holds the method for exactly the time Slack named, however long", async () => {
    const it = bench();
    (await oneCall(it)).slowDown(3_600_000);
    const starts = it.call("users.info", 1);

    await it.clock.advance(3_599_999);
    const before = [...starts];
    await it.clock.advance(1);

    expect({ before, after: starts, shown: it.shown[0] }).toEqual({
      before: [],
      after: [3_600_000],
      shown: { why: "Slack asked to slow down (users.info).", untilMs: START_MS + 3_600_000 },
    });
  });

  test("sends one call first, then two for every answer", async () => {
    const it = bench();
    (await oneCall(it)).slowDown(2_000);
    const starts = it.call("users.info", 15, 100);

    await it.clock.advance(10_000);

    expect(starts).toEqual([
      2_000,
      2_100,
      2_100,
      ...Array.from({ length: 4 }, () => 2_200),
      ...Array.from({ length: 8 }, () => 2_300),
    ]);
  });

  test("backs off further each round when Slack names no time, and never hammers", async () => {
    const it = bench();
    const starts: number[] = [];
    void (async () => {
      for (let round = 0; round < 9; round++) {
        const permit = await oneCall(it);
        starts.push(it.clock.nowMs() - START_MS);
        permit.slowDown(round % 2 === 0 ? null : 0);
      }
    })();

    await it.clock.advance(600_000);

    expect(starts).toEqual([0, 1_000, 3_000, 7_000, 15_000, 31_000, 63_000, 123_000, 183_000]);
  });

  test("takes the refusals of one burst as one round", async () => {
    const it = bench();
    const burst = await Promise.all(Array.from({ length: 8 }, () => oneCall(it)));
    for (const permit of burst) permit.slowDown(null);
    const starts = it.call("users.info", 1);

    await it.clock.advance(5_000);

    expect(starts).toEqual([1_000]);
  });

  test("leaves other methods alone", async () => {
    const it = bench();
    (await oneCall(it)).slowDown(60_000);
    const starts = it.call("users.list", 1);

    await it.clock.advance(0);

    expect(starts).toEqual([0]);
  });
});

describe("leaving the governor's queue", () => {
  test("an aborted call rejects with the reason, takes no place and ends the wait", async () => {
    const { clock, governor, call, shown } = bench();
    call("users.list", 20, 0);
    await clock.advance(1);
    const stop = new AbortController();
    const waiting = governor.enter("users.list", stop.signal);
    const reason = new Error("closed");
    stop.abort(reason);

    await expect(waiting).rejects.toBe(reason);
    expect(shown.map((wait) => wait === null)).toEqual([false, true]);
  });

  test("a call aborted beforehand never queues", async () => {
    const { governor } = bench();
    const reason = new Error("closed");

    await expect(governor.enter("users.list", AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  test("the call behind an aborted one takes its turn", async () => {
    const { clock, governor, call } = bench();
    call("users.list", 20, 0);
    await clock.advance(1);
    const stop = new AbortController();
    const aborted = governor.enter("users.list", stop.signal).catch(() => "aborted");
    const starts = call("users.list", 1);
    stop.abort();

    await clock.advance(60_000);

    expect({ first: await aborted, starts }).toEqual({ first: "aborted", starts: [60_000] });
  });
});
