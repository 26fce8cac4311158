import type { Failure } from "#shared/domain/failure.ts";
import type { Wait } from "#shared/domain/job.ts";
import type { Result } from "#shared/lib/result.ts";
import type { LookAgain } from "#shared/lib/sight.ts";

/** Slack's own API address. */
export const SLACK_API_URL = "https://slack.com/api/";

/** Who a token belongs to, and what it may do. */
export interface SlackIdentity {
  readonly teamId: string;
  readonly teamName: string;
  readonly userId: string;
  readonly userName: string;
  readonly tokenKind: "user" | "bot";
  readonly scopes: readonly string[];
}

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  /** Shared with another organisation. */
  readonly isShared: boolean;
  /** The workspace's general channel, whatever it is called now: everybody but guests is in it, and nobody can leave it. */
  readonly isGeneral: boolean;
  /** The token's owner is in it. */
  readonly isMember: boolean;
  /** Null where the method does not say. */
  readonly memberCount: number | null;
}

export interface SlackUser {
  readonly id: string;
  /** The handle, without `@`. */
  readonly username: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly isDeactivated: boolean;
  readonly isBot: boolean;
  readonly isGuest: boolean;
  /** A guest who may be in one channel and no more. */
  readonly isOneChannelGuest: boolean;
  /** What they may do in the whole workspace. */
  readonly rank: "owner" | "admin" | "member";
}

export interface SlackPage<Item> {
  readonly items: readonly Item[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

export interface SlackCallOptions {
  readonly signal: AbortSignal;
}

export interface SlackPageOptions extends SlackCallOptions {
  readonly cursor: string | null;
}

/** What an invitation came to for one person. */
export type SlackInvited =
  | { readonly userId: string; readonly outcome: "added" | "already-in" }
  | { readonly userId: string; readonly outcome: "refused"; readonly failure: Failure };

/** Calls made and time spent waiting for limits, since the session was opened. */
export interface SlackUsage {
  readonly calls: number;
  readonly waitedMs: number;
  readonly callsByMethod: Readonly<Record<string, number>>;
}

/**
 * One signed-in Slack account, in our words. Every call obeys the published tiers and every `Retry-After` exactly;
 * reads that get no answer are tried again a few times. Aborting rejects with the signal's reason.
 *
 * A page whose cursor was seen before ends with `slack/bad-answer`: a listing is only complete when Slack says so.
 */
export interface SlackSession {
  fetchIdentity(options: SlackCallOptions): Promise<Result<SlackIdentity, Failure>>;
  /** Public channels and the private ones this account is in, archived ones included; 1,000 a page. */
  fetchChannels(options: SlackPageOptions): Promise<Result<SlackPage<SlackChannel>, Failure>>;
  /**
   * The channels `userId` is in; 999 a page. For another person Slack leaves out the private channels that this
   * account is not in.
   */
  fetchChannelsOfUser(
    options: SlackPageOptions & { readonly userId: string },
  ): Promise<Result<SlackPage<SlackChannel>, Failure>>;
  fetchChannel(
    options: SlackCallOptions & { readonly channelId: string },
  ): Promise<Result<SlackChannel, Failure>>;
  /** User ids of a channel's members; 999 a page. */
  fetchMembers(
    options: SlackPageOptions & { readonly channelId: string },
  ): Promise<Result<SlackPage<string>, Failure>>;
  fetchUser(options: SlackCallOptions & { readonly userId: string }): Promise<Result<SlackUser, Failure>>;
  /** Everyone in the workspace; 1,000 a page. */
  fetchUsers(options: SlackPageOptions): Promise<Result<SlackPage<SlackUser>, Failure>>;
  findUserByEmail(
    options: SlackCallOptions & { readonly email: string },
  ): Promise<Result<SlackUser | null, Failure>>;
  /**
   * Writes a message into a channel, or to a person when `channelId` is a user's id. `text` is Slack's own mark-up:
   * whoever gives it has escaped what is not theirs. Never repeated: `network/*` and `slack/bad-answer` leave it open
   * whether it was written. Needs `chat:write`, and membership of the channel.
   */
  sendMessage(
    options: SlackCallOptions & { readonly channelId: string; readonly text: string },
  ): Promise<Result<{ readonly messageId: string }, Failure>>;
  /**
   * Invites up to 1,000 people; one answer for each of them, in the order given. Fails when the call itself was refused
   * (`slack/archived`, `slack/not-in-channel`, `slack/missing-scope`, …) or, because it is never repeated, met no answer:
   * `network/*` and `slack/bad-answer` leave it open who was invited. The same holds for every change below.
   */
  inviteToChannel(
    options: SlackCallOptions & { readonly channelId: string; readonly userIds: readonly string[] },
  ): Promise<Result<readonly SlackInvited[], Failure>>;
  removeFromChannel(
    options: SlackCallOptions & { readonly channelId: string; readonly userId: string },
  ): Promise<Result<"removed" | "was-not-in", Failure>>;
  /**
   * Answers with the name as Slack keeps it. `slack/name-taken`, `slack/name-invalid`. With `lookAgain`, a rename that had
   * to wait is sent only if that says yes, and rejects with `NotSent` otherwise.
   */
  renameChannel(
    options: SlackCallOptions & {
      readonly channelId: string;
      readonly name: string;
      readonly lookAgain?: LookAgain;
    },
  ): Promise<Result<string, Failure>>;
  /** The connected account is its first member. `slack/name-taken`, `slack/name-invalid`. */
  createChannel(
    options: SlackCallOptions & { readonly name: string; readonly isPrivate: boolean },
  ): Promise<Result<SlackChannel, Failure>>;
  setTopic(
    options: SlackCallOptions & { readonly channelId: string; readonly topic: string },
  ): Promise<Result<void, Failure>>;
  /** A message that is pinned already stays so. */
  pinMessage(
    options: SlackCallOptions & { readonly channelId: string; readonly messageId: string },
  ): Promise<Result<void, Failure>>;
  /** Ends the token at Slack. */
  revoke(options: SlackCallOptions): Promise<Result<void, Failure>>;
  usage(): SlackUsage;
  /** Hears when the session starts (and, with null, stops) waiting. Returns the way to stop listening. */
  watchWaits(listener: (wait: Wait | null) => void): () => void;
}
