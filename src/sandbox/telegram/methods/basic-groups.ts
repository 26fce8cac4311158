import type { CallContext, MethodRegistry } from "#sandbox/telegram/method.ts";
import {
  addMembers,
  deleteGroup,
  removeMember,
  renameGroup,
  touchGroup,
  type Actor,
} from "#sandbox/telegram/methods/group-actions.ts";
import { pinnedIds } from "#sandbox/telegram/methods/group-details.ts";
import { describeGroup, peerOfUser } from "#sandbox/telegram/methods/group-objects.ts";
import { openChat, openLiveChat, openPeer, openUser, viewerOf } from "#sandbox/telegram/methods/inputs.ts";
import { planInvitation } from "#sandbox/telegram/methods/inviting.ts";
import { makeGroup, migrateGroup } from "#sandbox/telegram/methods/new-groups.ts";
import { describeChatParticipants } from "#sandbox/telegram/methods/participant-objects.ts";
import { postToGroup } from "#sandbox/telegram/methods/publishing.ts";
import { answerAbout } from "#sandbox/telegram/methods/sending.ts";
import { describeUsers } from "#sandbox/telegram/methods/user-objects.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import { textOf } from "#sandbox/telegram/methods/request-text.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { hasRight, isAdmin, mayAsMember } from "#sandbox/world/telegram-world.ts";

/** Most members of a basic group, and the longest title (core.telegram.org/api/config, checked 2026-11). */
const MEMBERS_MOST = 200;
const TITLE_MOST = 255;

