import type { Clock, EpochMs } from "./time.ts";

/** Why something stands still, and until when. */
interface Wait {
  readonly why: string;
  readonly untilMs: EpochMs;
}

/** The wall clock and the monotonic one do not tick together; ends this close to each other are the same end. */
const SAME_END_MS = 20;

/**
 * What a connection is waiting for, seen from outside. Several methods can wait at once; the one that ends first is
 * shown, because that is when work goes on.
 */
export class WaitBoard {
  readonly #clock: Clock;
  readonly #waits = new Map<unknown, Wait>();
  readonly #limits = new Set<unknown>();
  readonly #listeners = new Set<(wait: Wait | null) => void>();
  #shown: Wait | null = null;
  #limitedSinceMs: number | null = null;
  #limitedMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Shows (or moves) the wait of `key`, which ends in `delayMs`. `limit` waits are the ones that are added up. */
  show(key: unknown, why: string, delayMs: number, kind: "limit" | "pause"): void {
    const untilMs = Math.round(this.#clock.nowMs() + delayMs);
    const known = this.#waits.get(key);
    if (known?.why === why && Math.abs(known.untilMs - untilMs) <= SAME_END_MS) return;
    this.#waits.set(key, { why, untilMs });
    if (kind === "limit") this.#limits.add(key);
    this.#settle();
  }

  clear(key: unknown): void {
    if (!this.#waits.delete(key)) return;
    this.#limits.delete(key);
    this.#settle();
  }

  /** Time with at least one call held back by a limit; two methods waiting at once count once. */
  waitedMs(): number {
    const running = this.#limitedSinceMs === null ? 0 : this.#clock.monotonicMs() - this.#limitedSinceMs;
    return Math.round(this.#limitedMs + running);
  }

  watch(listener: (wait: Wait | null) => void): () => void {
    this.#listeners.add(listener);
    if (this.#shown) listener(this.#shown);
    return () => this.#listeners.delete(listener);
  }

  #settle(): void {
    const nowMs = this.#clock.monotonicMs();
    if (this.#limits.size > 0) {
      this.#limitedSinceMs ??= nowMs;
    } else if (this.#limitedSinceMs !== null) {
      this.#limitedMs += nowMs - this.#limitedSinceMs;
      this.#limitedSinceMs = null;
    }

    let first: Wait | null = null;
    for (const wait of this.#waits.values()) if (!first || wait.untilMs < first.untilMs) first = wait;
    if (first?.untilMs === this.#shown?.untilMs && first?.why === this.#shown?.why) return;
    this.#shown = first;
    for (const listener of this.#listeners) listener(first);
  }
}
