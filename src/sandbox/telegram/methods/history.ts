import type { CallContext, MethodRegistry } from "#sandbox/telegram/method.ts";
import {
  findUser,
  openJoinedChannel,
  openPeer,
  openUser,
  viewerOf,
  openChannel,
  type Peer,
} from "#sandbox/telegram/methods/inputs.ts";
import { describeGroup } from "#sandbox/telegram/methods/group-objects.ts";
import type { LoggedMessage } from "#sandbox/telegram/methods/message-log.ts";
import { describeMessage, usersOfMessage } from "#sandbox/telegram/methods/message-objects.ts";
import { describePage, pickPage } from "#sandbox/telegram/methods/message-pages.ts";
import {
  countMessages,
  findSlot,
  messageAt,
  type MessageView,
} from "#sandbox/telegram/methods/message-view.ts";
import { countUnread, markRead } from "#sandbox/telegram/methods/read-marks.ts";
import { boxOf, viewOfGroup, viewOfPair } from "#sandbox/telegram/methods/telegram-state.ts";
import { describeUsers } from "#sandbox/telegram/methods/user-objects.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import { textOf } from "#sandbox/telegram/methods/request-text.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";

/** Reading messages (core.telegram.org/methods#working-with-messages, checked 2026-11). */
export const HISTORY_METHODS: MethodRegistry = {
  "messages.getHistory": (request, call) => {
    const peer = openPeer(call, request["peer"] as TlObject);
    const view = viewOf(call, peer);
    return describePage(call, peer, view, pickPage(view, request, call), countMessages(view));
  },

  "messages.search": (request, call) => {
    const peer = openPeer(call, request["peer"] as TlObject);
    const view = viewOf(call, peer);
    const fits = matcher(request, call);
    const count = countFitting(view, fits);
    return describePage(call, peer, view, pickPage(view, request, call, fits, false), count);
  },

  // The answers to one message; in a forum the messages of a topic.
  "messages.getReplies": (request, call) => {
    const peer = openPeer(call, request["peer"] as TlObject);
    const view = viewOf(call, peer);
    const msgId = Number(request["msg_id"]);
    const slot = findSlot(view, msgId);
    const isForum = peer.group?.kind === "forum";
    if (isForum ? !peer.group.topics.has(msgId) : slot < 0) {
      throw new RpcError(400, isForum ? "TOPIC_ID_INVALID" : "MSG_ID_INVALID");
    }
    const position = slot < 0 ? -1 : view.positionAt(slot);
    const fits = (message: LoggedMessage): boolean =>
      isForum ? inTopic(message, msgId) : message.replyTo === position;
    const count = countFitting(view, fits);
    return describePage(call, peer, view, pickPage(view, request, call, fits, false), count);
  },

  // By the account's own ids, so in basic groups and private chats only.
  "messages.getMessages": (request, call) => {
    const viewer = viewerOf(call).index;
    const box = boxOf(call.world, viewer);
    const chats = new Set<TelegramGroup>();
    const users = new Set<number>();
    const messages = readIds(request).map((id): TlObject => {
      const found = box.find(id);
      const message = found?.log.at(found.position);
      if (!found || !message) return { _: "messageEmpty", id };
      for (const user of usersOfMessage(message)) users.add(user);
      for (const user of found.log.pair ?? []) users.add(user);
      if (found.log.group) chats.add(found.log.group);
      return describeMessage(call.world, found.log, found.position, viewer);
    });
    return {
      _: "messages.messages",
      messages,
      topics: [],
      chats: Array.from(chats, (group) => describeGroup(call.world, group, viewer)),
      users: describeUsers(call, users, viewer),
    };
  },

  "channels.getMessages": (request, call) => {
    const group = openChannel(call, request["channel"] as TlObject);
    const ids = readIds(request);
    if (ids.length === 0) throw new RpcError(400, "MESSAGE_IDS_EMPTY");
    const view = viewOf(call, { group, user: null });
    const slots = ids.map((id) => findSlot(view, id));
    const page = slots.filter((slot) => slot >= 0);
    const answer = describePage(call, { group, user: null }, view, page, ids.length);
    const found = [...(answer["messages"] as readonly TlObject[])];
    const messages = ids.map((id, at) =>
      (slots[at] as number) < 0 ? { _: "messageEmpty", id } : (found.shift() as TlObject),
    );
    return { ...answer, messages };
  },

  "messages.readHistory": (request, call) => {
    const peer = openPeer(call, request["peer"] as TlObject);
    if (peer.group && peer.group.kind !== "basic") throw new RpcError(400, "PEER_ID_INVALID");
    const viewer = viewerOf(call).index;
    const view = viewOf(call, peer);
    const maxId = Number(request["max_id"]);
    const count = markRead(call.world, view, viewer, maxId);
    if (count > 0) {
      const change = {
        ptsCount: count,
        update: () => ({
          _: "updateReadHistoryInbox",
          peer: peer.group
            ? { _: "peerChat", chat_id: BigInt(peer.group.id) }
            : { _: "peerUser", user_id: BigInt(peer.user?.id ?? 0) },
          max_id: maxId,
          still_unread_count: countUnread(call.world, view, viewer),
        }),
      };
      call.updates.publishToAccount(call.account, change);
    }
    return { _: "messages.affectedMessages", pts: call.updates.accountPts(call.account), pts_count: count };
  },

  "channels.readHistory": (request, call) => {
    const group = openJoinedChannel(call, request["channel"] as TlObject);
    const viewer = viewerOf(call).index;
    const view = viewOf(call, { group, user: null });
    const maxId = Number(request["max_id"]);
    const count = markRead(call.world, view, viewer, maxId);
    if (count > 0) {
      const update = {
        _: "updateReadChannelInbox",
        channel_id: BigInt(group.id),
        max_id: maxId,
        still_unread_count: countUnread(call.world, view, viewer),
        pts: call.updates.channelPts(BigInt(group.id)),
      };
      call.updates.announce([call.account], { update: () => update });
    }
    return count > 0;
  },
};

