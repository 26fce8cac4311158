import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock, EpochMs } from "#shared/lib/time.ts";

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** A clock that moves only when told. */
export interface ManualClock extends Clock {
  /** Lets time pass; what was sleeping wakes up at its own moment, one after the other. */
  advance(byMs: number): Promise<void>;
  /** Closes the lid: the wall clock moves on, the monotonic clock and every sleep stand still. */
  suspend(forMs: number): void;
  /** Somebody sets the wall clock; time itself does not pass. */
  setWall(toMs: EpochMs): void;
  /** How many sleeps are under way. */
  sleepers(): number;
}

/** Lets promises, immediates and short reads of the code under test come to rest. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
}

export function createManualClock(startMs: EpochMs = Date.UTC(2026, 10, 20, 9)): ManualClock {
  let wallMs = startMs;
  let monotonicMs = 1_000;
  let sleeping: Sleeper[] = [];

  function sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const sleeper: Sleeper = {
        dueMs: monotonicMs + Math.max(0, delayMs),
        wake: () => {
          signal?.removeEventListener("abort", abort);
          resolve();
        },
      };
      const abort = () => {
        sleeping = sleeping.filter((other) => other !== sleeper);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", abort, { once: true });
      sleeping.push(sleeper);
    });
  }

  async function advance(byMs: number): Promise<void> {
    const untilMs = monotonicMs + byMs;
    await settle();
    for (;;) {
      const next = sleeping.filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
      if (!next) break;
      pass(Math.max(0, next.dueMs - monotonicMs));
      sleeping = sleeping.filter((other) => other !== next);
      next.wake();
      await settle();
    }
    pass(untilMs - monotonicMs);
  }

  function pass(forMs: number): void {
    monotonicMs += forMs;
    wallMs += forMs;
  }

  return {
    nowMs: () => wallMs,
    monotonicMs: () => monotonicMs,
    sleep,
    advance,
    suspend: (forMs) => {
      wallMs += forMs;
    },
    setWall: (toMs) => {
      wallMs = toMs;
    },
    sleepers: () => sleeping.length,
  };
}
