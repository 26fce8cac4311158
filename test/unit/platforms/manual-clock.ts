import { setImmediate } from "node:timers/promises";
import type { Clock } from "#shared/lib/time.ts";

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is told to move; sleepers wake in the order they are due. */
export class ManualClock implements Clock {
  #elapsedMs = 0;
  readonly #startMs: number;
  #sleepers: Sleeper[] = [];

  constructor(startMs = 1_800_000_000_000) {
    this.#startMs = startMs;
  }

  nowMs(): number {
    return this.#startMs + this.#elapsedMs;
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const sleeper = { dueMs: this.#elapsedMs + delayMs, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason as Error);
      });
    });
  }

  /** Moves on by `delayMs`, waking whoever is due on the way and letting them act before time goes on. */
  async advance(delayMs: number): Promise<void> {
    const targetMs = this.#elapsedMs + delayMs;
    for (;;) {
      await setImmediate();
      const [next] = this.#sleepers.sort((left, right) => left.dueMs - right.dueMs);
      if (!next || next.dueMs > targetMs) break;
      this.#sleepers.shift();
      this.#elapsedMs = Math.max(this.#elapsedMs, next.dueMs);
      next.wake();
    }
    this.#elapsedMs = targetMs;
    await setImmediate();
  }
}
