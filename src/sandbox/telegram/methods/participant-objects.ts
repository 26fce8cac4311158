import {
  adminRights,
  bannedRights,
  peerOfUser,
  rightsObject,
  userId,
} from "#sandbox/telegram/methods/group-objects.ts";
import { stateOf } from "#sandbox/telegram/methods/telegram-state.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { World } from "#sandbox/world/model.ts";
import { mixBits } from "#sandbox/world/random.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { isAdmin } from "#sandbox/world/telegram-world.ts";

/** The `ChannelParticipant` of somebody who is in a channel, or was restricted or banned there. */
export function describeParticipant(
  world: World,
  group: TelegramGroup,
  user: number,
  viewer: number,
): TlObject {
  // Rows of administrators and one's own differ from viewer to viewer; those of all others are made once.
  if (user === viewer || isAdmin(group, user)) return makeRow(world, group, user, viewer);
  const { memberRows } = stateOf(world);
  let rows = memberRows.get(group);
  if (!rows) memberRows.set(group, (rows = new Map()));
  let row = rows.get(user);
  if (!row) rows.set(user, (row = makeRow(world, group, user, viewer)));
  return row;
}

/** The `ChatParticipant` of a member of a basic group. */
export function describeChatParticipant(world: World, group: TelegramGroup, user: number): TlObject {
  const user_id = userId(world, user);
  if (group.creator === user) return { _: "chatParticipantCreator", user_id };
  return {
    _: group.admins.has(user) ? "chatParticipantAdmin" : "chatParticipant",
    user_id,
    inviter_id: inviterOf(world, group, user),
    date: joinDate(group, user),
  };
}

/** `chatParticipants`, or the forbidden form for those who may not see them. */
export function describeChatParticipants(world: World, group: TelegramGroup, viewer: number): TlObject {
  const chat_id = BigInt(group.id);
  if (!group.members.has(viewer) || group.migratedTo !== null || group.isDeleted) {
    return { _: "chatParticipantsForbidden", chat_id };
  }
  const participants = Array.from(group.members.indices, (user) =>
    describeChatParticipant(world, group, user),
  );
  return { _: "chatParticipants", chat_id, participants, version: group.version };
}

function makeRow(world: World, group: TelegramGroup, user: number, viewer: number): TlObject {
  const user_id = userId(world, user);
  const ban = group.bans.get(user);
  if (ban) {
    return {
      _: "channelParticipantBanned",
      left: !group.members.has(user),
      peer: peerOfUser(world, user),
      kicked_by: userId(world, ban.by),
      date: ban.dateS,
      banned_rights: bannedRights(ban),
    };
  }
  if (!group.members.has(user)) return { _: "channelParticipantLeft", peer: peerOfUser(world, user) };
  const date = joinDate(group, user);
  if (group.creator === user) {
    return { _: "channelParticipantCreator", user_id, admin_rights: adminRights(group, user) };
  }
  const isSelf = user === viewer;
  const inviter_id = isSelf ? inviterOf(world, group, user) : undefined;
  const admin = group.admins.get(user);
  if (!admin)
    return { _: isSelf ? "channelParticipantSelf" : "channelParticipant", user_id, inviter_id, date };
  return {
    _: "channelParticipantAdmin",
    can_edit: group.creator === viewer || admin.promotedBy === viewer,
    self: isSelf,
    user_id,
    inviter_id,
    promoted_by: userId(world, admin.promotedBy),
    date: admin.dateS,
    admin_rights: rightsObject("chatAdminRights", admin.rights),
    rank: admin.rank ?? undefined,
  };
}

function joinDate(group: TelegramGroup, user: number): number {
  return group.joins.get(user)?.dateS ?? group.createdS + (mixBits(group.id + user) % 10_000_000);
}

function inviterOf(world: World, group: TelegramGroup, user: number): bigint {
  return userId(world, group.joins.get(user)?.inviter ?? group.creator ?? (group.authors[0] as number));
}
