import type { CallContext, MethodRegistry } from "#sandbox/telegram/method.ts";
import { actorOf, answer } from "#sandbox/telegram/methods/basic-groups.ts";
import { addMembers, logEvent, removeMember, touchGroup } from "#sandbox/telegram/methods/group-actions.ts";
import {
  findChannel,
  openJoinedChannel,
  openPeer,
  openUser,
  viewerOf,
} from "#sandbox/telegram/methods/inputs.ts";
import { FOR_EVER, isBanned } from "#sandbox/telegram/methods/group-objects.ts";
import { planInvitation } from "#sandbox/telegram/methods/inviting.ts";
import { describeParticipant } from "#sandbox/telegram/methods/participant-objects.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { AdminRight, TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { hasRight, isAdmin, mayAsMember } from "#sandbox/world/telegram-world.ts";

/** Layer since which joining answers with more than updates. */
const JOIN_RESULT_LAYER = 225;

/** Coming, going and what one may do (core.telegram.org/methods#working-with-channelssupergroups, checked 2026-11). */
export const CHANNEL_MEMBER_METHODS: MethodRegistry = {
  "channels.inviteToChannel": (request, call) => {
    const group = openJoinedChannel(call, request["channel"] as TlObject);
    const viewer = viewerOf(call).index;
    const users = (request["users"] as readonly TlObject[]).map((input) => openUser(call, input));
    if (!mayAsMember(group, viewer, "invite_users")) throw new RpcError(403, "CHAT_ADMIN_REQUIRED");
    const { welcome, missing } = planInvitation(call, group, users, viewer);
    const told = addMembers(call, group, welcome, actorOf(call));
    return {
      _: "messages.invitedUsers",
      updates: answer(call, group, told, welcome),
      missing_invitees: missing,
    };
  },

  "channels.joinChannel": (request, call) => {
    const group = findChannel(call, request["channel"] as TlObject);
    const viewer = viewerOf(call).index;
    if (group.isDeleted || group.username === null || isBanned(group, viewer))
      throw new RpcError(406, "CHANNEL_PRIVATE");
    if (group.members.has(viewer)) throw new RpcError(400, "USER_ALREADY_PARTICIPANT");
    const updates = answer(call, group, addMembers(call, group, [viewer], actorOf(call), "joined"));
    return call.layer >= JOIN_RESULT_LAYER ? { _: "messages.chatInviteJoinResultOk", updates } : updates;
  },

  "channels.leaveChannel": (request, call) => {
    const group = findChannel(call, request["channel"] as TlObject);
    const viewer = viewerOf(call).index;
    if (group.isDeleted) throw new RpcError(406, "CHANNEL_PRIVATE");
    if (!group.members.has(viewer)) throw new RpcError(400, "USER_NOT_PARTICIPANT");
    if (group.creator === viewer) throw new RpcError(400, "USER_CREATOR");
    return answer(call, group, removeMember(call, group, viewer, actorOf(call)));
  },

  // `view_messages` bans; without any right somebody is free again; anything between restricts.
  "channels.editBanned": (request, call) => {
    const group = openJoinedChannel(call, request["channel"] as TlObject);
    const { user } = openPeer(call, request["participant"] as TlObject);
    if (!user) throw new RpcError(400, "PARTICIPANT_ID_INVALID");
    const viewer = viewerOf(call).index;
    if (!hasRight(group, viewer, "ban_users")) throw new RpcError(403, "CHAT_ADMIN_REQUIRED");
    const mayDemote = group.creator === viewer || group.admins.get(user.index)?.promotedBy === viewer;
    if (user.index === group.creator || (isAdmin(group, user.index) && !mayDemote)) {
      throw new RpcError(400, "USER_ADMIN_INVALID");
    }
    if (user.index === viewer) throw new RpcError(400, "USER_ID_INVALID");
    const wanted = request["banned_rights"] as TlObject;
    const ban = {
      rights: rightsOf(wanted),
      by: viewer,
      dateS: call.nowS,
      untilS: readUntil(Number(wanted["until_date"] ?? 0), call.nowS),
    };
    if (ban.rights.includes("view_messages")) {
      return answer(call, group, removeMember(call, group, user.index, actorOf(call), ban), [user.index]);
    }
    if (ban.rights.length === 0) group.bans.delete(user.index);
    else group.bans.set(user.index, ban);
    return answer(call, group, touchGroup(call, group), [user.index]);
  },

  "channels.editAdmin": (request, call) => {
    const group = openJoinedChannel(call, request["channel"] as TlObject);
    const user = openUser(call, request["user_id"] as TlObject);
    const viewer = viewerOf(call).index;
    if (!hasRight(group, viewer, "add_admins")) throw new RpcError(403, "CHAT_ADMIN_REQUIRED");
    if (user.index === group.creator) throw new RpcError(400, "USER_CREATOR");
    if (user.isDeleted) throw new RpcError(400, "INPUT_USER_DEACTIVATED");
    const rights = rightsOf(request["admin_rights"] as TlObject) as AdminRight[];
    if (rights.some((right) => !hasRight(group, viewer, right))) throw new RpcError(403, "RIGHT_FORBIDDEN");
    const isIn = group.members.has(user.index);
    const told = isIn || rights.length === 0 ? [] : admit(call, group, user.index);
    if (rights.length === 0) {
      group.admins.delete(user.index);
    } else {
      const rank = request["rank"];
      group.bans.delete(user.index);
      group.admins.set(user.index, {
        rights,
        promotedBy: viewer,
        dateS: call.nowS,
        rank: typeof rank === "string" && rank !== "" ? rank : null,
      });
    }
    const updates = [...told, ...touchGroup(call, group)];
    const participant = describeParticipant(call.world, group, user.index, viewer);
    logEvent(call, group, viewer, {
      _: "channelAdminLogEventActionParticipantToggleAdmin",
      prev_participant: { _: "channelParticipant", user_id: BigInt(user.id), date: call.nowS },
      new_participant: participant,
    });
    return answer(call, group, updates, [user.index]);
  },

  // The new owner must be a member; the old one stays as an administrator.
  "channels.editCreator": async (request, call) => {
    const group = openJoinedChannel(call, request["channel"] as TlObject);
    const user = openUser(call, request["user_id"] as TlObject);
    const viewer = viewerOf(call).index;
    if (group.creator !== viewer) throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
    if (user.index === viewer || user.isBot || user.isDeleted) throw new RpcError(400, "USER_ID_INVALID");
    if (!group.members.has(user.index)) throw new RpcError(400, "USER_ID_INVALID");
    await requirePassword(call, request["password"] as TlObject);
    const rights = [...(group.admins.get(user.index)?.rights ?? [])];
    group.admins.delete(user.index);
    group.creator = user.index;
    group.admins.set(viewer, {
      rights:
        rights.length > 0
          ? rights
          : ["change_info", "delete_messages", "ban_users", "invite_users", "pin_messages", "other"],
      promotedBy: user.index,
      dateS: call.nowS,
      rank: null,
    });
    return answer(call, group, touchGroup(call, group), [user.index]);
  },
};

