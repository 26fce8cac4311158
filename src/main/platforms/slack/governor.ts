import { DAY_MS, MINUTE_MS, SECOND_MS, type Clock } from "#shared/lib/time.ts";
import { callsAMinute } from "./tiers.ts";
import type { WaitBoard } from "./wait-board.ts";

/** The right to make one call. Exactly one of its methods is called when the call has ended. */
export interface Permit {
  /** Slack answered, whatever it said. */
  answered(): void;
  /** Nobody answered; the call may have been counted. */
  unanswered(): void;
  /** HTTP 429. `retryAfterMs` is null when the header was missing or not a number. */
  slowDown(retryAfterMs: number | null): void;
}

export interface GovernorOptions {
  readonly clock: Clock;
  readonly waits: WaitBoard;
  /** Calls of one method in flight at once. */
  readonly concurrency?: number;
  /** Length of the window that tiers are counted in; shortened only against a server with a shorter minute. */
  readonly windowMs?: number;
}

/** One method's share of the limits. */
interface Lane {
  readonly method: string;
  readonly allowance: number;
  /** When the counted calls ended, oldest first, on the monotonic clock. */
  readonly ended: number[];
  readonly queue: (() => void)[];
  inFlight: number;
  /** Calls allowed in flight: 1 after a 429, one more with every answer. */
  width: number;
  blockedUntilMs: number;
  /** Consecutive 429 rounds. */
  strikes: number;
  timer: { readonly atMs: number; readonly stop: AbortController } | null;
}

const MAX_BACKOFF_MS = MINUTE_MS;

/**
 * Keeps one connection within Slack's limits, per method.
 *
 * In any minute a method gets at most the calls of its published tier, all of them at once if they are asked for at
 * once. A call occupies its place until a minute after its *end*: Slack counted it before we heard the answer, so a
 * place is never reused too early, however slow the network. A 429 holds the whole method for exactly the time Slack
 * names (a growing pause when it names none); then one call goes first, and the others follow as answers come.
 */
export class Governor {
  readonly #clock: Clock;
  readonly #waits: WaitBoard;
  readonly #concurrency: number;
  readonly #windowMs: number;
  readonly #lanes = new Map<string, Lane>();

  constructor(options: GovernorOptions) {
    this.#clock = options.clock;
    this.#waits = options.waits;
    this.#concurrency = options.concurrency ?? 8;
    this.#windowMs = options.windowMs ?? MINUTE_MS;
  }

  /** Resolves when `method` may be called, in the order of asking. Rejects with the signal's reason when aborted. */
  enter(method: string, signal: AbortSignal): Promise<Permit> {
    const lane = this.#laneOf(method);
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const admit = (): void => {
        signal.removeEventListener("abort", leave);
        resolve(this.#permit(lane));
      };
      const leave = (): void => {
        lane.queue.splice(lane.queue.indexOf(admit), 1);
        reject(signal.reason as Error);
        this.#pump(lane);
      };
      signal.addEventListener("abort", leave, { once: true });
      lane.queue.push(admit);
      this.#pump(lane);
    });
  }

  #laneOf(method: string): Lane {
    let lane = this.#lanes.get(method);
    if (!lane) {
      lane = {
        method,
        allowance: callsAMinute(method),
        ended: [],
        queue: [],
        inFlight: 0,
        width: this.#concurrency,
        blockedUntilMs: 0,
        strikes: 0,
        timer: null,
      };
      this.#lanes.set(method, lane);
    }
    return lane;
  }

  #permit(lane: Lane): Permit {
    const startedAtMs = this.#clock.monotonicMs();
    const end = (): void => {
      lane.inFlight -= 1;
    };
    return {
      answered: () => {
        end();
        lane.ended.push(this.#clock.monotonicMs());
        // Answers to calls from before the 429 say nothing about what came after it.
        if (startedAtMs >= lane.blockedUntilMs) {
          lane.strikes = 0;
          lane.width = Math.min(this.#concurrency, lane.width + 1);
        }
        this.#pump(lane);
      },
      unanswered: () => {
        end();
        lane.ended.push(this.#clock.monotonicMs());
        this.#pump(lane);
      },
      slowDown: (retryAfterMs) => {
        end();
        // The calls of one burst are refused together: one round, one strike.
        if (startedAtMs >= lane.blockedUntilMs) lane.strikes += 1;
        const backoffMs = Math.min(MAX_BACKOFF_MS, SECOND_MS * 2 ** Math.max(0, lane.strikes - 1));
        // Beyond a day the header is more likely broken than meant; asking once a day does no harm.
        const waitMs = retryAfterMs !== null && retryAfterMs > 0 ? Math.min(retryAfterMs, DAY_MS) : backoffMs;
        lane.width = 1;
        lane.blockedUntilMs = Math.max(lane.blockedUntilMs, this.#clock.monotonicMs() + waitMs);
        this.#pump(lane);
      },
    };
  }

  /** Lets in whoever may go, and arranges to look again when the next one may. */
  #pump(lane: Lane): void {
    while (lane.queue.length > 0) {
      const nowMs = this.#clock.monotonicMs();
      const startAtMs = this.#earliestStart(lane, nowMs);
      if (startAtMs === null) break;
      if (startAtMs > nowMs) {
        const why =
          lane.blockedUntilMs > nowMs
            ? `Slack asked to slow down (${lane.method}).`
            : `Slack allows ${lane.allowance} ${lane.method} calls a minute.`;
        this.#waits.show(lane.method, why, startAtMs - nowMs, "limit");
        this.#lookAgainAt(lane, startAtMs, nowMs);
        return;
      }
      lane.inFlight += 1;
      lane.queue.shift()?.();
    }
    this.#waits.clear(lane.method);
  }

  /** When the next call may start; null when that depends on a call in flight. */
  #earliestStart(lane: Lane, nowMs: number): number | null {
    if (lane.blockedUntilMs > nowMs) return lane.blockedUntilMs;
    if (lane.inFlight >= lane.width) return null;
    while (lane.ended[0] !== undefined && lane.ended[0] + this.#windowMs <= nowMs) lane.ended.shift();
    const surplus = lane.ended.length + lane.inFlight - lane.allowance;
    if (surplus < 0) return nowMs;
    const frees = lane.ended[surplus];
    return frees === undefined ? null : frees + this.#windowMs;
  }

  #lookAgainAt(lane: Lane, atMs: number, nowMs: number): void {
    if (lane.timer) {
      if (lane.timer.atMs <= atMs) return;
      lane.timer.stop.abort();
    }
    const timer = { atMs, stop: new AbortController() };
    lane.timer = timer;
    this.#clock.sleep(atMs - nowMs, timer.stop.signal).then(
      () => {
        if (lane.timer === timer) lane.timer = null;
        this.#pump(lane);
      },
      () => undefined, // Replaced by an earlier timer.
    );
  }
}
