import type { SlackChannel, SlackPage, SlackSession, SlackUser } from "#main/platforms/slack/index.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { Wait } from "#shared/domain/job.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";

export interface ScriptedChannel {
  id: string;
  name: string;
  isPrivate?: boolean;
  isArchived?: boolean;
  isGeneral?: boolean;
  isShared?: boolean;
  /** Left out of conversations.list. */
  isUnlisted?: boolean;
  /** Left out of everybody's users.conversations. */
  isMissedByListings?: boolean;
  members: string[];
}

export interface ScriptedUser {
  id: string;
  isDeactivated?: boolean;
  /** May be in one channel and no more. */
  isOneChannelGuest?: boolean;
  /** Belongs to another workspace: users.info knows it, users.list does not name it. */
  isStranger?: boolean;
}

export type ScriptedMethod = "channel" | "channels" | "channels-of-user" | "members" | "user" | "users";

export interface ScriptedCall {
  readonly method: ScriptedMethod;
  /** The channel or user it is about; empty for listings of everything. */
  readonly subject: string;
  readonly cursor: string | null;
}

/** A small Slack in memory. Its world may be changed while it is being read. */
export interface ScriptedSlack {
  readonly channels: ScriptedChannel[];
  readonly users: ScriptedUser[];
  readonly calls: ScriptedCall[];
  /** Asked before every call; a failure is the answer. May wait, throw, or change the world. */
  before: (call: ScriptedCall, at: number) => Failure | null | Promise<Failure | null>;
  readonly session: SlackSession;
  showWait(wait: Wait | null): void;
}

/** `owner` is the user behind the token; everybody who is a member of something exists. */
export function createScriptedSlack(world: {
  readonly owner: string;
  readonly channels: ScriptedChannel[];
  readonly users: ScriptedUser[];
  readonly pageSize?: number;
}): ScriptedSlack {
  const { owner, channels, users, pageSize = 1_000 } = world;
  const calls: ScriptedCall[] = [];
  const waits = new Set<(wait: Wait | null) => void>();

  async function answer<Value>(
    call: ScriptedCall,
    signal: AbortSignal,
    make: () => Result<Value, Failure>,
  ): Promise<Result<Value, Failure>> {
    signal.throwIfAborted();
    const at = calls.push(call) - 1;
    const refusal = await slack.before(call, at);
    signal.throwIfAborted();
    return refusal ? err(refusal) : make();
  }

  /** A cursor names the first item of its page, as Slack's do, so that it survives changes of the list. */
  function pageOf<Item>(
    items: readonly Item[],
    cursor: string | null,
    keyOf: (item: Item) => string,
  ): Result<SlackPage<Item>, Failure> {
    const start = cursor === null ? 0 : items.findIndex((item) => keyOf(item) === cursor);
    if (start < 0) return err(failure("slack/refused", { slackError: "invalid_cursor" }));
    const next = items[start + pageSize];
    return ok({
      items: items.slice(start, start + pageSize),
      nextCursor: next === undefined ? null : keyOf(next),
    });
  }

  const canSee = (channel: ScriptedChannel) => !channel.isPrivate || channel.members.includes(owner);

  const asChannel = (channel: ScriptedChannel, counted: boolean): SlackChannel => ({
    id: channel.id,
    name: channel.name,
    isPrivate: channel.isPrivate ?? false,
    isArchived: channel.isArchived ?? false,
    isShared: channel.isShared ?? false,
    isGeneral: channel.isGeneral ?? false,
    isMember: channel.members.includes(owner),
    memberCount: counted ? channel.members.length : null,
  });

  const asUser = (user: ScriptedUser): SlackUser => ({
    id: user.id,
    username: user.id.toLowerCase(),
    displayName: user.id,
    email: null,
    isDeactivated: user.isDeactivated ?? false,
    isBot: false,
    isGuest: user.isOneChannelGuest ?? false,
    isOneChannelGuest: user.isOneChannelGuest ?? false,
    rank: "member",
  });

  const unused = () => Promise.reject(new Error("an audit does not call this"));

  const slack: ScriptedSlack = {
    channels,
    users,
    calls,
    before: () => null,
    showWait: (wait) => waits.forEach((listener) => listener(wait)),
    session: {
      fetchIdentity: unused,
      findUserByEmail: unused,
      revoke: unused,
      sendMessage: unused,
      inviteToChannel: unused,
      removeFromChannel: unused,
      renameChannel: unused,
      createChannel: unused,
      setTopic: unused,
      pinMessage: unused,
      fetchChannels: ({ cursor, signal }) =>
        answer({ method: "channels", subject: "", cursor }, signal, () =>
          pageOf(
            channels
              .filter((channel) => canSee(channel) && !channel.isUnlisted)
              .map((channel) => asChannel(channel, true)),
            cursor,
            (channel) => channel.id,
          ),
        ),
      fetchChannel: ({ channelId, signal }) =>
        answer({ method: "channel", subject: channelId, cursor: null }, signal, () => {
          const channel = channels.find(({ id }) => id === channelId);
          return channel && canSee(channel)
            ? ok(asChannel(channel, true))
            : err(failure("slack/channel-not-found"));
        }),
      fetchChannelsOfUser: ({ userId, cursor, signal }) =>
        answer({ method: "channels-of-user", subject: userId, cursor }, signal, () => {
          const user = users.find(({ id }) => id === userId);
          if (!user) return err(failure("slack/user-not-found"));
          const theirs = user.isDeactivated
            ? []
            : channels.filter(
                (channel) =>
                  channel.members.includes(userId) && canSee(channel) && !channel.isMissedByListings,
              );
          return pageOf(
            theirs.map((channel) => asChannel(channel, false)),
            cursor,
            (channel) => channel.id,
          );
        }),
      fetchMembers: ({ channelId, cursor, signal }) =>
        answer({ method: "members", subject: channelId, cursor }, signal, () => {
          const channel = channels.find(({ id }) => id === channelId);
          return channel
            ? pageOf(channel.members, cursor, (id) => id)
            : err(failure("slack/channel-not-found"));
        }),
      fetchUser: ({ userId, signal }) =>
        answer({ method: "user", subject: userId, cursor: null }, signal, () => {
          const user = users.find(({ id }) => id === userId);
          return user ? ok(asUser(user)) : err(failure("slack/user-not-found"));
        }),
      fetchUsers: ({ cursor, signal }) =>
        answer({ method: "users", subject: "", cursor }, signal, () =>
          pageOf(users.filter((user) => !user.isStranger).map(asUser), cursor, (user) => user.id),
        ),
      usage: () => ({ calls: calls.length, waitedMs: 0, callsByMethod: {} }),
      watchWaits: (listener) => {
        waits.add(listener);
        return () => waits.delete(listener);
      },
    },
  };
  return slack;
}
