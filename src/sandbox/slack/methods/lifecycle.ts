import { flagOf, listOf, requiredText, textOf } from "#sandbox/slack/arguments.ts";
import { channelJson } from "#sandbox/slack/channel-json.ts";
import {
  findChannel,
  refuseGuests,
  requireMembership,
  requireScope,
  type Call,
  type MethodTable,
} from "#sandbox/slack/method.ts";
import { findUser } from "#sandbox/slack/methods/users.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import { SET_TOPIC, WRITE_CONVERSATIONS } from "#sandbox/slack/scopes.ts";
import { isAdmin } from "#sandbox/slack/user-json.ts";
import { addChannel, renameChannel } from "#sandbox/world/changes.ts";
import type { Channel } from "#sandbox/world/model.ts";

const NAME_MOST = 80;
/** Longest topic or purpose, in characters (checked 2026-11). */
const TEXT_MOST = 250;

/** conversations.create, rename, archive, unarchive, setTopic, setPurpose and open. */
export const LIFECYCLE_METHODS: MethodTable = {
  "conversations.create": {
    tier: "tier2",
    accepts: WRITE_CONVERSATIONS,
    run(call) {
      refuseGuests(call);
      const isPrivate = flagOf(call.args, "is_private");
      requireScope(
        call,
        WRITE_CONVERSATIONS[call.grant.type].filter((one) =>
          one.startsWith(isPrivate ? "groups" : "channels"),
        ),
      );
      const name = checkName(call);
      const { world, ids, nowMs } = call.workspace;
      const channel = addChannel(world, {
        id: ids.slack("C"),
        name,
        isPrivate,
        creator: call.caller,
        nowMs: nowMs(),
      });
      return { channel: { ...channelJson(world, channel), is_member: true } };
    },
  },
  "conversations.rename": {
    tier: "tier2",
    accepts: WRITE_CONVERSATIONS,
    run(call) {
      const channel = findChannel(call, WRITE_CONVERSATIONS);
      refuseGuests(call);
      requireMembership(call, channel);
      // Only its creator or an administrator may rename a channel (checked 2026-11).
      if (channel.creator !== call.caller.slackUserId && !isAdmin(call.workspace.world, call.caller)) {
        throw new SlackRefusal("not_authorized");
      }
      if (channel.isArchived) throw new SlackRefusal("is_archived");
      renameChannel(channel, checkName(call, channel), call.workspace.nowMs());
      return { channel: { ...channelJson(call.workspace.world, channel), is_member: true } };
    },
  },
  "conversations.archive": {
    tier: "tier2",
    accepts: WRITE_CONVERSATIONS,
    run(call) {
      const channel = findChannel(call, WRITE_CONVERSATIONS);
      refuseGuests(call);
      if (channel.isGeneral) throw new SlackRefusal("cant_archive_general");
      if (channel.isArchived) throw new SlackRefusal("already_archived");
      requireMembership(call, channel);
      channel.isArchived = true;
      channel.updatedMs = call.workspace.nowMs();
      return {};
    },
  },
  "conversations.unarchive": {
    tier: "tier2",
    accepts: WRITE_CONVERSATIONS,
    run(call) {
      const channel = findChannel(call, WRITE_CONVERSATIONS);
      refuseGuests(call);
      if (!channel.isArchived) throw new SlackRefusal("not_archived");
      channel.isArchived = false;
      channel.updatedMs = call.workspace.nowMs();
      return {};
    },
  },
  "conversations.setTopic": {
    tier: "tier2",
    accepts: SET_TOPIC,
    run(call) {
      const channel = setText(call, "topic");
      return { channel: { ...channelJson(call.workspace.world, channel), is_member: true } };
    },
  },
  "conversations.setPurpose": {
    tier: "tier2",
    accepts: SET_TOPIC,
    run(call) {
      const channel = setText(call, "purpose");
      return { channel: { ...channelJson(call.workspace.world, channel), is_member: true } };
    },
  },
  "conversations.open": {
    tier: "tier3",
    accepts: { user: ["im:write", "mpim:write"], bot: ["im:write", "mpim:write"] },
    /** One-to-one only. The id follows from the two people, so opening twice gives the same conversation. */
    run(call) {
      const [first, ...others] = listOf(call.args, "users");
      if (first === undefined) throw new SlackRefusal("users_list_not_supplied");
      if (others.length > 0) throw new SlackRefusal("not_enough_users");
      const person = findUser(call, first);
      if (person.deactivated) throw new SlackRefusal("user_disabled");
      return { no_op: true, already_open: true, channel: { id: directMessageId(call, person.slackUserId) } };
    },
  },
};

/** The id of the direct message between the caller and a user: `D…`. */
export function directMessageId(call: Call, slackUserId: string): string {
  const [left, right] = [call.caller.slackUserId, slackUserId].sort() as [string, string];
  return `D0${left.slice(-4)}${right.slice(-5)}`;
}

/**
 * Checks the `name` argument as documented (checked 2026-11): letters without upper case, digits, "-" and "_" of any
 * script, at most 80 characters, not only punctuation, not in use.
 */
function checkName(call: Call, current?: Channel): string {
  const name = textOf(call.args, "name");
  if (name === "") throw new SlackRefusal("invalid_name_required");
  if ([...name].length > NAME_MOST) throw new SlackRefusal("invalid_name_maxlength");
  if (/^[\p{P}\p{S}]+$/u.test(name)) throw new SlackRefusal("invalid_name_punctuation");
  if (!/^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_-]+$/u.test(name)) throw new SlackRefusal("invalid_name_specials");
  for (const other of call.workspace.world.channels.values()) {
    if (other.name === name && other !== current) throw new SlackRefusal("name_taken");
  }
  return name;
}

function setText(call: Call, which: "topic" | "purpose"): Channel {
  const channel = findChannel(call, SET_TOPIC);
  const value = which === "topic" ? textOf(call.args, "topic") : requiredText(call.args, "purpose");
  requireMembership(call, channel);
  if (channel.isArchived) throw new SlackRefusal("is_archived");
  if ([...value].length > TEXT_MOST) throw new SlackRefusal("too_long");
  const nowMs = call.workspace.nowMs();
  channel[which] = { value, creator: call.caller.slackUserId, lastSetS: Math.floor(nowMs / 1_000) };
  channel.updatedMs = nowMs;
  return channel;
}
