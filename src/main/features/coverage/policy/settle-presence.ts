import type { Failure } from "#shared/domain/failure.ts";
import type { Group } from "#shared/domain/group.ts";
import type { Presence, UnknownReason } from "#shared/domain/presence.ts";

/** What a run learnt about one group. */
export interface GroupEvidence extends Pick<Group, "privacy" | "isShared"> {
  /** The account behind the connection is in it; null where the platform did not say. */
  readonly ownerIsMember: boolean | null;
  /** Some person's listing named it. */
  readonly seenInListing: boolean;
  /** Its member list was read to its end. */
  readonly rosterComplete: boolean;
  /** What stopped the reading of its member list. */
  readonly unreadable: Failure | null;
}

/** What a run learnt about one person on the connection that reads the group. */
export interface PersonEvidence {
  readonly userId: string | null;
  /** The listing of the person's groups was read to its end. */
  readonly listingComplete: boolean;
  /** Why a listing proves nothing about this person. */
  readonly reason: UnknownReason | null;
}

const PRESENT: Presence = { presence: "present", reason: null };
const ABSENT: Presence = { presence: "absent", reason: null };

/**
 * Settles whether a person is in a group, from evidence alone.
 *
 * A sighting proves presence. Absence needs a proof: a complete member list, or a complete listing of the person's
 * groups together with the certainty that such a listing would name this group (`listingSpeaksFor`). Everything else
 * is unknown, with the reason that says most about what to do.
 */
export function settlePresence(
  sighted: boolean,
  group: GroupEvidence,
  person: PersonEvidence | null,
): Presence {
  if (sighted) return PRESENT;
  if (person === null) return unknown("not-reached");
  if (person.userId === null) return unknown("no-identity");
  // Not even a complete member list says anything about a person whose recorded id is wrong.
  if (person.reason === "identity-not-found") return unknown("identity-not-found");
  if (group.rosterComplete) return ABSENT;
  if (person.reason === null && person.listingComplete && listingSpeaksFor(group)) return ABSENT;
  if (group.unreadable !== null) return unknown(reasonOfUnreadable(group.unreadable));
  return unknown(person.reason ?? "not-reached");
}

/**
 * Whether a complete listing of somebody's groups would name this group if they were in it.
 *
 * Slack leaves private channels out of another person's listing unless the token's owner is in them
 * (docs.slack.dev, users.conversations, checked 2026-11), and users report that listings miss Slack Connect channels
 * now and then. So: a private group needs the owner in it, and a shared one must have been named by some listing of
 * this run, which shows that listings do include it (docs/decisions/0010).
 */
export function listingSpeaksFor(group: GroupEvidence): boolean {
  if (group.ownerIsMember === false && group.privacy === "private") return false;
  if (group.isShared || (group.privacy === "private" && group.ownerIsMember === null))
    return group.seenInListing;
  return true;
}

/** The member list of a group could not be read: what that means for each person in question. */
export function reasonOfUnreadable(failure: Failure): UnknownReason {
  switch (failure.code) {
    case "slack/channel-not-found":
      return "group-vanished";
    case "slack/bad-answer":
    case "network/timed-out":
    case "network/unreachable":
      return "roster-incomplete";
    default:
      return "not-readable";
  }
}

function unknown(reason: UnknownReason): Presence {
  return { presence: "unknown", reason };
}
