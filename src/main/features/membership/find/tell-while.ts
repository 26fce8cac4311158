import type { Failure } from "#shared/domain/failure.ts";
import type { Clock } from "#shared/lib/time.ts";
import type { Pace } from "../plan/live-reading.ts";

/** What is told of a look that goes on: at most so often. */
const GAP_MS = 100;

/** What was asked of what is to be asked; the total grows with what is found. */
export interface Counts {
  done: number;
  total: number;
}

/**
 * Does work that asks the platforms, and tells how it stands meanwhile. Returns what it came to; null when `signal`
 * aborted it. Who stops listening stops the work.
 */
export async function* tellWhile<Value, Told>(options: {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Kept up to date by the pace that the work is given. */
  readonly counts: Counts;
  readonly work: (pace: Pace) => Promise<Value>;
  readonly tell: () => Told;
}): AsyncGenerator<Told, Value | null, void> {
  const { clock, signal, counts, tell } = options;
  const abort = new AbortController();
  const working = options
    .work(createPace(AbortSignal.any([signal, abort.signal]), counts))
    .then((value) => ({ value }));
  // It is awaited below; until then a rejection is not nobody's.
  working.catch(() => {});
  try {
    for (;;) {
      yield tell();
      const lap = new AbortController();
      const pause = clock.sleep(GAP_MS, lap.signal).then(
        () => null,
        () => null,
      );
      const ended = await Promise.race([working, pause]);
      lap.abort();
      if (ended !== null) return ended.value;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    return null;
  } finally {
    abort.abort(new DOMException("nobody listens any more", "AbortError"));
  }
}

/** Counts what is asked; several at once, in the order given. */
function createPace(signal: AbortSignal, counts: Counts): Pace {
  return {
    signal,
    async each(items, atOnce, act) {
      counts.total += items.length;
      const left = items.values();
      let stopped: Failure | null = null;
      const work = async (): Promise<void> => {
        for (const item of left) {
          if (stopped !== null) return;
          signal.throwIfAborted();
          stopped = (await act(item)) ?? stopped;
          counts.done++;
        }
      };
      await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
      return stopped === null;
    },
  };
}
