import { flagOf, limitOf, listOf, textOf } from "#sandbox/slack/arguments.ts";
import { channelJson, listedChannelJson } from "#sandbox/slack/channel-json.ts";
import { decodeCursor, encodeCursor } from "#sandbox/slack/cursor.ts";
import { canSee, findChannel, requireScope, type Call, type MethodTable } from "#sandbox/slack/method.ts";
import { findUser } from "#sandbox/slack/methods/users.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import { READ_CONVERSATIONS } from "#sandbox/slack/scopes.ts";
import type { Channel, Person } from "#sandbox/world/model.ts";

const TYPES = ["public_channel", "private_channel", "mpim", "im"] as const;

/** conversations.list, conversations.info, conversations.members and users.conversations: what an audit reads. */
export const CONVERSATION_LIST_METHODS: MethodTable = {
  "conversations.list": {
    tier: "tier2",
    accepts: READ_CONVERSATIONS,
    run(call) {
      const wanted = channelFilter(call);
      const visible = listChannels(call, (channel) => wanted(channel) && canSee(call.caller, channel));
      const { page, next } = pageOfChannels(call, visible, 1_000);
      const { world } = call.workspace;
      return {
        channels: page.map((channel) => listedChannelJson(world, channel, call.caller)),
        response_metadata: { next_cursor: next },
      };
    },
  },
  "conversations.info": {
    tier: "tier3",
    accepts: READ_CONVERSATIONS,
    run(call) {
      const channel = findChannel(call, READ_CONVERSATIONS);
      const { world } = call.workspace;
      const json = { ...channelJson(world, channel), is_member: channel.members.has(call.caller.index) };
      const counted = flagOf(call.args, "include_num_members") ? { num_members: channel.members.size } : {};
      return { channel: { ...json, ...counted } };
    },
  },
  "conversations.members": {
    tier: "tier4",
    accepts: READ_CONVERSATIONS,
    run(call) {
      const channel = findChannel(call, READ_CONVERSATIONS);
      const limit = limitOf(call.args, 100, 999);
      const first = decodeCursor("user", textOf(call.args, "cursor"));
      const start = first === null ? 0 : channel.members.firstAtOrAfter(indexOfCursor(call, first));
      const { indices } = channel.members;
      const take = call.shortPage ? Math.ceil(limit / 2) : limit;
      const end = Math.min(start + take, indices.length);
      const { people } = call.workspace.world;
      const members: string[] = [];
      for (let at = start; at < end; at++)
        members.push((people[indices[at] as number] as Person).slackUserId);
      const next = people[indices[end] ?? -1];
      return {
        members,
        response_metadata: { next_cursor: next ? encodeCursor("user", next.slackUserId) : "" },
      };
    },
  },
  "users.conversations": {
    tier: "tier3",
    accepts: READ_CONVERSATIONS,
    /**
     * For another user, private channels are only those shared with the caller (documented, checked 2026-11). An
     * unknown user gives `user_not_found`. A deactivated one gives an empty list: the account still exists, but Slack
     * takes it out of its channels; the documentation names no error for it.
     */
    run(call) {
      const userId = textOf(call.args, "user");
      const user = userId === "" ? call.caller : findUser(call, userId);
      const wanted = channelFilter(call);
      const theirs = listChannels(
        call,
        (channel) => wanted(channel) && channel.members.has(user.index) && canSee(call.caller, channel),
      );
      const { page, next } = pageOfChannels(call, theirs, 999);
      const { world } = call.workspace;
      // Unlike conversations.list this one documents neither is_member nor num_members.
      return {
        channels: page.map((channel) => channelJson(world, channel)),
        response_metadata: { next_cursor: next },
      };
    },
  },
};

/** Reads `types` and `exclude_archived`; refuses with `invalid_types`, or `missing_scope` for a type not granted. */
function channelFilter(call: Call): (channel: Channel) => boolean {
  const asked = listOf(call.args, "types");
  const types = new Set(asked.length === 0 ? ["public_channel"] : asked);
  for (const type of types)
    if (!TYPES.some((known) => known === type)) throw new SlackRefusal("invalid_types");
  const needed: Record<string, string> = {
    public_channel: "channels:read",
    private_channel: "groups:read",
    mpim: "mpim:read",
    im: "im:read",
  };
  for (const type of types) requireScope(call, [needed[type] as string]);
  const withArchived = !flagOf(call.args, "exclude_archived");
  return (channel) =>
    types.has(channel.isPrivate ? "private_channel" : "public_channel") &&
    (withArchived || !channel.isArchived);
}

/** Ordered by id, so that a cursor that names an id stays meaningful when channels come and go. */
function listChannels(call: Call, keep: (channel: Channel) => boolean): Channel[] {
  const kept = [...call.workspace.world.channels.values()].filter(keep);
  return kept.sort((left, right) => (left.id < right.id ? -1 : 1));
}

function pageOfChannels(
  call: Call,
  all: readonly Channel[],
  most: number,
): { page: Channel[]; next: string } {
  const limit = limitOf(call.args, 100, most);
  const first = decodeCursor("team", textOf(call.args, "cursor"));
  const found = first === null ? 0 : all.findIndex((channel) => channel.id >= first);
  const start = found < 0 ? all.length : found;
  const take = call.shortPage ? Math.ceil(limit / 2) : limit;
  const next = all[start + take];
  return { page: all.slice(start, start + take), next: next ? encodeCursor("team", next.id) : "" };
}

function indexOfCursor(call: Call, slackUserId: string): number {
  const person = call.workspace.world.personBySlackId.get(slackUserId);
  if (!person) throw new SlackRefusal("invalid_cursor");
  return person.index;
}
