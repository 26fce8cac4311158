import { setTimeout } from "node:timers/promises";
import type { Clock } from "#shared/lib/time.ts";

/** The machine's own time, for tests that talk to a server. */
export const realClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  async sleep(delayMs, signal) {
    try {
      await setTimeout(delayMs, undefined, { signal });
    } catch {
      throw signal?.reason;
    }
  },
};