/** A chat's messages as the asker may see them. */
export function viewOf(call: CallContext, peer: Peer): MessageView {
  const viewer = viewerOf(call).index;
  return peer.group
    ? viewOfGroup(call.world, peer.group, viewer)
    : viewOfPair(call.world, viewer, peer.user.index);
}

/** Whether a message belongs to a topic; "General" (1) has those of no other. */
export function inTopic(message: LoggedMessage, topic: number): boolean {
  if (message.action?.kind === "topic-created") return false;
  return (message.topic ?? 1) === topic;
}

function countFitting(view: MessageView, fits: (message: LoggedMessage) => boolean): number {
  let count = 0;
  for (let slot = 0; slot < view.size; slot++) {
    const message = messageAt(view, slot);
    if (message && fits(message)) count++;
  }
  return count;
}

/** What messages.search looks for: words, an author, a topic, dates, documents. Other kinds of media there are none. */
function matcher(request: TlObject, call: CallContext): (message: LoggedMessage) => boolean {
  const wanted = textOf(request, "q").toLowerCase();
  const from = request["from_id"] as TlObject | undefined;
  const author =
    from && from._ !== "inputPeerEmpty" ? (findUser(call, from) ?? openUser(call, from)).index : null;
  const topic = request["top_msg_id"] as number | undefined;
  const minDate = Number(request["min_date"] ?? 0);
  const maxDate = Number(request["max_date"] ?? 0);
  const filter = (request["filter"] as TlObject | undefined)?._ ?? "inputMessagesFilterEmpty";
  return (message) =>
    (filter === "inputMessagesFilterEmpty" ||
      (filter === "inputMessagesFilterDocument" && message.fileId !== undefined)) &&
    (wanted === "" || message.text.toLowerCase().includes(wanted)) &&
    (author === null || message.from === author) &&
    (topic === undefined || inTopic(message, topic)) &&
    (minDate <= 0 || message.dateS > minDate) &&
    (maxDate <= 0 || message.dateS < maxDate);
}

function readIds(request: TlObject): number[] {
  const inputs = request["id"] as readonly (TlObject | number)[];
  return inputs.map((input) => (typeof input === "number" ? input : Number(input["id"] ?? 0)));
}
