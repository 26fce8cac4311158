import { Api } from "telegram/tl/index.js";
import { NOTHING, readAbilities } from "./read-abilities.ts";
import { cutName } from "./read-name.ts";
import type { TelegramGroup, TelegramRight } from "./telegram-session.ts";

/** Reads a chat of any kind; null for one of which nothing but its id is known. */
export function readGroup(chat: Api.TypeChat): TelegramGroup | null {
  if (chat instanceof Api.Chat) {
    return {
      groupId: chat.id.toString(),
      kind: "basic",
      title: cutName(chat.title),
      username: null,
      memberCount: chat.participantsCount ?? null,
      right: rightOf(chat),
      may: readAbilities(chat),
      isClosed: chat.left === true || chat.deactivated === true,
      migratedTo: chat.migratedTo instanceof Api.InputChannel ? chat.migratedTo.channelId.toString() : null,
    };
  }
  if (chat instanceof Api.Channel) {
    return {
      groupId: chat.id.toString(),
      kind: kindOf(chat),
      title: cutName(chat.title),
      username: usernameOf(chat),
      memberCount: chat.participantsCount ?? null,
      right: rightOf(chat),
      may: readAbilities(chat),
      isClosed: chat.left === true,
      migratedTo: null,
    };
  }
  if (chat instanceof Api.ChatForbidden || chat instanceof Api.ChannelForbidden) {
    return {
      groupId: chat.id.toString(),
      kind: chat instanceof Api.ChatForbidden ? "basic" : kindOf(chat),
      title: cutName(chat.title),
      username: null,
      memberCount: null,
      right: "member",
      may: NOTHING,
      isClosed: true,
      migratedTo: null,
    };
  }
  return null;
}

/** Reads a list of chats, each once. */
export function readGroups(chats: readonly Api.TypeChat[]): TelegramGroup[] {
  const groups = new Map<string, TelegramGroup>();
  for (const chat of chats) {
    const group = readGroup(chat);
    if (group) groups.set(`${group.kind === "basic"} ${group.groupId}`, group);
  }
  return [...groups.values()];
}

function kindOf(channel: Api.Channel | Api.ChannelForbidden): TelegramGroup["kind"] {
  if (channel instanceof Api.Channel && channel.forum) return "forum";
  // A "gigagroup" is a supergroup in which only admins write.
  const isGroup = channel.megagroup || (channel instanceof Api.Channel && channel.gigagroup);
  return isGroup ? "supergroup" : "broadcast";
}

function rightOf(chat: Api.Chat | Api.Channel): TelegramRight {
  if (chat.creator) return "owner";
  if (!chat.adminRights) return "member";
  return chat.adminRights.changeInfo ? "rename" : "admin";
}

/** A collectible name comes in a list instead. */
function usernameOf(channel: Api.Channel): string | null {
  if (channel.username) return channel.username;
  return channel.usernames?.find(({ active }) => active)?.username ?? null;
}