/** The rights that are set in a `chatAdminRights` or `chatBannedRights`. */
export function rightsOf(rights: TlObject): string[] {
  return Object.keys(rights).filter((name) => rights[name] === true);
}

/** Less than 30 seconds or more than 366 days ahead is for ever (core.telegram.org/constructor/chatBannedRights, 2026-11). */
function readUntil(untilS: number, nowS: number): number {
  const aheadS = untilS - nowS;
  return aheadS < 30 || aheadS > 366 * 86_400 ? FOR_EVER : untilS;
}

/** Somebody made an administrator who is no member yet comes in by it. */
function admit(call: CallContext, group: TelegramGroup, user: number): TlObject[] {
  if (!mayAsMember(group, viewerOf(call).index, "invite_users"))
    throw new RpcError(403, "CHAT_ADMIN_INVITE_REQUIRED");
  return addMembers(call, group, [user], actorOf(call));
}

/** The account's cloud password proves that it is its owner who gives a group away. */
async function requirePassword(call: CallContext, proof: TlObject): Promise<void> {
  if (proof._ === "inputCheckPasswordEmpty") throw new RpcError(400, "PASSWORD_HASH_INVALID");
  if (!call.checkPassword) throw new RpcError(400, "PASSWORD_MISSING");
  await call.checkPassword(proof);
}
