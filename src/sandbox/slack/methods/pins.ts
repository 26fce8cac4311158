import { textOf } from "#sandbox/slack/arguments.ts";
import { messageJson } from "#sandbox/slack/message-json.ts";
import type { LoggedMessage } from "#sandbox/slack/message-log.ts";
import { requireMembership, type Call, type MethodTable } from "#sandbox/slack/method.ts";
import { findKnownChannel } from "#sandbox/slack/methods/chat.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import { both } from "#sandbox/slack/scopes.ts";
import type { Channel } from "#sandbox/world/model.ts";

/** pins.add, remove and list; tiers and errors as documented for each (docs.slack.dev/reference/methods, checked 2026-11). */
export const PIN_METHODS: MethodTable = {
  "pins.add": {
    tier: "tier2",
    accepts: both("pins:write"),
    run(call) {
      const { channel, message } = findPinnable(call);
      if (channel.pinned.has(message.ts)) throw new SlackRefusal("already_pinned");
      channel.pinned.set(message.ts, {
        text: message.text,
        by: call.caller.slackUserId,
        atS: Math.floor(call.workspace.nowMs() / 1_000),
      });
      return {};
    },
  },
  "pins.remove": {
    tier: "tier2",
    accepts: both("pins:write"),
    run(call) {
      const { channel, message } = findPinnable(call);
      if (!channel.pinned.delete(message.ts)) throw new SlackRefusal("no_pin");
      return {};
    },
  },
  "pins.list": {
    tier: "tier2",
    accepts: both("pins:read"),
    run(call) {
      const channel = findKnownChannel(call);
      const items = [...channel.pinned].flatMap(([ts, { by, atS }]) => {
        const message = call.workspace.messages.find(channel, ts);
        if (!message) return [];
        const json = messageJson(call.workspace, channel, message);
        return [{ type: "message", channel: channel.id, message: json, created: atS, created_by: by }];
      });
      return { items };
    },
  },
};

function findPinnable(call: Call): { readonly channel: Channel; readonly message: LoggedMessage } {
  const channel = findKnownChannel(call);
  requireMembership(call, channel);
  const ts = textOf(call.args, "timestamp");
  if (ts === "") throw new SlackRefusal("no_item_specified");
  if (!/^\d+\.\d{6}$/.test(ts)) throw new SlackRefusal("bad_timestamp");
  const message = call.workspace.messages.find(channel, ts);
  if (!message) throw new SlackRefusal("message_not_found");
  return { channel, message };
}
