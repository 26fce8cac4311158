import type { Failure } from "#shared/domain/failure.ts";
import type { GroupAbilities, OwnRight, TelegramGroupKind } from "#shared/domain/group.ts";
import type { ConnectionId, GroupKey, PersonId, Platform } from "#shared/domain/ids.ts";
import type { PresenceKind } from "#shared/domain/presence.ts";

/** What a plan rests on: asked just now, or results that were stored. */
export type Evidence = "stored" | "live";

/** What an account of ours may do in a group; `none` is not in it. Slack tells members and workspace admins apart only. */
export type Right = OwnRight | "none";

/** A group as one connection of ours sees it. */
export interface GroupView {
  readonly connectionId: ConnectionId;
  readonly right: Right;
  readonly may: GroupAbilities;
  readonly evidence: Evidence;
}

/** A group that a plan is about, with everything that is known of it. */
export interface PlanGroup {
  readonly key: GroupKey;
  readonly platform: Platform;
  /** Null on Telegram. */
  readonly workspaceId: string | null;
  readonly groupId: string;
  readonly name: string;
  /** Null on Slack. */
  readonly kind: TelegramGroupKind | null;
  readonly isArchived: boolean;
  /** Slack's general channel, which nobody leaves; false as well where nobody could be asked. */
  readonly isGeneral: boolean;
  /** The connections that see it, the one to act by first. Empty when none does. */
  readonly views: readonly GroupView[];
  /** Why nothing can be done in it (it is gone, or nobody sees it); null when something may be. */
  readonly obstacle: Failure | null;
}

/** One account of a person where a group lives. */
export interface PlanAccount {
  readonly userId: string;
  readonly username: string | null;
  /**
   * `not-met`: none of our Telegram accounts has met it, so that Telegram tells nothing about it. `full`: a guest of Slack
   * who may be in one channel, and is.
   */
  readonly state: "active" | "deactivated" | "not-found" | "not-met" | "full";
}

/** Somebody to be put into a group, or to be taken out of it. */
export interface PlanPerson {
  readonly personId: PersonId;
  readonly name: string;
}

/** One person and one group, before it is known what has to be done. */
export interface Candidate {
  readonly group: PlanGroup;
  readonly person: PlanPerson;
  /** In the order of preference; empty when none is recorded. */
  readonly accounts: readonly PlanAccount[];
}

export interface KnownPresence {
  readonly presence: PresenceKind;
  readonly evidence: Evidence;
}

/** What drafting asks about the world. */
export interface PlanFacts {
  /** Is this account in this group? */
  presenceOf(group: PlanGroup, userId: string, personId: PersonId): KnownPresence;
  /** False when the connection has no way of addressing this account: Telegram takes having met somebody. */
  canAddress(connectionId: ConnectionId, userId: string): boolean;
  /**
   * Whether the connection's account put this one into a basic group, and so may take it out though it is no admin; null
   * where nobody was asked.
   */
  putIn(connectionId: ConnectionId, groupKey: GroupKey, userId: string): boolean | null;
  /** The account behind a connection. */
  ownUserIdOf(connectionId: ConnectionId): string | null;
  /** Names of those who could do in the group what we may not; empty where nobody was asked. */
  whoCould(groupKey: GroupKey): readonly string[];
}

/** What a step is written with when no connection of ours sees its group: there is nothing to act by. */
export const NO_CONNECTION = "none" as ConnectionId;