/** Basic groups (core.telegram.org/methods#working-with-chats, checked 2026-11). */
export const BASIC_GROUP_METHODS: MethodRegistry = {
  "messages.getChats": (request, call) => ({
    _: "messages.chats",
    chats: (request["id"] as readonly bigint[]).map((id) =>
      describeGroup(call.world, openChat(call, id), viewerOf(call).index),
    ),
  }),

  "messages.getFullChat": (request, call) => {
    const group = openChat(call, request["chat_id"]);
    const viewer = viewerOf(call).index;
    const participants = describeChatParticipants(call.world, group, viewer);
    const listed = participants._ === "chatParticipants" ? [...group.members.indices] : [];
    const bots = listed.filter((user) => call.world.telegram.users[user]?.isBot);
    return {
      _: "messages.chatFull",
      full_chat: {
        _: "chatFull",
        can_set_username: group.creator === viewer,
        id: BigInt(group.id),
        about: group.about,
        participants,
        notify_settings: { _: "peerNotifySettings" },
        pinned_msg_id: pinnedIds(call.world, group, viewer).at(-1),
        bot_info: bots.length > 0 ? bots.map((bot) => botInfo(call, bot)) : undefined,
      },
      chats: [describeGroup(call.world, group, viewer)],
      users: describeUsers(call, listed, viewer),
    };
  },

  "messages.editChatTitle": (request, call) => {
    const group = openLiveChat(call, request["chat_id"]);
    const title = readTitle(request);
    if (!mayAsMember(group, viewerOf(call).index, "change_info"))
      throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
    if (title === group.title) throw new RpcError(400, "CHAT_NOT_MODIFIED");
    return answer(call, group, renameGroup(call, group, title, actorOf(call)));
  },

  "messages.addChatUser": (request, call) => {
    const group = openLiveChat(call, request["chat_id"]);
    const user = openUser(call, request["user_id"] as TlObject);
    const viewer = viewerOf(call).index;
    if (group.members.has(user.index)) throw new RpcError(400, "USER_ALREADY_PARTICIPANT");
    if (!mayAsMember(group, viewer, "invite_users")) throw new RpcError(403, "CHAT_ADMIN_REQUIRED");
    if (group.members.size >= MEMBERS_MOST) throw new RpcError(400, "USERS_TOO_MUCH");
    const { welcome, missing } = planInvitation(call, group, [user], viewer);
    const updates = answer(call, group, addMembers(call, group, welcome, actorOf(call)), welcome);
    return { _: "messages.invitedUsers", updates, missing_invitees: missing };
  },

  "messages.deleteChatUser": (request, call) => {
    const group = openLiveChat(call, request["chat_id"]);
    const user = openUser(call, request["user_id"] as TlObject).index;
    const viewer = viewerOf(call).index;
    if (!group.members.has(user)) throw new RpcError(400, "USER_NOT_PARTICIPANT");
    const invited = group.joins.get(user)?.inviter === viewer;
    const may =
      user === viewer ||
      invited ||
      (hasRight(group, viewer, "ban_users") && !isAdmin(group, user)) ||
      group.creator === viewer;
    if (!may) throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
    return answer(call, group, removeMember(call, group, user, actorOf(call)), [user]);
  },

  "messages.editChatAdmin": (request, call) => {
    const group = openLiveChat(call, request["chat_id"]);
    const user = openUser(call, request["user_id"] as TlObject).index;
    const viewer = viewerOf(call).index;
    if (group.creator !== viewer) throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
    if (!group.members.has(user)) throw new RpcError(400, "USER_NOT_PARTICIPANT");
    if (request["is_admin"] === true) {
      group.admins.set(user, { rights: [], promotedBy: viewer, dateS: call.nowS, rank: null });
    } else {
      group.admins.delete(user);
    }
    group.version++;
    touchGroup(call, group);
    return true;
  },

  "messages.createChat": (request, call) => {
    const title = readTitle(request);
    const viewer = viewerOf(call).index;
    const users = (request["users"] as readonly TlObject[]).map((input) => openUser(call, input));
    const group = makeGroup(call.world, {
      kind: "basic",
      title,
      about: "",
      creator: viewer,
      members: [viewer],
      nowS: call.nowS,
    });
    const { welcome, missing } = planInvitation(call, group, users, viewer);
    for (const user of welcome) {
      group.members.add(user);
      group.joins.set(user, { dateS: call.nowS, inviter: viewer, messagesBefore: 0 });
    }
    call.world.telegram.chats.set(group.id, group);
    const action = { kind: "created", title, users: [...group.members.indices] } as const;
    const told = postToGroup(call, group, { dateS: call.nowS, from: viewer, text: "", action }, call.account);
    const updates = answer(call, group, [...touchGroup(call, group), ...told], welcome);
    return { _: "messages.invitedUsers", updates, missing_invitees: missing };
  },

  "messages.deleteChat": (request, call) => {
    const group = openLiveChat(call, request["chat_id"]);
    if (group.creator !== viewerOf(call).index) throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
    deleteGroup(call, group);
    return true;
  },

  "messages.migrateChat": (request, call) => {
    const old = openLiveChat(call, request["chat_id"]);
    if (old.creator !== viewerOf(call).index) throw new RpcError(403, "CHAT_ADMIN_REQUIRED");
    const { group, updates } = migrateGroup(call, old, actorOf(call));
    const viewer = viewerOf(call).index;
    const chats = [old, group].map((one) => describeGroup(call.world, one, viewer));
    return call.updates.answer(updates, describeUsers(call, [viewer], viewer), chats);
  },

  "messages.exportChatInvite": (request, call) => {
    const peer = openPeer(call, request["peer"] as TlObject);
    const { group } = peer;
    if (!group || group.isDeleted || group.migratedTo !== null) throw new RpcError(400, "CHAT_ID_INVALID");
    const viewer = viewerOf(call);
    if (!hasRight(group, viewer.index, "invite_users")) throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
    return {
      _: "chatInviteExported",
      permanent: request["expire_date"] === undefined && request["usage_limit"] === undefined,
      link: `https://t.me/+${group.id.toString(36)}${viewer.id.toString(36)}`,
      admin_id: BigInt(viewer.id),
      date: call.nowS,
      expire_date: request["expire_date"],
      usage_limit: request["usage_limit"],
      title: request["title"],
    };
  },
};

export function actorOf(call: CallContext): Actor {
  return { user: viewerOf(call).index, account: call.account };
}

/** A title that can be given; throws CHAT_TITLE_EMPTY. Longer ones are cut, as Telegram does. */
export function readTitle(request: TlObject): string {
  const title = textOf(request, "title").trim();
  if (title === "") throw new RpcError(400, "CHAT_TITLE_EMPTY");
  return title.slice(0, TITLE_MOST);
}

export function answer(
  call: CallContext,
  group: TelegramGroup,
  updates: readonly TlObject[],
  users: readonly number[] = [],
): TlObject {
  return answerAbout(call, { group, user: null }, updates, users);
}

export function botInfo(call: CallContext, bot: number): TlObject {
  return { _: "botInfo", user_id: peerOfUser(call.world, bot)["user_id"] };
}
