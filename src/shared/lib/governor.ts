import { DAY_MS, MINUTE_MS, SECOND_MS, type Clock } from "./time.ts";
import type { WaitBoard } from "./wait-board.ts";

/** So many calls in any stretch of so much time. */
export interface Allowance {
  readonly calls: number;
  readonly windowMs: number;
}

/** What a server grants, lane by lane; a lane is what it counts on its own, such as a method. */
export interface Limits {
  /** All of them hold at once; none at all is no limit. */
  allowancesOf(lane: string): readonly Allowance[];
  /** Calls of the lane in flight at once. */
  concurrencyOf(lane: string): number;
  /** Why a caller waits for room; shown to people. */
  sayFull(lane: string, allowance: Allowance): string;
  /** Why a caller waits after the server said "too fast". */
  sayHeld(lane: string): string;
  /** A wait longer than this is refused with `WaitTooLong` instead; left out, everything is waited for. */
  readonly longestWaitMs?: number;
}

/** The right to make one call. Exactly one of its methods is called when the call has ended. */
export interface Permit {
  /** The server answered, whatever it said. */
  answered(): void;
  /** Nobody answered; the call may have been counted. */
  unanswered(): void;
  /** The call was not made after all; its place is free at once. */
  unused(): void;
  /** "Too fast." `retryAfterMs` is null when the server did not say for how long. */
  slowDown(retryAfterMs: number | null): void;
}

/** The lane stays closed for longer than the caller would wait. */
export class WaitTooLong extends Error {
  override readonly name = "WaitTooLong";
  readonly waitMs: number;

  constructor(lane: string, waitMs: number) {
    super(`${lane} is closed for ${waitMs} ms`);
    this.waitMs = waitMs;
  }
}

export interface GovernorOptions {
  readonly clock: Clock;
  readonly waits: WaitBoard;
  readonly limits: Limits;
}

interface Waiter {
  readonly admit: () => void;
  readonly refuse: (reason: Error) => void;
}

interface Lane {
  readonly name: string;
  readonly allowances: readonly Allowance[];
  readonly longestWindowMs: number;
  readonly concurrency: number;
  /** When the counted calls ended, oldest first, on the monotonic clock. */
  readonly ended: number[];
  readonly queue: Waiter[];
  inFlight: number;
  /** Calls allowed in flight: 1 after a "too fast", one more with every answer. */
  width: number;
  heldUntilMs: number;
  /** Consecutive rounds of "too fast". */
  strikes: number;
  timer: { readonly atMs: number; readonly stop: AbortController } | null;
}

/** When the next call may start, and the allowance that decides it; null where the server's own word does. */
interface Start {
  readonly atMs: number;
  readonly full: Allowance | null;
}

const MAX_BACKOFF_MS = MINUTE_MS;

/**
 * Keeps one connection within a server's limits, lane by lane.
 *
 * A lane gets at most the calls of its allowances, all of them at once if they are asked for at once. A call occupies
 * its place until a whole window after its *end*: the server counted it before we heard the answer, so a place is
 * never reused too early, however slow the network. "Too fast" holds the whole lane for exactly the time the server
 * names (a growing pause when it names none); then one call goes first, and the others follow as answers come.
 */
export class Governor {
  readonly #clock: Clock;
  readonly #waits: WaitBoard;
  readonly #limits: Limits;
  readonly #longestWaitMs: number;
  readonly #lanes = new Map<string, Lane>();

  constructor(options: GovernorOptions) {
    this.#clock = options.clock;
    this.#waits = options.waits;
    this.#limits = options.limits;
    this.#longestWaitMs = options.limits.longestWaitMs ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Resolves when a call of `lane` may be made, in the order of asking. Rejects with the signal's reason when aborted,
   * and with `WaitTooLong` when that would take too long.
   */
  enter(lane: string, signal: AbortSignal): Promise<Permit> {
    const open = this.#laneOf(lane);
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const waiter: Waiter = {
        admit: () => {
          signal.removeEventListener("abort", leave);
          resolve(this.#permit(open));
        },
        refuse: (reason) => {
          signal.removeEventListener("abort", leave);
          reject(reason);
        },
      };
      const leave = (): void => {
        open.queue.splice(open.queue.indexOf(waiter), 1);
        reject(signal.reason as Error);
        this.#pump(open);
      };
      signal.addEventListener("abort", leave, { once: true });
      open.queue.push(waiter);
      this.#pump(open);
    });
  }

