import type { Permit } from "./governor.ts";
import { NotSent } from "./not-sent.ts";
import { SECOND_MS, type Clock } from "./time.ts";

/** Whether what a change rests on is still as it was. */
export type LookAgain = () => Promise<boolean>;

/** What was seen longer ago may have become something else. */
const GOOD_FOR_MS = SECOND_MS;

/**
 * What a change was decided on, seen just before it was asked for. Waiting for its turn can take minutes, and no platform
 * changes anything on a condition, so whoever waited looks again.
 */
export class Sight {
  readonly #clock: Clock;
  readonly #lookAgain: LookAgain | null;
  #seenAtMs: { readonly wall: number; readonly monotonic: number };

  constructor(clock: Clock, lookAgain: LookAgain | undefined) {
    this.#clock = clock;
    this.#lookAgain = lookAgain ?? null;
    this.#seenAtMs = this.#now();
  }

  /** For the call that `permit` admits: rejects with `NotSent`, the permit given back, when it must not be made any more. */
  async confirm(permit: Permit): Promise<void> {
    if (this.#lookAgain === null || this.#isFresh()) return;
    let reason: unknown = new Error("what it rests on has changed");
    try {
      const now = this.#now();
      if (await this.#lookAgain()) {
        this.#seenAtMs = now;
        return;
      }
    } catch (error) {
      reason = error;
    }
    permit.unused();
    throw new NotSent(reason);
  }

  /** By both clocks: the monotonic one may stand still while the computer sleeps, and the wall clock may jump. */
  #isFresh(): boolean {
    const { wall, monotonic } = this.#now();
    const wallMs = Math.abs(wall - this.#seenAtMs.wall);
    return Math.max(wallMs, monotonic - this.#seenAtMs.monotonic) <= GOOD_FOR_MS;
  }

  #now(): { wall: number; monotonic: number } {
    return { wall: this.#clock.nowMs(), monotonic: this.#clock.monotonicMs() };
  }
}
