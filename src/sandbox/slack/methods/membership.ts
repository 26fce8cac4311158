import { flagOf, textOf } from "#sandbox/slack/arguments.ts";
import { channelJson } from "#sandbox/slack/channel-json.ts";
import {
  findChannel,
  refuseGuests,
  requireMembership,
  type Call,
  type MethodTable,
} from "#sandbox/slack/method.ts";
import { findUser, listedUsers } from "#sandbox/slack/methods/users.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import { INVITE, WRITE_CONVERSATIONS } from "#sandbox/slack/scopes.ts";
import type { Channel, Person } from "#sandbox/world/model.ts";

/** Most users one conversations.invite may name (checked 2026-11). */
const INVITE_MOST = 1_000;

const JOIN = { user: ["channels:write"], bot: ["channels:join"] };

/** conversations.invite, kick, join and leave. */
export const MEMBERSHIP_METHODS: MethodTable = {
  "conversations.invite": { tier: "tier3", accepts: INVITE, run: invite },
  "conversations.kick": {
    tier: "tier3",
    accepts: WRITE_CONVERSATIONS,
    run(call) {
      const channel = findChannel(call, WRITE_CONVERSATIONS);
      refuseGuests(call);
      if (textOf(call.args, "user") === "") throw new SlackRefusal("no_user");
      const person = findUser(call, textOf(call.args, "user"));
      if (person === call.caller) throw new SlackRefusal("cant_kick_self");
      if (channel.isGeneral) throw new SlackRefusal("cant_kick_from_general");
      if (channel.isArchived) throw new SlackRefusal("is_archived");
      requireMembership(call, channel);
      if (!channel.members.remove(person.index)) throw new SlackRefusal("not_in_channel");
      return { errors: {} };
    },
  },
  "conversations.join": {
    tier: "tier3",
    accepts: JOIN,
    run(call) {
      const channel = findChannel(call, JOIN);
      if (channel.isPrivate) throw new SlackRefusal("method_not_supported_for_channel_type");
      if (channel.isArchived) throw new SlackRefusal("is_archived");
      const joined = channel.members.add(call.caller.index);
      const answer = { channel: { ...channelJson(call.workspace.world, channel), is_member: true } };
      if (joined) return answer;
      return {
        ...answer,
        warning: "already_in_channel",
        response_metadata: { warnings: ["already_in_channel"] },
      };
    },
  },
  "conversations.leave": {
    tier: "tier3",
    accepts: WRITE_CONVERSATIONS,
    run(call) {
      const channel = findChannel(call, WRITE_CONVERSATIONS);
      if (channel.isGeneral) throw new SlackRefusal("cant_leave_general");
      if (channel.isArchived) throw new SlackRefusal("is_archived");
      const { members } = channel;
      if (!members.has(call.caller.index)) return { not_in_channel: true };
      if (channel.isPrivate && members.size === 1) throw new SlackRefusal("last_member");
      members.remove(call.caller.index);
      return {};
    },
  },
};

/**
 * One bad user fails the whole call and nobody is invited; with `force` the good ones are, and the bad ones are listed
 * in `errors`. When every user is bad, `force` does not help. Deactivated users never keep the others out: the answer is
 * an error, and the others are invited all the same ("Partially failed calls" of
 * docs.slack.dev/reference/methods/conversations.invite, checked 2026-11).
 */
function invite(call: Call): Record<string, unknown> {
  const channel = findChannel(call, INVITE);
  refuseGuests(call);
  const users = listedUsers(call);
  if (users.length === 0) throw new SlackRefusal("no_user");
  if (users.length > INVITE_MOST) {
    throw new SlackRefusal("invalid_arguments", {
      response_metadata: { messages: [`[ERROR] must not name more than ${INVITE_MOST} users`] },
    });
  }
  if (channel.isArchived) throw new SlackRefusal("is_archived");
  requireMembership(call, channel);
  const errors: { user: string; ok: false; error: string }[] = [];
  const good: Person[] = [];
  let onlyRemoved = true;
  for (const { id, person } of users) {
    const error = person ? reasonNotToInvite(call, channel, person) : "user_not_found";
    if (error !== null) {
      errors.push({ user: id, ok: false, error });
      onlyRemoved &&= person?.deactivated === true;
    } else if (person) good.push(person);
  }
  const first = errors[0];
  const goesOn = flagOf(call.args, "force") && good.length > 0;
  if (first && !goesOn && !onlyRemoved) throw new SlackRefusal(first.error, { errors });
  for (const person of good) channel.members.add(person.index);
  if (first && !goesOn) throw new SlackRefusal(first.error, { errors });
  const json = { ...channelJson(call.workspace.world, channel), is_member: true };
  return { channel: json, ...(errors.length > 0 && { errors }) };
}

function reasonNotToInvite(call: Call, channel: Channel, person: Person): string | null {
  if (person === call.caller) return "cant_invite_self";
  if (channel.members.has(person.index)) return "already_in_channel";
  if (person.deactivated) return "cant_invite";
  // Somebody of another company can only come through a channel that company is connected to.
  if (person.belonging === "external" && !channel.connectedTeamIds.includes(person.slackTeamId)) {
    return "cant_invite";
  }
  if (person.belonging === "single-guest") {
    for (const other of call.workspace.world.channels.values()) {
      if (other.members.has(person.index)) return "ura_max_channels";
    }
  }
  return null;
}
