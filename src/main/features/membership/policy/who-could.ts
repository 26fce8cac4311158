import type { Platform, PersonId } from "#shared/domain/ids.ts";
import type { FailureCode } from "#shared/domain/failure.ts";
import type { StepAction } from "#shared/domain/operation.ts";

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

export function remedyFor(platform: Platform, action: StepAction, code: FailureCode): Remedy {
  if (NOBODYS.includes(code)) return "nothing";
  if (platform === "telegram" && action === "add" && LETS_THEM_COME.includes(code)) return "link";
  return "colleague";
}

/** Somebody with rights in a group. */
export interface RightHolder {
  readonly userId: string;
  readonly isOwner: boolean;
  /** May change the title and the other information. */
  readonly mayChangeInfo: boolean;
  readonly mayInvite: boolean;
  readonly mayRemove: boolean;
}

/** Those of the holders who may do it, the owner first, otherwise in their order. */
export function whoMay<Holder extends RightHolder>(action: StepAction, holders: readonly Holder[]): Holder[] {
  const may = (holder: Holder): boolean => {
    switch (action) {
      case "add":
        return holder.mayInvite;
      case "remove":
        return holder.mayRemove;
      default:
        return holder.mayChangeInfo;
    }
  };
  return holders.filter(may).toSorted((left, right) => Number(right.isOwner) - Number(left.isOwner));
}

/** A colleague who may do it, and whether their account is connected to this Muster. */
export interface Colleague {
  readonly personId: PersonId | null;
  readonly name: string;
  readonly isConnected: boolean;
}
