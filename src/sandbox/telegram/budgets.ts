import { floodWait } from "#sandbox/telegram/rpc-error.ts";

/** So many calls in so many seconds; over it, a wait until there is room again, at least `leastWaitS`. */
export interface Budget {
  readonly calls: number;
  readonly windowS: number;
  readonly leastWaitS: number;
}

/**
 * Budgets by method or by the name a method takes. Telegram publishes no numbers ("the exact limits are subject to
 * change", core.telegram.org/api/errors#420-flood); these are modest readings of what users report: reading about one
 * request a second with bursts and waits of 10–29 s, username look-ups 200 a day, invitations 20 an hour with waits of
 * an hour, renames 10 in 15 minutes, a few login codes a number (public issues of client libraries, checked 2026-11).
 */
export const BUDGETS: Readonly<Record<string, readonly Budget[]>> = {
  "auth.sendCode": [{ calls: 5, windowS: 600, leastWaitS: 60 }],
  "auth.resendCode": [{ calls: 5, windowS: 600, leastWaitS: 60 }],
  "auth.signIn": [{ calls: 10, windowS: 600, leastWaitS: 60 }],
  "auth.checkPassword": [{ calls: 10, windowS: 600, leastWaitS: 60 }],
  "contacts.resolveUsername": [
    { calls: 20, windowS: 60, leastWaitS: 30 },
    { calls: 200, windowS: 86_400, leastWaitS: 3_600 },
  ],
  "contacts.search": [{ calls: 10, windowS: 30, leastWaitS: 10 }],
  "messages.getDialogs": [{ calls: 20, windowS: 20, leastWaitS: 3 }],
  "messages.getCommonChats": [{ calls: 30, windowS: 30, leastWaitS: 10 }],
  "messages.getHistory": [{ calls: 30, windowS: 30, leastWaitS: 10 }],
  "messages.getReplies": [{ calls: 30, windowS: 30, leastWaitS: 10 }],
  "messages.search": [{ calls: 30, windowS: 30, leastWaitS: 10 }],
  "messages.getFullChat": [{ calls: 30, windowS: 30, leastWaitS: 10 }],
  "channels.getFullChannel": [{ calls: 30, windowS: 30, leastWaitS: 10 }],
  "channels.getParticipants": [{ calls: 30, windowS: 30, leastWaitS: 10 }],
  "channels.getParticipant": [{ calls: 60, windowS: 30, leastWaitS: 10 }],
  "channels.getAdminLog": [{ calls: 30, windowS: 30, leastWaitS: 10 }],
  "channels.editTitle": [{ calls: 10, windowS: 900, leastWaitS: 60 }],
  "messages.editChatTitle": [{ calls: 10, windowS: 900, leastWaitS: 60 }],
  "messages.sendMessage": [{ calls: 20, windowS: 20, leastWaitS: 3 }],
  "channels.createChannel": [{ calls: 10, windowS: 3_600, leastWaitS: 3_600 }],
  "invite-people": [{ calls: 20, windowS: 3_600, leastWaitS: 3_600 }],
};

/** Counts what every account has used of its budgets, in sliding windows. Refused calls do not count. */
export class BudgetBook {
  enabled: boolean;
  /** Shortens windows and waits, for tests that cannot sit them out; 1 is real time. */
  readonly #timeScale: number;
  readonly #nowMs: () => number;
  readonly #taken = new Map<string, number[]>();

  constructor(enabled: boolean, timeScale: number, nowMs: () => number) {
    this.enabled = enabled;
    this.#timeScale = timeScale;
    this.#nowMs = nowMs;
  }

  /** Takes one; throws FLOOD_WAIT when the budget is used up. `holder` is who it is counted for. */
  take(holder: string, name: string): void {
    const budgets = Object.hasOwn(BUDGETS, name) ? BUDGETS[name] : undefined;
    if (!this.enabled || !budgets) return;
    const nowMs = this.#nowMs();
    const key = `${name}/${holder}`;
    const longestMs = Math.max(...budgets.map((budget) => budget.windowS)) * 1_000 * this.#timeScale;
    // A clock set back must not lock an account out: times in the future are dropped as well.
    const times = (this.#taken.get(key) ?? []).filter((atMs) => atMs > nowMs - longestMs && atMs <= nowMs);
    this.#taken.set(key, times);
    for (const { calls, windowS, leastWaitS } of budgets) {
      const windowMs = windowS * 1_000 * this.#timeScale;
      const recent = times.filter((atMs) => atMs > nowMs - windowMs);
      const blocking = recent[recent.length - calls];
      if (blocking === undefined) continue;
      throw floodWait(Math.max(leastWaitS * this.#timeScale, (blocking + windowMs - nowMs) / 1_000));
    }
    times.push(nowMs);
  }

  clear(): void {
    this.#taken.clear();
  }
}
