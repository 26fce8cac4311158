import type { Clock } from "./time.ts";

/** The real time. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep(delayMs, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
        // A longer delay would overflow the timer and fire at once.
        Math.min(delayMs, 2_147_483_647),
      );
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  },
};
