import { SECOND_MS, type Clock, type EpochMs } from "#shared/lib/time.ts";

/**
 * The longest sleep at a stretch. Timers stand still while the computer sleeps and know nothing of a changed clock,
 * so nobody relies on one for longer than this.
 */
const LONGEST_NAP_MS = 30 * SECOND_MS;

/** A moment to wait for, robust against a computer that sleeps and a clock that is changed. */
export interface Deadline {
  /** What the operator is shown. */
  readonly untilMs: EpochMs;
  isDue(): boolean;
  /** 0 when it is due. */
  remainingMs(): number;
}

/**
 * Due when the wall clock has reached `untilMs` (also after a sleep) or when as much time has really passed as there
 * was left at the beginning (also when the wall clock was set back meanwhile).
 */
export function createDeadline(clock: Clock, untilMs: EpochMs): Deadline {
  const monotonicUntilMs = clock.monotonicMs() + (untilMs - clock.nowMs());
  const remainingMs = () =>
    Math.max(0, Math.min(untilMs - clock.nowMs(), monotonicUntilMs - clock.monotonicMs()));
  return { untilMs, remainingMs, isDue: () => remainingMs() === 0 };
}

export interface Alarm {
  /** Resolves when the deadline is due; rejects with `signal.reason` when aborted first. */
  sleepUntil(deadline: Deadline, signal: AbortSignal): Promise<void>;
  /** Resolves after at most `forMs`, at the next `wake`, or after half a minute, whichever is first. */
  nap(forMs: number, signal: AbortSignal): Promise<void>;
  /** Lets every sleeper look at the clock now. */
  wake(): void;
}

export function createAlarm(clock: Clock): Alarm {
  const naps = new Set<AbortController>();

  async function nap(forMs: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const woken = new AbortController();
    naps.add(woken);
    try {
      await clock.sleep(Math.min(forMs, LONGEST_NAP_MS), AbortSignal.any([signal, woken.signal]));
    } catch (error) {
      if (signal.aborted || !woken.signal.aborted) throw error;
    } finally {
      naps.delete(woken);
    }
  }

  return {
    nap,
    async sleepUntil(deadline, signal) {
      while (!deadline.isDue()) await nap(deadline.remainingMs(), signal);
    },
    wake() {
      for (const woken of naps) woken.abort(new Error("woken"));
    },
  };
}
