/**
 * Slack's tiers: calls per method, workspace and app in a minute. "chat" is chat.postMessage's own rule of about one
 * message a second and channel with short bursts; "generous" stands for the special limits of the order of hundreds.
 * Source: docs.slack.dev/apis/web-api/rate-limits (checked 2026-11).
 */
export type Tier = "tier1" | "tier2" | "tier3" | "tier4" | "generous" | "chat";

const ALLOWANCE: Readonly<Record<Tier, { readonly calls: number; readonly windowMs: number }>> = {
  tier1: { calls: 1, windowMs: 60_000 },
  tier2: { calls: 20, windowMs: 60_000 },
  tier3: { calls: 50, windowMs: 60_000 },
  tier4: { calls: 100, windowMs: 60_000 },
  generous: { calls: 600, windowMs: 60_000 },
  chat: { calls: 5, windowMs: 5_000 },
};

/**
 * Counts calls in a sliding window. Slack documents minimums ("50+ per minute") and that bursts are tolerated; this
 * is the strict reading: exactly the minimum in any minute, all of it at once if you like. Refused calls do not count.
 */
export class RateLimiter {
  enabled: boolean;
  /** Shortens the windows, for tests that cannot wait a minute; 1 is real time. */
  readonly #timeScale: number;
  readonly #accepted = new Map<string, number[]>();

  constructor(enabled: boolean, timeScale = 1) {
    this.enabled = enabled;
    this.#timeScale = timeScale;
  }

  /** Zero when the call may go on, otherwise the whole seconds of the `Retry-After` header. */
  take(key: string, tier: Tier, nowMs: number): number {
    if (!this.enabled) return 0;
    const { calls, windowMs } = ALLOWANCE[tier];
    const scaledWindowMs = windowMs * this.#timeScale;
    const times = this.#accepted.get(key) ?? [];
    // A clock set back must not lock a client out: times in the future are dropped as well.
    const recent = times.filter((atMs) => atMs > nowMs - scaledWindowMs && atMs <= nowMs);
    const oldest = recent[0];
    if (recent.length < calls || oldest === undefined) {
      recent.push(nowMs);
      this.#accepted.set(key, recent);
      return 0;
    }
    this.#accepted.set(key, recent);
    return Math.max(1, Math.ceil((oldest + scaledWindowMs - nowMs) / 1_000));
  }

  clear(): void {
    this.#accepted.clear();
  }
}
