import type { CallContext, RpcMethod, TelegramAccount, WorldHalf } from "#sandbox/telegram/method.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { LoggedChange } from "#sandbox/telegram/updates/update-log.ts";
import { finish, type UpdateOffice } from "#sandbox/telegram/updates/update-office.ts";

/** Events in one answer of updates.getDifference; more come in slices. */
const SLICE = 100;
/** A channel that moved further is answered channelDifferenceTooLong. */
const CHANNEL_GAP_MOST = 1_000;
const CHANNEL_LIMIT_MOST = 100;
const CHANNEL_LIMIT_MOST_BOT = 100_000;

/** updates.getState, getDifference and getChannelDifference: core.telegram.org/api/updates (checked 2026-11). */
export function differenceMethods<Sender>(
  office: UpdateOffice<Sender>,
  seqOf: (call: CallContext) => number,
  openChannel: WorldHalf["openChannel"],
): Readonly<Record<string, RpcMethod>> {
  function stateAt(call: CallContext, pts: number): TlObject {
    return { _: "updates.state", pts, qts: 0, date: call.nowS, seq: seqOf(call), unread_count: 0 };
  }

  function getDifference(request: TlObject, call: CallContext): TlObject {
    const pts = request["pts"] as number;
    const sinceS = request["date"] as number;
    const log = office.accountLog(call.account.userId);
    if (pts <= 0 || pts > log.pts) throw new RpcError(400, "PERSISTENT_TIMESTAMP_INVALID");
    const changes = log.since(pts, sinceS);
    const totalLimit = request["pts_total_limit"];
    const tooFar = typeof totalLimit === "number" && log.pts - pts > totalLimit;
    if (!changes || tooFar) return { _: "updates.differenceTooLong", pts: log.pts };
    const touched = office.channelsTouched(call.account.userId, sinceS);
    if (changes.length === 0 && touched.length === 0) {
      return { _: "updates.differenceEmpty", date: call.nowS, seq: seqOf(call) };
    }
    const page = changes.slice(0, SLICE);
    const isWhole = page.length === changes.length;
    const parts = sort(page, call.account, "updateNewMessage");
    const tooLong = isWhole ? touched.map((channelId) => channelTooLong(office, channelId)) : [];
    const common = {
      new_messages: parts.messages,
      new_encrypted_messages: [],
      other_updates: [...parts.others, ...tooLong],
      chats: parts.chats,
      users: parts.users,
    };
    if (isWhole) return { _: "updates.difference", ...common, state: stateAt(call, log.pts) };
    const reached = Math.max(pts, ...page.map((one) => one.pts));
    return { _: "updates.differenceSlice", ...common, intermediate_state: stateAt(call, reached) };
  }

  function getChannelDifference(request: TlObject, call: CallContext): TlObject {
    const opened = openChannel(request["channel"] as TlObject, call);
    const pts = request["pts"] as number;
    const limit = request["limit"] as number;
    const log = office.channelLog(opened.channelId);
    if (pts <= 0 || limit <= 0) throw new RpcError(400, "PERSISTENT_TIMESTAMP_EMPTY");
    if (pts > log.pts) throw new RpcError(400, "PERSISTENT_TIMESTAMP_INVALID");
    const timeout = 30;
    const changes = log.since(pts, Number.MAX_SAFE_INTEGER);
    if (!changes || log.pts - pts > CHANNEL_GAP_MOST) {
      return { _: "updates.channelDifferenceTooLong", final: true, timeout, ...opened.describe() };
    }
    if (changes.length === 0) {
      return { _: "updates.channelDifferenceEmpty", final: true, pts: log.pts, timeout };
    }
    const most = call.account.isBot ? CHANNEL_LIMIT_MOST_BOT : CHANNEL_LIMIT_MOST;
    const page = changes.slice(0, Math.min(limit, most));
    const parts = sort(page, call.account, "updateNewChannelMessage");
    return {
      _: "updates.channelDifference",
      final: page.length === changes.length,
      pts: (page.at(-1) as LoggedChange).pts,
      timeout,
      new_messages: parts.messages,
      other_updates: parts.others,
      chats: parts.chats,
      users: parts.users,
    };
  }

  return {
    "updates.getState": (_request, call) => stateAt(call, office.accountLog(call.account.userId).pts),
    "updates.getDifference": getDifference,
    "updates.getChannelDifference": getChannelDifference,
  };
}

function channelTooLong<Sender>(office: UpdateOffice<Sender>, channelId: bigint): TlObject {
  return { _: "updateChannelTooLong", channel_id: channelId, pts: office.channelLog(channelId).pts };
}

/** New messages go on their own; everything else stays an update. Users and chats are named once. */
function sort(
  changes: readonly LoggedChange[],
  reader: TelegramAccount,
  newMessage: string,
): { messages: TlObject[]; others: TlObject[]; users: TlObject[]; chats: TlObject[] } {
  const messages: TlObject[] = [];
  const others: TlObject[] = [];
  const users = new Map<unknown, TlObject>();
  const chats = new Map<unknown, TlObject>();
  for (const logged of changes) {
    const update = finish(logged, reader);
    if (update._ === newMessage) messages.push(update["message"] as TlObject);
    else others.push(update);
    for (const user of logged.change.users?.(reader) ?? []) users.set(user["id"], user);
    for (const chat of logged.change.chats?.(reader) ?? []) chats.set(chat["id"], chat);
  }
  return { messages, others, users: [...users.values()], chats: [...chats.values()] };
}
