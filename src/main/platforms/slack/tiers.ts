import type { Limits } from "#shared/lib/governor.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";

/** Calls a minute and workspace that Slack grants each method of a tier ("20+", "50+", …); we stay at the minimum. */
const CALLS_A_MINUTE = { tier2: 20, tier3: 50, tier4: 100, special: 100 } as const;

/** Calls of one method in flight at once. */
const CALLS_AT_ONCE = 8;

/**
 * The tier of every method the product calls.
 * Source: the "Rate limits" fact of each page under docs.slack.dev/reference/methods (checked 2026-11). `auth.test`
 * and `oauth.v2.access` have special limits of "hundreds a minute".
 */
const TIERS: Readonly<Record<string, keyof typeof CALLS_A_MINUTE>> = {
  "auth.revoke": "tier3",
  "auth.test": "special",
  // "Generally one message a second to a channel" is its special limit; a digest a run is far below any.
  "chat.postMessage": "special",
  "conversations.create": "tier2",
  "conversations.info": "tier3",
  "conversations.invite": "tier3",
  "conversations.kick": "tier3",
  "conversations.list": "tier2",
  "conversations.members": "tier4",
  "conversations.rename": "tier2",
  "conversations.setTopic": "tier2",
  "oauth.v2.access": "special",
  "pins.add": "tier2",
  "users.conversations": "tier3",
  "users.info": "tier4",
  "users.list": "tier2",
  "users.lookupByEmail": "tier3",
};

/** How many calls of a method fit into one minute. A method that is not in the table gets the strictest tier we use. */
function callsAMinute(method: string): number {
  return CALLS_A_MINUTE[TIERS[method] ?? "tier2"];
}

/** Slack's limits for a governor: each method on its own. `windowMs` is shortened only against a test server. */
export function slackLimits(windowMs = MINUTE_MS): Limits {
  return {
    allowancesOf: (method) => [{ calls: callsAMinute(method), windowMs }],
    concurrencyOf: () => CALLS_AT_ONCE,
    sayFull: (method, { calls }) => `Slack allows ${calls} ${method} calls a minute.`,
    sayHeld: (method) => `Slack asked to slow down (${method}).`,
  };
}
