import type { FailureCode } from "./failure.ts";
import type { Platform } from "./ids.ts";
import type { StepAction } from "./operation.ts";

/** What may be done about a refusal: a link for the person, somebody else who may, or nothing that others can do. */
export type Remedy = "link" | "colleague" | "nothing";

/** Telegram's refusals that concern who adds, and not whether the person may come (core.telegram.org/method/channels.inviteToChannel, checked 2026-11). */
const LETS_THEM_COME: readonly FailureCode[] = ["telegram/privacy-restricted", "telegram/not-mutual-contact"];

/** Nobody else gets further with these. */
const NOBODYS: readonly FailureCode[] = [
  "membership/account-deactivated",
  "membership/cannot-undo",
  "membership/changed-meanwhile",
  "membership/name-collision",
  "membership/no-account",
  "membership/nobody-matches",
  "slack/archived",
  "slack/channel-full",
  "slack/general-channel",
  "slack/guest-limit",
  "slack/name-invalid",
  "slack/name-taken",
  "slack/user-not-found",
  "telegram/group-full",
  "telegram/name-invalid",
  "telegram/too-many-groups",
  "telegram/user-not-found",
];

/** What may be done where a platform refused this action with this code; where it is `nothing`, the failure says all there is. */
export function remedyFor(platform: Platform, action: StepAction, code: FailureCode): Remedy {
  if (NOBODYS.includes(code)) return "nothing";
  if (platform === "telegram" && action === "add" && LETS_THEM_COME.includes(code)) return "link";
  return "colleague";
}
