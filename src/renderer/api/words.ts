/** What the answers' values are called on the screens. */
import type { FindingKind, RunState, RunTrigger, Strategy } from "#shared/domain/coverage.ts";
import type { OwnRight, TelegramGroupKind } from "#shared/domain/group.ts";
import type { Platform } from "#shared/domain/ids.ts";
import type { PresenceKind, UnknownReason } from "#shared/domain/presence.ts";

export const PLATFORM_WORDS: Readonly<Record<Platform, string>> = { slack: "Slack", telegram: "Telegram" };

export const GROUP_KIND_WORDS: Readonly<Record<TelegramGroupKind, string>> = {
  basic: "Basic group",
  supergroup: "Supergroup",
  forum: "Forum with topics",
};

export const OWN_RIGHT_WORDS: Readonly<Record<OwnRight, { short: string; sentence: string }>> = {
  owner: { short: "Owner", sentence: "Owner" },
  rename: { short: "Admin, renames", sentence: "Admin who may rename the group" },
  admin: { short: "Admin", sentence: "Admin without the right to rename the group" },
  member: { short: "Member", sentence: "Member without admin rights" },
};

/** What new members see of what was written before they came; null when nobody asked. */
export function historyWords(isHistoryHidden: boolean | null): string {
  if (isHistoryHidden === null) return "Not asked";
  return isHistoryHidden ? "Hidden from new members" : "Visible to new members";
}

export const STRATEGY_WORDS: Readonly<Record<Strategy, { name: string; explanation: string }>> = {
  inverse: { name: "By person", explanation: "Asks which groups each person is in" },
  roster: { name: "By group", explanation: "Reads the member list of every group" },
};

export const RUN_STATE_WORDS: Readonly<Record<RunState, string>> = {
  running: "Running",
  waiting: "Waiting",
  paused: "Paused",
  completed: "Completed",
  partial: "Partial",
  cancelled: "Cancelled",
  failed: "Failed",
};

export const TRIGGER_WORDS: Readonly<Record<RunTrigger, string>> = {
  console: "Console",
  "command-line": "Command line",
  schedule: "Schedule",
};

export const PRESENCE_WORDS: Readonly<Record<PresenceKind, string>> = {
  present: "Present",
  absent: "Absent",
  unknown: "Unknown",
};

export const FINDING_WORDS: Readonly<Record<FindingKind, string>> = {
  "missing-required": "Required member missing",
  "missing-optional": "Optional member missing",
  "public-channel": "Public, should be private",
  "deprecated-name": "Deprecated name",
  "hidden-history": "History hidden from new members",
  "no-admin-right": "No admin right",
  archived: "Archived",
  "not-readable": "Not readable",
};

export const REASON_WORDS: Readonly<Record<UnknownReason, { short: string; sentence: string }>> = {
  "no-identity": {
    short: "No account recorded",
    sentence: "This person has no account recorded here. Add it on the Team screen.",
  },
  "identity-not-found": {
    short: "Account not found",
    sentence: "The recorded account does not exist here. Correct it on the Team screen.",
  },
  "not-met": {
    short: "Not met yet",
    sentence:
      "The connected account has not met this person, so Telegram tells nothing about them. Record their current username on the Team screen, or look for them with Find, which meets whom the members of a shared group show.",
  },
  "account-deactivated": {
    short: "Account deactivated",
    sentence: "The account is deactivated, and its groups can no longer be listed.",
  },
  "person-listing-incomplete": {
    short: "Person's groups not fully read",
    sentence: "The list of this person's groups could not be read to its end.",
  },
  "roster-incomplete": {
    short: "Member list not fully read",
    sentence: "The group's member list could not be read to its end.",
  },
  "members-hidden": {
    short: "Members hidden",
    sentence: "The group shows its members to its admins only. Have the connected account made an admin.",
  },
  "not-readable": {
    short: "Members not readable",
    sentence: "The connected account may not read this group's members.",
  },
  "group-vanished": {
    short: "Group disappeared",
    sentence: "The group disappeared between listing and reading.",
  },
  "not-reached": { short: "Not reached", sentence: "The run ended before this was asked." },
};
