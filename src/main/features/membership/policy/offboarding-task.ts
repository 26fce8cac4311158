import type { Failure } from "#shared/domain/failure.ts";
import type { OffboardingTaskState } from "#shared/domain/offboarding.ts";
import type { PresenceKind, UnknownReason } from "#shared/domain/presence.ts";

/** What a check found out about the leaving person in one group. */
export interface TaskFacts {
  readonly presence: PresenceKind;
  /** Why it is not known whether they are in it, as a sentence; null when it is known. */
  readonly unknownBecause: string | null;
  /** Slack's general channel: nobody can be taken out of it, only their account can be deactivated. */
  readonly isGeneral: boolean;
  /** An archived Slack channel: nothing can be changed in it. */
  readonly isArchived: boolean;
  /** They own the group, so nobody can take them out. */
  readonly isOwner: boolean;
  /** Why we may not take them out; null when we may. */
  readonly refusal: Failure | null;
  /** What the platform said when it was tried since the check before; null when it was not refused. */
  readonly tried: Failure | null;
}

/** How a task stands, and why. */
export interface TaskView {
  readonly state: OffboardingTaskState;
  readonly note: string | null;
  /** `kept` since the operator decided so; false where a check found that nobody can take them out. */
  readonly isDecided: boolean;
}

export const GONE_NOTE = "Proven by asking the platform: not in the group.";
const GENERAL_NOTE =
  "Slack's general channel: nobody can be taken out of it. The person leaves it when their account is deactivated in Slack.";
/** slack.com/help/articles/213185307, checked 2026-11: closed to all activity; a private one that is unarchived has its members again. */
const ARCHIVED_NOTE =
  "Archived: nobody can be taken out of an archived channel, and nothing new is written in it. The person stays in its past until their account is deactivated in Slack. If that matters, unarchive the channel and check again.";
const OWNER_NOTE = "The leaving person owns the group: it has to be handed over first.";

/**
 * What is left to do in a group after a check. `gone` takes a proof, and stays when nobody can be asked any more; what
 * the operator decided stays until the person is gone. Null for a group that needs no task: there was none, and the person
 * is proven not to be in it.
 */
export function judgeTask(facts: TaskFacts, before: TaskView | null): TaskView | null {
  if (facts.presence === "absent") {
    if (before === null) return null;
    return before.state === "gone" ? before : found("gone", GONE_NOTE);
  }
  // What was kept because nobody could do it is to do again once somebody can.
  if (before?.state === "kept" && (before.isDecided || facts.presence === "unknown")) return before;
  if (facts.presence === "unknown") {
    if (before?.state === "gone") return before;
    return found("unknown", facts.unknownBecause);
  }
  const stays = whyNobodyCan(facts);
  if (stays !== null) return found("kept", stays);
  const obstacle = obstacleOf(facts);
  if (obstacle === null) return found("remove", null);
  return before?.state === "asked" ? before : found("ask", obstacle);
}

function found(state: OffboardingTaskState, note: string | null): TaskView {
  return { state, note, isDecided: false };
}

/** Why it is neither ours to do nor anybody's to be asked for: it goes with the account. */
function whyNobodyCan({ isGeneral, isArchived }: TaskFacts): string | null {
  if (isArchived) return ARCHIVED_NOTE;
  return isGeneral ? GENERAL_NOTE : null;
}

function obstacleOf({ isOwner, refusal, tried }: TaskFacts): string | null {
  if (isOwner) return OWNER_NOTE;
  const failure = refusal ?? tried;
  return failure === null ? null : failure.message;
}

/** Still something to do, or to find out. */
export function isOpenTask({ state }: Pick<TaskView, "state">): boolean {
  return state !== "gone" && state !== "kept";
}

/** Why it is not known whether somebody is in a group, as a sentence. */
export function whyUnknown(reason: UnknownReason): string {
  return WHY[reason];
}

const WHY: Readonly<Record<UnknownReason, string>> = {
  "no-identity": "No account of this person is recorded there.",
  "identity-not-found": "The recorded account does not exist there.",
  "not-met":
    "Our account has not met this person yet, so Telegram tells nothing about them: record their current username in the team, or have both in one group, and check again.",
  "account-deactivated":
    "The account is deactivated: its groups cannot be listed any more, which proves nothing about this one.",
  "person-listing-incomplete": "The list of the person's groups could not be read to its end.",
  "roster-incomplete": "The list of members could not be read to its end.",
  "members-hidden": "The group shows its members to its admins only.",
  "not-readable": "The members of the group are not shown to us.",
  "group-vanished": "The group disappeared while it was read.",
  "not-reached": "The platform did not tell whether the person is in it.",
};
