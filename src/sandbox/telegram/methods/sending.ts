import type { CallContext, MethodRegistry } from "#sandbox/telegram/method.ts";
import { describeGroup } from "#sandbox/telegram/methods/group-objects.ts";
import { keepUpload } from "#sandbox/telegram/methods/files.ts";
import { viewOf } from "#sandbox/telegram/methods/history.ts";
import { openPeer, viewerOf, openJoinedChannel, type Peer } from "#sandbox/telegram/methods/inputs.ts";
import type { MessageLog } from "#sandbox/telegram/methods/message-log.ts";
import { messageId } from "#sandbox/telegram/methods/message-objects.ts";
import { findSlot } from "#sandbox/telegram/methods/message-view.ts";
import { accountsOf, changeOfGroup, tellOfMessage } from "#sandbox/telegram/methods/publishing.ts";
import { boxOf, stateOf } from "#sandbox/telegram/methods/telegram-state.ts";
import { describeUsers } from "#sandbox/telegram/methods/user-objects.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import { textOf } from "#sandbox/telegram/methods/request-text.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { hasRight } from "#sandbox/world/telegram-world.ts";

/** Longest message (core.telegram.org/api/config `message_length_max`, in UTF-16 units; checked 2026-11). */
const TEXT_MOST = 4_096;

/** Writing, editing and deleting messages (core.telegram.org/methods#working-with-messages, checked 2026-11). */
export const SENDING_METHODS: MethodRegistry = {
  "messages.sendMessage": (request, call) => {
    const text = textOf(request, "message");
    if (text.trim() === "") throw new RpcError(400, "MESSAGE_EMPTY");
    return send(request, call, text);
  },

  "messages.sendMedia": (request, call) =>
    send(request, call, textOf(request, "message"), keepUpload(request["media"] as TlObject, call)),

  "messages.editMessage": (request, call) => {
    const peer = openPeer(call, request["peer"] as TlObject);
    const view = viewOf(call, peer);
    const slot = findSlot(view, Number(request["id"]));
    if (slot < 0) throw new RpcError(400, "MESSAGE_ID_INVALID");
    const position = view.positionAt(slot);
    const message = view.log.at(position);
    const text = textOf(request, "message");
    if (!message || message.action || message.from !== viewerOf(call).index)
      throw new RpcError(403, "MESSAGE_AUTHOR_REQUIRED");
    if (text.trim() === "") throw new RpcError(400, "MESSAGE_EMPTY");
    if (text === message.text) throw new RpcError(400, "MESSAGE_NOT_MODIFIED");
    view.log.edit(position, text, call.nowS);
    return answerAbout(call, peer, tellOfMessage(call, view.log, position, call.account, "edit"));
  },

  // Ids are the account's own, so these are messages of basic groups and private chats.
  "messages.deleteMessages": (request, call) => {
    const viewer = viewerOf(call).index;
    const box = boxOf(call.world, viewer);
    const byLog = new Map<MessageLog, number[]>();
    for (const id of request["id"] as readonly number[]) {
      const found = box.find(id);
      const message = found?.log.at(found.position);
      if (!found || !message) continue;
      const { group } = found.log;
      if (group && message.from !== viewer && !hasRight(group, viewer, "delete_messages")) {
        throw new RpcError(403, "MESSAGE_DELETE_FORBIDDEN");
      }
      byLog.set(found.log, [...(byLog.get(found.log) ?? []), found.position]);
    }
    let count = 0;
    for (const [log, positions] of byLog) {
      count += positions.length;
      removeFromAccounts(call, log, positions);
    }
    return { _: "messages.affectedMessages", pts: call.updates.accountPts(call.account), pts_count: count };
  },

  "channels.deleteMessages": (request, call) => {
    const group = openJoinedChannel(call, request["channel"] as TlObject);
    const viewer = viewerOf(call).index;
    const view = viewOf(call, { group, user: null });
    const slots = (request["id"] as readonly number[])
      .map((id) => findSlot(view, id))
      .filter((slot) => slot >= 0);
    for (const slot of slots) {
      const own = view.log.at(view.positionAt(slot))?.from === viewer;
      if (!own && !hasRight(group, viewer, "delete_messages"))
        throw new RpcError(403, "MESSAGE_DELETE_FORBIDDEN");
    }
    const ids = slots.map((slot) => view.idAt(slot));
    removeFromChannel(call, group, view.log, ids);
    const pts = call.updates.channelPts(BigInt(group.id));
    return { _: "messages.affectedMessages", pts, pts_count: ids.length };
  },
};

/** Deletes messages of a channel, by id, for everybody. */
export function removeFromChannel(
  call: CallContext,
  group: TelegramGroup,
  log: MessageLog,
  ids: readonly number[],
): void {
  if (ids.length === 0) return;
  for (const id of ids) log.remove(id - 1);
  const update = { _: "updateDeleteChannelMessages", channel_id: BigInt(group.id), messages: ids };
  const readers = accountsOf(call, group.members.indices);
  const change = changeOfGroup(call, group, () => update, [], ids.length);
  call.updates.publishToChannel(BigInt(group.id), readers, change, call.account);
}

