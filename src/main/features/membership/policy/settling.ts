import type { Platform } from "#shared/domain/ids.ts";
import type { StepAction } from "#shared/domain/operation.ts";

/**
 * How the end of a step is found out when nobody saw it: `reading` how things are tells, `repeating` it is harmless (the
 * same text again, or a message that Telegram knows by its random id), and `nothing` can tell whether a message to
 * Slack was written.
 */
export type Settling = "reading" | "repeating" | "nothing";

export function settlingOf(platform: Platform, action: StepAction): Settling {
  switch (action) {
    case "add":
    case "remove":
    case "rename":
    case "show-history":
    case "hide-history":
    case "create":
      return "reading";
    case "describe":
      return "repeating";
    case "welcome":
    case "send":
      return platform === "telegram" ? "repeating" : "nothing";
  }
}

/**
 * Whether a step is looked at just before it is done, because acting on an old picture would hurt: a wasted invitation
 * of a Telegram account, a name that somebody else has given meanwhile. Slack answers for each person whether they
 * were in already.
 */
export function looksFirst(platform: Platform, action: StepAction): boolean {
  return action === "rename" || (platform === "telegram" && (action === "add" || action === "remove"));
}

/** Whether reading back can confirm a step; texts and messages were answered with what proves them. */
export function isVerifiable(action: StepAction): boolean {
  return settlingOf("slack", action) === "reading";
}
