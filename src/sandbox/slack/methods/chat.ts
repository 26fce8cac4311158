import { requiredText, textOf } from "#sandbox/slack/arguments.ts";
import { messageJson } from "#sandbox/slack/message-json.ts";
import type { LoggedMessage } from "#sandbox/slack/message-log.ts";
import { canSee, type Answer, type Call, type MethodTable } from "#sandbox/slack/method.ts";
import { directMessageId } from "#sandbox/slack/methods/lifecycle.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import { both, NO_SCOPE } from "#sandbox/slack/scopes.ts";
import type { Channel } from "#sandbox/world/model.ts";

/** Slack cuts longer texts at 40,000 characters and refuses texts that are longer still (checked 2026-11). */
const TEXT_MOST = 40_000;

const WRITE = both("chat:write");

/** chat.postMessage, update, delete, getPermalink, and reactions.get, which answers "nothing there". */
export const CHAT_METHODS: MethodTable = {
  "chat.postMessage": { tier: "chat", accepts: WRITE, run: postMessage },
  "chat.update": {
    tier: "tier3",
    accepts: WRITE,
    run(call) {
      const { channel, message } = findOwnMessage(call, "cant_update_message");
      const text = textOf(call.args, "text");
      if (text === "" && !hasRichContent(call)) throw new SlackRefusal("no_text");
      call.workspace.messages.edit(channel, message.ts, text.slice(0, TEXT_MOST));
      const edited = call.workspace.messages.find(channel, message.ts) as LoggedMessage;
      const json = messageJson(call.workspace, channel, edited);
      return { channel: channel.id, ts: message.ts, text, message: json };
    },
  },
  "chat.delete": {
    tier: "tier3",
    accepts: WRITE,
    run(call) {
      const { channel, message } = findOwnMessage(call, "cant_delete_message");
      call.workspace.messages.remove(channel, message.ts);
      return { channel: channel.id, ts: message.ts };
    },
  },
  "chat.getPermalink": {
    tier: "generous",
    accepts: NO_SCOPE,
    run(call) {
      const { channel, message } = findMessage(call, "message_ts");
      const domain = call.workspace.world.teamDomain;
      const link = `https://${domain}.slack.com/archives/${channel.id}/p${message.ts.replace(".", "")}`;
      return { channel: channel.id, permalink: link };
    },
  },
  "reactions.get": {
    tier: "tier3",
    accepts: both("reactions:read"),
    run(call) {
      const { channel, message } = findMessage(call, "timestamp");
      return { type: "message", channel: channel.id, message: messageJson(call.workspace, channel, message) };
    },
  },
};

function postMessage(call: Call): Answer {
  const text = textOf(call.args, "text");
  if (text === "" && !hasRichContent(call)) throw new SlackRefusal("no_text");
  if (text.length > TEXT_MOST * 2) throw new SlackRefusal("msg_too_long");
  const to = requiredText(call.args, "channel");
  const person = call.caller.index;
  if (/^[UWD][A-Z0-9]{8,}$/.test(to)) {
    // A user id posts to the direct message with them.
    const known = to.startsWith("D") || call.workspace.world.personBySlackId.has(to);
    if (!known) throw new SlackRefusal("channel_not_found");
    const id = to.startsWith("D") ? to : directMessageId(call, to);
    const sent = call.workspace.messages.post({ id }, { person, text });
    return {
      channel: id,
      ts: sent.ts,
      message: { type: "message", user: call.caller.slackUserId, text, ts: sent.ts },
    };
  }
  const channel = findKnownChannel(call);
  const anywhere = call.grant.scopes.has("chat:write.public") && !channel.isPrivate;
  if (!channel.members.has(person) && !anywhere) throw new SlackRefusal("not_in_channel");
  if (channel.isArchived) throw new SlackRefusal("is_archived");
  const threadTs = textOf(call.args, "thread_ts");
  if (threadTs !== "" && call.workspace.messages.positionOf(channel, threadTs) < 0) {
    throw new SlackRefusal("thread_not_found");
  }
  const sent = call.workspace.messages.post(channel, {
    person,
    text: text.slice(0, TEXT_MOST),
    ...(threadTs !== "" && { threadTs }),
  });
  const json = messageJson(call.workspace, channel, sent);
  return {
    channel: channel.id,
    ts: sent.ts,
    message: threadTs === "" ? json : { ...json, thread_ts: threadTs },
  };
}

function hasRichContent(call: Call): boolean {
  return textOf(call.args, "blocks") !== "" || textOf(call.args, "attachments") !== "";
}

/** The channel a call names, without a check of read scopes: chat:write is enough here. */
export function findKnownChannel(call: Call): Channel {
  const channel = call.workspace.world.channels.get(requiredText(call.args, "channel"));
  if (!channel || !canSee(call.caller, channel)) throw new SlackRefusal("channel_not_found");
  return channel;
}

function findMessage(call: Call, argument: string): { channel: Channel; message: LoggedMessage } {
  const channel = findKnownChannel(call);
  const message = call.workspace.messages.find(channel, requiredText(call.args, argument));
  if (!message) throw new SlackRefusal("message_not_found");
  return { channel, message };
}

function findOwnMessage(call: Call, refusal: string): { channel: Channel; message: LoggedMessage } {
  const found = findMessage(call, "ts");
  if (found.message.person !== call.caller.index) throw new SlackRefusal(refusal);
  return found;
}
