import { flagOf, limitOf, requiredText, textOf } from "#sandbox/slack/arguments.ts";
import { decodeCursor, encodeCursor } from "#sandbox/slack/cursor.ts";
import { messageJson } from "#sandbox/slack/message-json.ts";
import { tsToMicros } from "#sandbox/slack/message-log.ts";
import { findChannel, type Answer, type Call, type MethodTable } from "#sandbox/slack/method.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import { READ_HISTORY } from "#sandbox/slack/scopes.ts";
import type { Channel } from "#sandbox/world/model.ts";

/** Objects a page for apps outside the Marketplace, given without a word whatever `limit` says (checked 2026-11). */
const CAPPED_PAGE = 15;

/** conversations.history (newest first) and conversations.replies (oldest first). */
export const HISTORY_METHODS: MethodTable = {
  "conversations.history": { tier: "tier3", accepts: READ_HISTORY, run: readHistory },
  "conversations.replies": { tier: "tier3", accepts: READ_HISTORY, run: readReplies },
};

function readHistory(call: Call): Answer {
  const channel = findReadable(call);
  const log = call.workspace.messages;
  const inclusive = flagOf(call.args, "inclusive");
  const oldest = readTs(call, "oldest", "invalid_ts_oldest") ?? 0;
  const latest = readTs(call, "latest", "invalid_ts_latest");
  const low = log.positionAtOrAfter(channel, inclusive ? oldest : oldest + 1);
  const high =
    latest === null ? log.count(channel) : log.positionAtOrAfter(channel, inclusive ? latest + 1 : latest);
  const from = decodeCursor("next_ts", textOf(call.args, "cursor"));
  const start =
    from === null ? high - 1 : Math.min(high, log.positionAtOrAfter(channel, Number(from) + 1)) - 1;
  const limit = pageSize(call);
  const messages: unknown[] = [];
  let position = start;
  for (; position >= low && messages.length < limit; position--) {
    const message = log.at(channel, position);
    if (message) messages.push(messageJson(call.workspace, channel, message, position));
  }
  const hasMore = position >= low;
  const next = hasMore ? String(tsToMicros(log.tsAt(channel, position))) : "";
  return {
    messages,
    has_more: hasMore,
    pin_count: 0,
    channel_actions_ts: null,
    channel_actions_count: 0,
    ...(hasMore && { response_metadata: { next_cursor: encodeCursor("next_ts", next) } }),
  };
}

function readReplies(call: Call): Answer {
  const channel = findReadable(call);
  const log = call.workspace.messages;
  const position = log.positionOf(channel, requiredText(call.args, "ts"));
  const parent = position < 0 ? null : log.at(channel, position);
  if (!parent) throw new SlackRefusal("thread_not_found");
  const inclusive = flagOf(call.args, "inclusive");
  const oldest = readTs(call, "oldest", "invalid_ts_oldest") ?? 0;
  const latest = readTs(call, "latest", "invalid_ts_latest") ?? Infinity;
  const thread = log.repliesAt(channel, position).filter((reply) => {
    const micros = tsToMicros(reply.ts);
    return inclusive ? micros >= oldest && micros <= latest : micros > oldest && micros < latest;
  });
  const from = decodeCursor("next_ts", textOf(call.args, "cursor"));
  const all = [parent, ...thread];
  const found = from === null ? 0 : all.findIndex((one) => tsToMicros(one.ts) >= Number(from));
  const start = found < 0 ? all.length : found;
  const limit = pageSize(call);
  const next = all[start + limit];
  return {
    messages: all.slice(start, start + limit).map((one) =>
      one === parent
        ? messageJson(call.workspace, channel, one, position)
        : {
            ...messageJson(call.workspace, channel, one),
            thread_ts: parent.ts,
            parent_user_id: userOf(call, parent.person),
          },
    ),
    has_more: next !== undefined,
    ...(next && { response_metadata: { next_cursor: encodeCursor("next_ts", String(tsToMicros(next.ts))) } }),
  };
}

/** A user token reads public channels without being in them; a bot has to be a member (checked 2026-11). */
function findReadable(call: Call): Channel {
  const channel = findChannel(call, READ_HISTORY);
  if (call.grant.type === "bot" && !channel.members.has(call.caller.index))
    throw new SlackRefusal("not_in_channel");
  return channel;
}

function pageSize(call: Call): number {
  const asked = limitOf(call.args, 100, 999);
  const limit = call.workspace.settings.historyCap ? Math.min(asked, CAPPED_PAGE) : asked;
  return call.shortPage ? Math.ceil(limit / 2) : limit;
}

/** A time argument in microseconds; null when absent. */
function readTs(call: Call, name: string, refusal: string): number | null {
  const text = textOf(call.args, name);
  if (text === "" || text === "now") return null;
  if (!/^\d{1,10}(\.\d{1,6})?$/.test(text)) throw new SlackRefusal(refusal);
  return tsToMicros(text);
}
function userOf(call: Call, person: number): string {
  return call.workspace.world.people[person]?.slackUserId ?? "";
}
