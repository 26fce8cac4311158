import { DAY_MS, MINUTE_MS, SECOND_MS } from "#shared/lib/time.ts";
import type { Allowance, Limits } from "#shared/lib/governor.ts";

/** How the session paces its calls; the defaults are for Telegram itself. */
export interface TelegramPacing {
  /** Shortens every window against a test server with shorter ones; 0 is no pacing at all. Default 1. */
  readonly windowScale?: number;
  /** A longer wait ends the call with `telegram/flood-wait` instead, so that its job can sleep. Default 5 minutes. */
  readonly longestWaitMs?: number;
}

/** About one request a second, thirty of them at once if they come at once. */
const READING: readonly Allowance[] = [{ calls: 30, windowMs: 30 * SECOND_MS }];

/**
 * What we ask of each method. Telegram publishes no numbers ("subject to change", core.telegram.org/api/errors, 420);
 * these keep to what users report: reading at one request a second in the long run draws no FLOOD_WAIT, bursts are
 * tolerated, username look-ups are about 200 a day (public issues of client libraries, checked 2026-11). Whatever
 * Telegram says on top of that is obeyed to the second.
 */
const BUDGETS: Readonly<Record<string, readonly Allowance[]>> = {
  "channels.getParticipant": [{ calls: 60, windowMs: 30 * SECOND_MS }],
  "contacts.resolveUsername": [
    { calls: 20, windowMs: MINUTE_MS },
    { calls: 200, windowMs: DAY_MS },
  ],
  "messages.getDialogs": [{ calls: 20, windowMs: 20 * SECOND_MS }],
  "messages.sendMessage": [{ calls: 20, windowMs: 20 * SECOND_MS }],
};

/** Member lists are asked for one after the other: those in parallel draw waits of 10–29 s. */
const ONE_BY_ONE = new Set(["channels.getParticipants"]);

const AT_ONCE = 4;

const LONGEST_WAIT_MS = 5 * MINUTE_MS;

/** The limits of one account, for a governor; a lane is a method. */
export function telegramLimits(pacing: TelegramPacing = {}): Limits {
  const { windowScale = 1, longestWaitMs = LONGEST_WAIT_MS } = pacing;
  return {
    allowancesOf: (method) =>
      windowScale === 0
        ? []
        : (BUDGETS[method] ?? READING).map(({ calls, windowMs }) => ({
            calls,
            windowMs: windowMs * windowScale,
          })),
    concurrencyOf: (method) => (ONE_BY_ONE.has(method) ? 1 : AT_ONCE),
    sayFull: (method, { calls, windowMs }) =>
      `We ask Telegram for at most ${calls} ${method} in ${sayTime(windowMs)}.`,
    sayHeld: (method) => `Telegram asked to wait (${method}).`,
    longestWaitMs,
  };
}

function sayTime(timeMs: number): string {
  if (timeMs >= DAY_MS) return "a day";
  return timeMs >= MINUTE_MS ? "a minute" : `${Math.round(timeMs / SECOND_MS)} seconds`;
}
