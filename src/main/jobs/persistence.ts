import { FailureError } from "#shared/domain/failure.ts";
import type { Log } from "#shared/lib/log.ts";
import type { Clock } from "#shared/lib/time.ts";
import { type Alarm, createDeadline } from "./alarm.ts";
import { backoffMs, JOB_BACKOFF, type Random } from "./backoff.ts";

/** The store cannot take a write now: about the disk, not about the work. */
export function isStoreFailure(error: unknown): error is FailureError {
  return error instanceof FailureError && error.failure.code.startsWith("store/");
}

/** Repeats a write while the store says that it cannot take it. */
export type Persistently = (write: () => Promise<void>) => Promise<void>;

/**
 * For what must be written in the end: a full disk holds up the end of a job, but does not change it. Gives up when
 * the runner stops; the next start then finds the job as it last was. A defect is not repeated.
 */
export function createPersistence(deps: {
  readonly clock: Clock;
  readonly log: Log;
  readonly alarm: Alarm;
  readonly random: Random;
  readonly signal: AbortSignal;
}): Persistently {
  const { clock, log, alarm, random, signal } = deps;

  async function sleepAfter(tries: number): Promise<void> {
    const deadline = createDeadline(clock, clock.nowMs() + backoffMs(tries, JOB_BACKOFF, random));
    try {
      await alarm.sleepUntil(deadline, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  return async (write) => {
    for (let tries = 1; ; tries += 1) {
      try {
        await write();
        return;
      } catch (error) {
        if (!isStoreFailure(error)) throw error;
        log.warn("job-state-not-kept", { code: error.failure.code, tries });
        if (signal.aborted) return;
      }
      await sleepAfter(tries);
    }
  };
}