  #laneOf(name: string): Lane {
    let lane = this.#lanes.get(name);
    if (!lane) {
      const allowances = this.#limits.allowancesOf(name);
      const concurrency = this.#limits.concurrencyOf(name);
      lane = {
        name,
        allowances,
        longestWindowMs: Math.max(0, ...allowances.map(({ windowMs }) => windowMs)),
        concurrency,
        ended: [],
        queue: [],
        inFlight: 0,
        width: concurrency,
        heldUntilMs: 0,
        strikes: 0,
        timer: null,
      };
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  #permit(lane: Lane): Permit {
    const startedAtMs = this.#clock.monotonicMs();
    const end = (): void => {
      lane.inFlight -= 1;
    };
    const count = (): void => {
      if (lane.allowances.length > 0) lane.ended.push(this.#clock.monotonicMs());
    };
    return {
      answered: () => {
        end();
        count();
        // Answers to calls from before the "too fast" say nothing about what came after it.
        if (startedAtMs >= lane.heldUntilMs) {
          lane.strikes = 0;
          lane.width = Math.min(lane.concurrency, lane.width + 1);
        }
        this.#pump(lane);
      },
      unanswered: () => {
        end();
        count();
        this.#pump(lane);
      },
      unused: () => {
        end();
        this.#pump(lane);
      },
      slowDown: (retryAfterMs) => {
        end();
        // The calls of one burst are refused together: one round, one strike.
        if (startedAtMs >= lane.heldUntilMs) lane.strikes += 1;
        const backoffMs = Math.min(MAX_BACKOFF_MS, SECOND_MS * 2 ** Math.max(0, lane.strikes - 1));
        // Beyond a day the time is more likely broken than meant; asking once a day does no harm.
        const waitMs = retryAfterMs !== null && retryAfterMs > 0 ? Math.min(retryAfterMs, DAY_MS) : backoffMs;
        lane.width = 1;
        lane.heldUntilMs = Math.max(lane.heldUntilMs, this.#clock.monotonicMs() + waitMs);
        this.#pump(lane);
      },
    };
  }

  /** Lets in whoever may go, and arranges to look again when the next one may. */
  #pump(lane: Lane): void {
    while (lane.queue.length > 0) {
      const nowMs = this.#clock.monotonicMs();
      const start = this.#earliestStart(lane, nowMs);
      if (start === null) break;
      const delayMs = start.atMs - nowMs;
      if (delayMs > this.#longestWaitMs) {
        for (const waiter of lane.queue.splice(0)) waiter.refuse(new WaitTooLong(lane.name, delayMs));
        break;
      }
      if (delayMs > 0) {
        const why = start.full
          ? this.#limits.sayFull(lane.name, start.full)
          : this.#limits.sayHeld(lane.name);
        this.#waits.show(lane.name, why, delayMs, "limit");
        this.#lookAgainAt(lane, start.atMs, nowMs);
        return;
      }
      lane.inFlight += 1;
      lane.queue.shift()?.admit();
    }
    this.#waits.clear(lane.name);
    // Nobody waits any more; a timer left running would hold the end of the process for as long as the limit.
    if (lane.queue.length === 0) this.#stopTimer(lane);
  }

  #stopTimer(lane: Lane): void {
    lane.timer?.stop.abort();
    lane.timer = null;
  }

  /** When the next call may start; null when that depends on a call in flight. */
  #earliestStart(lane: Lane, nowMs: number): Start | null {
    if (lane.heldUntilMs > nowMs) return { atMs: lane.heldUntilMs, full: null };
    if (lane.inFlight >= lane.width) return null;
    while (lane.ended[0] !== undefined && lane.ended[0] + lane.longestWindowMs <= nowMs) lane.ended.shift();
    let latest: Start = { atMs: nowMs, full: null };
    for (const full of lane.allowances) {
      const first = firstWithin(lane.ended, nowMs - full.windowMs);
      const surplus = lane.ended.length - first + lane.inFlight - full.calls;
      if (surplus < 0) continue;
      const frees = lane.ended[first + surplus];
      if (frees === undefined) return null;
      if (frees + full.windowMs > latest.atMs) latest = { atMs: frees + full.windowMs, full };
    }
    return latest;
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
      () => undefined, // Replaced by an earlier timer, or nobody waits any more.
    );
  }

  /** Stops every timer and refuses whoever still waits. */
  close(reason: Error): void {
    for (const lane of this.#lanes.values()) {
      this.#stopTimer(lane);
      for (const waiter of lane.queue.splice(0)) waiter.refuse(reason);
      this.#waits.clear(lane.name);
    }
  }
}

/** Index of the first time later than `afterMs` in a list that only grows. */
function firstWithin(times: readonly number[], afterMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) > afterMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
