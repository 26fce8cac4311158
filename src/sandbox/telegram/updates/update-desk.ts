import type { TelegramAccount } from "#sandbox/telegram/telegram-account.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";

/** One change, written for each of its readers: flags such as `out` and access hashes differ from eye to eye. */
export interface Change {
  /** The `Update` without `pts` and `pts_count`, which are filled in. */
  update(viewer: TelegramAccount): TlObject;
  /** What the update refers to. */
  users?(viewer: TelegramAccount): readonly TlObject[];
  chats?(viewer: TelegramAccount): readonly TlObject[];
  /** How many events it counts for (messages read or deleted); default 1. */
  readonly ptsCount?: number;
}

/**
 * Bookkeeping of updates as documented at core.telegram.org/api/updates (checked 2026-11): each account has one common
 * box (private chats and basic groups), each channel its own; `pts` of a box rises by `pts_count` with every change.
 * Everything published is kept for updates.getDifference and updates.getChannelDifference and sent to the signed-in
 * sessions of its readers, except the session of the call it was published in.
 */
export interface UpdateDesk {
  /** Adds a change to one account's common box. Returns the finished update for the caller's own answer. */
  publishToAccount(reader: TelegramAccount, change: Change): TlObject;
  /**
   * Adds a change to a channel's box and tells these readers (its members). Returns the finished update as `viewer`
   * sees it, for the caller's own answer.
   */
  publishToChannel(
    channelId: bigint,
    readers: Iterable<TelegramAccount>,
    change: Change,
    viewer: TelegramAccount,
  ): TlObject;
  /** Sends a change that belongs to no box (updateChannel, updateUserName, typing); getDifference tells it too. */
  announce(readers: Iterable<TelegramAccount>, change: Change): void;
  /** The `pts` of a channel's box now; 1 for one in which nothing was published yet. */
  channelPts(channelId: bigint): number;
  /** The `pts` of an account's common box now. */
  accountPts(account: TelegramAccount): number;
  /** The `Updates` that a method answers with: `updates` around finished updates, with `date` and `seq`. */
  answer(updates: readonly TlObject[], users: readonly TlObject[], chats: readonly TlObject[]): TlObject;
}
