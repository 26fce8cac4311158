import { describe, expect, test } from "vitest";
import { telegramLimits } from "#main/platforms/telegram/limits.ts";
import type { Wait } from "#shared/domain/job.ts";
import { Governor, WaitTooLong } from "#shared/lib/governor.ts";
import { DAY_MS, HOUR_MS } from "#shared/lib/time.ts";
import { WaitBoard } from "#shared/lib/wait-board.ts";
import { createManualClock } from "#test/support/manual-clock.ts";

const never = new AbortController().signal;

function bench(pacing?: Parameters<typeof telegramLimits>[0]) {
  const clock = createManualClock();
  const waits = new WaitBoard(clock);
  const governor = new Governor({ clock, waits, limits: telegramLimits(pacing) });
  const startMs = clock.monotonicMs();
  const shown: (Wait | null)[] = [];
  waits.watch((wait) => shown.push(wait));
  /** Makes calls that are answered 100 ms after their start; notes when each began, or that it was refused. */
  const call = (method: string, count: number): (number | string)[] => {
    const starts: (number | string)[] = [];
    for (let index = 0; index < count; index++) {
      governor.enter(method, never).then(
        async (permit) => {
          starts.push(clock.monotonicMs() - startMs);
          await clock.sleep(100);
          permit.answered();
        },
        (error: unknown) => starts.push(error instanceof WaitTooLong ? `refused ${error.waitMs}` : "failed"),
      );
    }
    return starts;
  };
  return { clock, governor, call, shown };
}

describe("the pace of an account", () => {
  test("member lists go one after the other, thirty in half a minute", async () => {
    const { clock, call, shown } = bench();
    const starts = call("channels.getParticipants", 31);
    await clock.advance(40_000);
    expect({ starts, why: shown[0]?.why }).toEqual({
      starts: [...Array.from({ length: 30 }, (_, index) => index * 100), 30_100],
      why: "We ask Telegram for at most 30 channels.getParticipants in 30 seconds.",
    });
  });

  test("each method has a pace of its own, and four calls of it go at once", async () => {
    const { clock, call } = bench();
    const facts = call("channels.getFullChannel", 5);
    const chats = call("messages.getDialogs", 1);
    await clock.advance(500);
    expect({ facts, chats }).toEqual({ facts: [0, 0, 0, 0, 100], chats: [0] });
  });

  test("usernames are looked up 20 times a minute and 200 times a day; beyond that the caller is told when", async () => {
    const { clock, call } = bench();
    const starts = call("contacts.resolveUsername", 210);
    await clock.advance(HOUR_MS);
    const made = starts.filter((start) => typeof start === "number");
    const refused = starts.filter((start) => typeof start === "string");
    const firstRefusal = Number(refused[0]?.slice("refused ".length));
    expect({
      made: made.length,
      inFirstMinute: made.filter((start) => start < 60_000).length,
      refused: refused.length,
      freeAfterADay: firstRefusal > DAY_MS - HOUR_MS && firstRefusal < DAY_MS,
    }).toEqual({ made: 200, inFirstMinute: 20, refused: 10, freeAfterADay: true });
  });

  test("a wait of five minutes is sat out, a longer one refuses everybody who waits, until it is over", async () => {
    const { clock, governor, call } = bench();
    (await governor.enter("messages.getDialogs", never)).slowDown(300_000);
    const patient = call("messages.getDialogs", 1);
    await clock.advance(300_100);
    (await governor.enter("messages.getDialogs", never)).slowDown(65_475_000);
    const refused = call("messages.getDialogs", 2);
    await clock.advance(65_475_000);
    const later = call("messages.getDialogs", 1);
    await clock.advance(0);
    expect({ patient, refused, later: later.length }).toEqual({
      patient: [300_000],
      refused: ["refused 65475000", "refused 65475000"],
      later: 1,
    });
  });

  test("a test server with shorter windows is paced by them, and one without limits not at all", async () => {
    const scaled = bench({ windowScale: 0.1 });
    const starts = scaled.call("channels.getFullChannel", 31);
    const free = bench({ windowScale: 0 });
    const unpaced = free.call("channels.getFullChannel", 300);
    await scaled.clock.advance(10_000);
    await free.clock.advance(10_000);
    expect({ last: starts.at(-1), unpaced: unpaced.length }).toEqual({ last: 3_100, unpaced: 300 });
  });
});
