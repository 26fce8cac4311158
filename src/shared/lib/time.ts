/** UTC epoch milliseconds. Every stored or transmitted time has this shape and a name that ends in `Ms`. */
export type EpochMs = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/**
 * Where time comes from. Passed in, so that tests can move it.
 * `nowMs` is the wall clock and may jump; `monotonicMs` only grows and has an arbitrary origin.
 */
export interface Clock {
  nowMs(): EpochMs;
  monotonicMs(): number;
  /** Resolves after `delayMs`, or rejects with `signal.reason` when aborted first. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}
