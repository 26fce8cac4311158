import type { Clock } from "#shared/lib/time.ts";
import type { JobRunner } from "./job-runner.ts";

/** At most ten times a second. */
const GAP_MS = 100;

/** Looked at even when nobody reports a change: the time shown as remaining passes by itself. */
const HEARTBEAT_MS = 1_000;

/**
 * What `read` tells at present first, then again whenever it tells something else, at most ten times a second; until
 * it is over for good, is gone (`read` gives null), or the signal aborts.
 */
export async function* watchJobs<Progress>(
  watched: {
    readonly jobs: Pick<JobRunner, "watch">;
    readonly clock: Clock;
    readonly read: () => Promise<Progress | null>;
    readonly isLast: (progress: Progress) => boolean;
  },
  signal: AbortSignal,
): AsyncGenerator<Progress, void, void> {
  const { jobs, clock, read, isLast } = watched;
  let hasNews = Promise.withResolvers<void>();
  const stopWatching = jobs.watch(() => hasNews.resolve());
  const onAbort = () => hasNews.resolve();
  signal.addEventListener("abort", onAbort);
  try {
    let told = "";
    while (!signal.aborted) {
      hasNews = Promise.withResolvers<void>();
      const now = await read();
      if (now === null) return;
      const text = JSON.stringify(now);
      if (text !== told) yield now;
      told = text;
      if (isLast(now)) return;
      await pause(clock, GAP_MS, signal);
      const lap = new AbortController();
      const heartbeat = pause(clock, HEARTBEAT_MS, AbortSignal.any([signal, lap.signal]));
      await Promise.race([hasNews.promise, heartbeat]);
      lap.abort();
    }
  } finally {
    stopWatching();
    signal.removeEventListener("abort", onAbort);
  }
}

/** Ends early, and quietly, when the signal aborts. */
async function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(delayMs, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
