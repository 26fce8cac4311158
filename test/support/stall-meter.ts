import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";

/** Long enough for a timer of a millisecond to come round. */
const SETTLING_MS = 10;

/** How long something took, and the longest time for which it held the main thread meanwhile. */
export interface Stall {
  readonly elapsedMs: number;
  readonly stallMs: number;
  /**
   * The most that the thread itself worked without a turn for others (to some 4 ms). Unlike `stallMs` it knows nothing of
   * waits for the disk, nor of what others do to a busy machine.
   */
  readonly busyMs: number;
}

/**
 * Measures what `action` does to the main thread. The meter is a timer that notes how late it comes: it has to have come
 * once before, and to come once after, or what happens in the first and in the last turn goes unnoticed.
 */
export async function measureStall(action: () => Promise<unknown>): Promise<Stall> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const busy = watchOwnTime();
  delay.enable();
  await setTimeout(SETTLING_MS);
  const startedAt = performance.now();
  await action();
  const elapsedMs = performance.now() - startedAt;
  await setTimeout(SETTLING_MS);
  delay.disable();
  return { elapsedMs, stallMs: delay.max / 1e6, busyMs: busy.stop() };
}

function watchOwnTime(): { stop(): number } {
  let lastMs = ownTimeMs();
  let longestMs = 0;
  const timer = setInterval(() => {
    const nowMs = ownTimeMs();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
  }, 1);
  return {
    stop() {
      clearInterval(timer);
      return longestMs;
    },
  };
}

function ownTimeMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
