/** Completions the rate is taken from: enough to be steady, few enough to follow a change. */
const WINDOW = 50;

/** Before this many completions a guess would jump about. */
const ENOUGH = 3;

/** How fast items are getting done of late. Times are monotonic milliseconds. */
export interface Rate {
  /** One more item has ended. */
  note(atMs: number): void;
  /** Expected time for `remaining` items, waits of the recent past included; null while unknown. */
  etaMs(remaining: number, nowMs: number): number | null;
}

export function createRate(startedAtMs: number): Rate {
  const marks = [startedAtMs];
  return {
    note(atMs) {
      marks.push(atMs);
      if (marks.length > WINDOW + 1) marks.shift();
    },
    etaMs(remaining, nowMs) {
      const ended = marks.length - 1;
      const [sinceMs] = marks;
      if (ended < ENOUGH || sinceMs === undefined) return null;
      return Math.round((remaining * (nowMs - sinceMs)) / ended);
    },
  };
}
