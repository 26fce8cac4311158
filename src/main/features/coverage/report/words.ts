import type { FindingKind, RunState, RunTrigger, Strategy } from "#shared/domain/coverage.ts";
import type { OwnRight } from "#shared/domain/group.ts";
import type { Platform } from "#shared/domain/ids.ts";
import type { UnknownReason } from "#shared/domain/presence.ts";
import type { RequirementLevel } from "#shared/domain/rules.ts";

/** What reports call the things that code knows by short names. */

export const platformWords = { slack: "Slack", telegram: "Telegram" } as const satisfies Record<
  Platform,
  string
>;

export const ownRightWords = {
  owner: "Owner",
  rename: "Admin, can rename",
  admin: "Admin",
  member: "Member",
} as const satisfies Record<OwnRight, string>;

export const levelWords = { required: "Required", optional: "Optional" } as const satisfies Record<
  RequirementLevel,
  string
>;

export const strategyWords = {
  inverse: "Person by person: which groups is each in",
  roster: "Group by group: who is in each",
} as const satisfies Record<Strategy, string>;

export const runStateWords = {
  running: "Running",
  waiting: "Waiting",
  paused: "Paused: needs the operator",
  completed: "Completed",
  partial: "Partial: some groups could not be read",
  cancelled: "Cancelled",
  failed: "Failed",
} as const satisfies Record<RunState, string>;

export const triggerWords = {
  console: "Console",
  "command-line": "Command line",
  schedule: "Schedule",
} as const satisfies Record<RunTrigger, string>;

export const unknownReasonWords = {
  "no-identity": "No account is recorded for this person on this platform or workspace.",
  "identity-not-found": "The recorded account does not exist in this workspace.",
  "not-met":
    "The connected account has not met this person: record their current username, or have both in one group.",
  "account-deactivated": "The account is deactivated, so its groups can no longer be listed.",
  "person-listing-incomplete": "The list of this person's groups could not be read to its end.",
  "roster-incomplete": "The group's member list could not be read to its end.",
  "members-hidden": "The group shows its members to its admins only.",
  "not-readable": "The connected account may not read this group's members.",
  "group-vanished": "The group disappeared while the audit ran.",
  "not-reached": "The audit ended before this was asked.",
} as const satisfies Record<UnknownReason, string>;

/** Each finding, and what the operator does about it. */
export const findingWords = {
  "missing-required": { name: "Missing required member", todo: "Add the person, or accept the gap." },
  "missing-optional": { name: "Missing optional member", todo: "Add the person if they should be there." },
  "public-channel": { name: "Public, should be private", todo: "Make the group private." },
  "deprecated-name": { name: "Deprecated name", todo: "Rename the group." },
  "hidden-history": { name: "History hidden", todo: "Make the history visible to new members." },
  "no-admin-right": { name: "No admin right", todo: "Have the connected account made an admin." },
  archived: { name: "Archived", todo: "Nothing, unless it should be in use." },
  "not-readable": { name: "Not readable", todo: "Have the connected account invited." },
} as const satisfies Record<FindingKind, { name: string; todo: string }>;
