import type { Failure } from "#shared/domain/failure.ts";
import type { Group, TelegramGroupKind } from "#shared/domain/group.ts";
import type { Presence, UnknownReason } from "#shared/domain/presence.ts";

/** What a run learnt about one group. */
export interface GroupEvidence extends Pick<Group, "platform" | "privacy" | "isShared"> {
  /** The account behind the connection is in it; null where the platform did not say. */
  readonly ownerIsMember: boolean | null;
  /** Some person's listing named it. */
  readonly seenInListing: boolean;
  /** Its member list was read to its end. */
  readonly rosterComplete: boolean;
  /** What stopped the reading of its member list. */
  readonly unreadable: Failure | null;
  /** Telegram only. */
  readonly kind: TelegramGroupKind | null;
  /** Its description says that members are listed to admins only; null where it was not read. */
  readonly membersHidden: boolean | null;
  /** Why its member list, although it could be read, proves no absence. */
  readonly gap: UnknownReason | null;
}

/** What a run learnt about one account of a person, on the connection that reads the group. */
export interface AccountEvidence {
  /** Empty when none is recorded. */
  readonly userId: string;
  /** The platform, asked about this account and this group, said that it is not in it. */
  readonly isDenied: boolean;
  /** The listing of the person's groups was read to its end. */
  readonly listingComplete: boolean;
  /** Why a listing proves nothing about this person. */
  readonly reason: UnknownReason | null;
}

const PRESENT: Presence = { presence: "present", reason: null };
const ABSENT: Presence = { presence: "absent", reason: null };

/**
 * Settles whether a person is in a group, from evidence alone. Any of their accounts makes them present; they are
 * absent when every one of them is.
 *
 * A sighting proves presence. Absence needs a proof: the platform's word on this one account, a complete member list,
 * or a complete listing of the account's groups together with the certainty that such a listing would name this group
 * (`listingSpeaksFor`). Everything else is unknown, with the reason that says most about what to do.
 */
export function settlePresence(
  sighted: boolean,
  group: GroupEvidence,
  accounts: readonly AccountEvidence[],
): Presence {
  if (sighted) return PRESENT;
  if (accounts.length === 0) return unknown("not-reached");
  for (const account of accounts) {
    const settled = settleUnseen(group, account);
    if (settled.presence === "unknown") return settled;
  }
  return ABSENT;
}

function settleUnseen(group: GroupEvidence, account: AccountEvidence): Presence {
  if (account.userId === "") return unknown("no-identity");
  if (account.isDenied) return ABSENT;
  // Not even a complete member list says anything about a person whose recorded id is wrong, or may be.
  if (account.reason === "identity-not-found" || account.reason === "not-met") return unknown(account.reason);
  if (group.rosterComplete) return ABSENT;
  if (account.reason === null && account.listingComplete && listingSpeaksFor(group)) return ABSENT;
  if (group.unreadable !== null) return unknown(reasonOfUnreadable(group.unreadable, group.gap));
  return unknown(account.reason ?? group.gap ?? "not-reached");
}

/**
 * Whether a complete listing of somebody's groups would name this group if they were in it.
 *
 * Slack leaves private channels out of another person's listing unless the token's owner is in them
 * (docs.slack.dev, users.conversations, checked 2026-11), and users report that listings miss Slack Connect channels
 * now and then. So: a private group needs the owner in it, and a shared one must have been named by some listing of
 * this run, which shows that listings do include it (docs/decisions/0010).
 *
 * Telegram's common groups may miss those with hidden members (reported by users, checked 2026-11). Basic groups cannot
 * hide theirs; of the others only their description tells (docs/decisions/0022).
 */
export function listingSpeaksFor(group: GroupEvidence): boolean {
  if (group.platform === "telegram") return group.kind === "basic" || group.membersHidden === false;
  if (group.ownerIsMember === false && group.privacy === "private") return false;
  if (group.isShared || (group.privacy === "private" && group.ownerIsMember === null))
    return group.seenInListing;
  return true;
}

/** The members of a group could not be read: what that means for each person in question; `gap` if known says more. */
export function reasonOfUnreadable(failure: Failure, gap: UnknownReason | null = null): UnknownReason {
  switch (failure.code) {
    case "slack/channel-not-found":
    case "telegram/group-not-found":
      return "group-vanished";
    case "slack/bad-answer":
    case "telegram/bad-answer":
    case "network/timed-out":
    case "network/unreachable":
      return "roster-incomplete";
    default:
      return gap ?? "not-readable";
  }
}

function unknown(reason: UnknownReason): Presence {
  return { presence: "unknown", reason };
}