function removeFromAccounts(call: CallContext, log: MessageLog, positions: readonly number[]): void {
  const readers = log.group ? [...log.group.members.indices] : [...new Set(log.pair)];
  const idsOf = (reader: number): number[] =>
    positions.map((position) => messageId(call.world, log, position, reader)).filter((id) => id > 0);
  const lists = new Map(readers.map((reader) => [reader, idsOf(reader)]));
  for (const position of positions) log.remove(position);
  for (const [reader, messages] of lists) {
    if (messages.length === 0) continue;
    const update = { _: "updateDeleteMessages", messages };
    for (const account of accountsOf(call, [reader])) {
      call.updates.publishToAccount(account, { update: () => update, ptsCount: messages.length });
    }
  }
}

/** The same `random_id` sends once: a client that lost the answer repeats its request. */
function send(request: TlObject, call: CallContext, text: string, fileId?: bigint): TlObject {
  if (text.length > TEXT_MOST) throw new RpcError(400, "MESSAGE_TOO_LONG");
  const peer = openPeer(call, request["peer"] as TlObject);
  const viewer = viewerOf(call).index;
  if (peer.group) requireMayWrite(peer.group, viewer);
  else if (peer.user.isDeleted) throw new RpcError(400, "INPUT_USER_DEACTIVATED");
  const { sent } = stateOf(call.world);
  const key = `${viewer} ${request["random_id"] as bigint}`;
  if (sent.has(key)) throw new RpcError(500, "RANDOM_ID_DUPLICATE");
  const view = viewOf(call, peer);
  const reply = readReply(request, call, peer);
  const message = { dateS: call.nowS, from: viewer, text, ...reply, ...(fileId !== undefined && { fileId }) };
  const position = view.log.post(message);
  const told = tellOfMessage(call, view.log, position, call.account, "new");
  sent.set(key, { log: view.log, position });
  const id = messageId(call.world, view.log, position, viewer);
  const named = { _: "updateMessageID", id, random_id: request["random_id"] };
  return answerAbout(call, peer, [named, ...told]);
}

function requireMayWrite(group: TelegramGroup, viewer: number): void {
  if (group.migratedTo !== null || group.isDeleted) throw new RpcError(400, "CHAT_ID_INVALID");
  if (!group.members.has(viewer)) {
    throw group.kind === "basic"
      ? new RpcError(403, "CHAT_WRITE_FORBIDDEN")
      : new RpcError(403, "CHAT_GUEST_SEND_FORBIDDEN");
  }
  if (group.kind === "channel") {
    if (!hasRight(group, viewer, "post_messages")) throw new RpcError(403, "CHAT_ADMIN_REQUIRED");
    return;
  }
  if (group.creator === viewer || group.admins.has(viewer)) return;
  if (group.bans.get(viewer)?.rights.includes("send_messages"))
    throw new RpcError(400, "USER_BANNED_IN_CHANNEL");
  if (group.defaultBans.includes("send_messages")) throw new RpcError(403, "CHAT_WRITE_FORBIDDEN");
}

/** Which message or topic a new message answers; throws for one that is not there, and for a closed topic. */
function readReply(request: TlObject, call: CallContext, peer: Peer): { replyTo?: number; topic?: number } {
  const input = request["reply_to"] as TlObject | undefined;
  if (input?._ !== "inputReplyToMessage") return {};
  const answered = Number(input["reply_to_msg_id"]);
  const { group } = peer;
  const topicId = Number(input["top_msg_id"] ?? answered);
  const topic = group?.kind === "forum" ? group.topics.get(topicId) : undefined;
  if (topic) {
    const viewer = viewerOf(call).index;
    if (topic.closed && !hasRight(group as TelegramGroup, viewer, "manage_topics"))
      throw new RpcError(406, "TOPIC_CLOSED");
    const inside = topicId !== answered;
    return {
      ...(topicId !== 1 && { topic: topicId }),
      ...(inside && { replyTo: positionOf(call, peer, answered) }),
    };
  }
  if (group?.kind === "forum" && input["top_msg_id"] !== undefined) throw new RpcError(406, "TOPIC_DELETED");
  const replyTo = positionOf(call, peer, answered);
  const inherited = group?.kind === "forum" ? viewOf(call, peer).log.at(replyTo)?.topic : undefined;
  return { replyTo, ...(inherited !== undefined && { topic: inherited }) };
}

function positionOf(call: CallContext, peer: Peer, id: number): number {
  const view = viewOf(call, peer);
  const slot = findSlot(view, id);
  if (slot < 0) throw new RpcError(400, "REPLY_MESSAGE_ID_INVALID");
  return view.positionAt(slot);
}

/** The answer of a method that changed a chat. */
export function answerAbout(
  call: CallContext,
  peer: Peer,
  updates: readonly TlObject[],
  users: readonly number[] = [],
): TlObject {
  const viewer = viewerOf(call).index;
  const named = [viewer, ...users, ...(peer.user ? [peer.user.index] : [])];
  const chats = peer.group ? [describeGroup(call.world, peer.group, viewer)] : [];
  return call.updates.answer(updates, describeUsers(call, named, viewer), chats);
}
