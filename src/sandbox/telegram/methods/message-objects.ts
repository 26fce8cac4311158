import { accessHash } from "#sandbox/telegram/methods/access-hash.ts";
import { peerOfGroup, peerOfUser, userId } from "#sandbox/telegram/methods/group-objects.ts";
import type { LoggedMessage, MessageLog } from "#sandbox/telegram/methods/message-log.ts";
import { boxOf, stateOf } from "#sandbox/telegram/methods/telegram-state.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { World } from "#sandbox/world/model.ts";
import type { TelegramAction } from "#sandbox/world/telegram-past.ts";

/** A message of a log as a user, by index, sees it; the message must be there. */
export function describeMessage(world: World, log: MessageLog, position: number, viewer: number): TlObject {
  const id = messageId(world, log, position, viewer);
  const message = log.at(position);
  if (!message) return { _: "messageEmpty", id };
  const isPost = log.group?.kind === "channel";
  const rest = {
    out: message.from === viewer,
    post: isPost,
    id,
    from_id: isPost ? undefined : peerOfUser(world, message.from),
    peer_id: peerOf(world, log, viewer),
    reply_to: replyHeader(world, log, message, viewer),
    date: message.dateS,
  };
  if (message.action) return { _: "messageService", ...rest, action: actionObject(world, message.action) };
  return {
    _: "message",
    ...rest,
    message: message.text,
    media: message.fileId === undefined ? undefined : describeMedia(world, message.fileId, viewer),
    views: isPost ? 10 + (position % 90) : undefined,
    forwards: isPost ? 0 : undefined,
    edit_date: message.editedS,
    pinned: log.group?.pinned.has(position) ?? false,
  };
}

/** The id a user knows a message by; 0 when they never got it. */
export function messageId(world: World, log: MessageLog, position: number, viewer: number): number {
  if (log.group !== null && log.group.kind !== "basic") return position + 1;
  return boxOf(world, viewer).idOf(log, position) ?? 0;
}

/** The users a message names, by index: what an answer's `users` must hold. */
export function usersOfMessage(message: LoggedMessage): number[] {
  const { action } = message;
  if (action?.kind === "added") return [message.from, ...action.users];
  if (action?.kind === "removed") return [message.from, action.user];
  if (action?.kind === "joined-by-link") return [message.from, action.inviter];
  return [message.from];
}

/** `messageMediaDocument` of a stored file. */
function describeMedia(world: World, fileId: bigint, viewer: number): TlObject | undefined {
  const file = stateOf(world).files.get(fileId);
  if (!file) return undefined;
  return {
    _: "messageMediaDocument",
    document: {
      _: "document",
      id: file.id,
      access_hash: accessHash(world.seed, viewer, "document", Number(file.id)),
      file_reference: new Uint8Array([1, 2, 3, 4]),
      date: file.dateS,
      mime_type: file.mimeType,
      size: BigInt(file.bytes.length),
      dc_id: 2,
      attributes: [{ _: "documentAttributeFilename", file_name: file.name }],
    },
  };
}

function peerOf(world: World, log: MessageLog, viewer: number): TlObject {
  if (log.group !== null) return peerOfGroup(log.group);
  const [one, other] = log.pair as readonly [number, number];
  return peerOfUser(world, one === viewer ? other : one);
}

function replyHeader(
  world: World,
  log: MessageLog,
  message: LoggedMessage,
  viewer: number,
): TlObject | undefined {
  const { topic, replyTo } = message;
  // The message that made a topic is not in it.
  const inTopic = topic !== undefined && message.action?.kind !== "topic-created";
  if (!inTopic && replyTo === undefined) return undefined;
  const answered = replyTo === undefined ? topic : messageId(world, log, replyTo, viewer);
  if (answered === 0) return undefined;
  return {
    _: "messageReplyHeader",
    forum_topic: inTopic,
    reply_to_msg_id: answered,
    reply_to_top_id: inTopic && replyTo !== undefined ? topic : undefined,
  };
}

function actionObject(world: World, action: TelegramAction): TlObject {
  switch (action.kind) {
    case "created":
      return action.users
        ? {
            _: "messageActionChatCreate",
            title: action.title,
            users: action.users.map((user) => userId(world, user)),
          }
        : { _: "messageActionChannelCreate", title: action.title };
    case "migrated-from":
      return { _: "messageActionChannelMigrateFrom", title: action.title, chat_id: BigInt(action.chatId) };
    case "migrated-to":
      return { _: "messageActionChatMigrateTo", channel_id: BigInt(action.channelId) };
    case "renamed":
      return { _: "messageActionChatEditTitle", title: action.title };
    case "added":
      return { _: "messageActionChatAddUser", users: action.users.map((user) => userId(world, user)) };
    case "joined-by-link":
      return { _: "messageActionChatJoinedByLink", inviter_id: userId(world, action.inviter) };
    case "removed":
      return { _: "messageActionChatDeleteUser", user_id: userId(world, action.user) };
    case "pinned":
      return { _: "messageActionPinMessage" };
    case "topic-created":
      return { _: "messageActionTopicCreate", title: action.title, icon_color: action.iconColor };
    case "topic-edited":
      return {
        _: "messageActionTopicEdit",
        title: action.title,
        closed: action.closed,
        hidden: action.hidden,
      };
  }
}
