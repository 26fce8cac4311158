import { accessHash } from "#sandbox/telegram/methods/access-hash.ts";
import { stateOf } from "#sandbox/telegram/methods/telegram-state.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { World } from "#sandbox/world/model.ts";
import type { TelegramBan, TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { ALL_RIGHTS } from "#sandbox/world/telegram-world.ts";

/** Until the end of 32-bit time: how Telegram writes "for ever" (core.telegram.org/constructor/chatBannedRights). */
export const FOR_EVER = 2_147_483_647;

/** `peerChat` or `peerChannel`. */
export function peerOfGroup(group: TelegramGroup): TlObject {
  return group.kind === "basic"
    ? { _: "peerChat", chat_id: BigInt(group.id) }
    : { _: "peerChannel", channel_id: BigInt(group.id) };
}

export function peerOfUser(world: World, user: number): TlObject {
  return { _: "peerUser", user_id: userId(world, user) };
}

/** A user's id on the wire, by index. */
export function userId(world: World, user: number): bigint {
  return BigInt(world.telegram.users[user]?.id ?? 0);
}

/** Whether somebody was put out and kept out of a group. */
export function isBanned(group: TelegramGroup, user: number): boolean {
  return group.bans.get(user)?.rights.includes("view_messages") ?? false;
}

/** Whether a user may look into a group: as a member, or because it is public. */
export function mayLook(group: TelegramGroup, user: number): boolean {
  if (group.isDeleted || isBanned(group, user)) return false;
  return group.members.has(user) || group.username !== null;
}

/**
 * The `chat` or `channel` of a group as a user, by index, sees it; the forbidden form for those who may not look in.
 * The same object every time until something changes.
 */
export function describeGroup(world: World, group: TelegramGroup, viewer: number): TlObject {
  const { groupObjects } = stateOf(world);
  let described = groupObjects.get(viewer);
  if (!described) groupObjects.set(viewer, (described = new Map()));
  let object = described.get(group);
  if (!object) {
    object = group.kind === "basic" ? makeChat(world, group, viewer) : makeChannel(world, group, viewer);
    described.set(group, object);
  }
  return object;
}

export function adminRights(group: TelegramGroup, user: number): TlObject | undefined {
  if (group.creator === user) return rightsObject("chatAdminRights", ownerRights(group));
  const admin = group.admins.get(user);
  if (!admin) return undefined;
  return rightsObject(
    "chatAdminRights",
    group.kind === "basic" ? ALL_RIGHTS.filter((right) => right !== "add_admins") : admin.rights,
  );
}

export function bannedRights(ban: Pick<TelegramBan, "rights" | "untilS">): TlObject {
  return { ...rightsObject("chatBannedRights", ban.rights), until_date: ban.untilS };
}

export function rightsObject(
  constructor: "chatAdminRights" | "chatBannedRights",
  rights: readonly string[],
): TlObject {
  return { _: constructor, ...Object.fromEntries(rights.map((right) => [right, true])) };
}

function ownerRights(group: TelegramGroup): readonly string[] {
  if (group.kind === "forum") return [...ALL_RIGHTS, "manage_topics"];
  return group.kind === "channel" ? [...ALL_RIGHTS, "post_messages", "edit_messages"] : ALL_RIGHTS;
}

function makeChat(world: World, group: TelegramGroup, viewer: number): TlObject {
  const isMember = group.members.has(viewer);
  if (group.isDeleted || (!isMember && group.gone.get(viewer) !== "left")) {
    return { _: "chatForbidden", id: BigInt(group.id), title: group.title };
  }
  const { migratedTo } = group;
  return {
    _: "chat",
    creator: group.creator === viewer,
    left: !isMember,
    deactivated: migratedTo !== null,
    id: BigInt(group.id),
    title: group.title,
    photo: { _: "chatPhotoEmpty" },
    participants_count: migratedTo === null ? group.members.size : 0,
    date: group.createdS,
    version: group.version,
    migrated_to:
      migratedTo === null
        ? undefined
        : {
            _: "inputChannel",
            channel_id: BigInt(migratedTo),
            access_hash: accessHash(world.seed, viewer, "channel", migratedTo),
          },
    admin_rights: isMember ? adminRights(group, viewer) : undefined,
    default_banned_rights: bannedRights({ rights: group.defaultBans, untilS: FOR_EVER }),
  };
}

/** Without `participants_count`, which channels.getFullChannel tells and this object need not. */
function makeChannel(world: World, group: TelegramGroup, viewer: number): TlObject {
  const broadcast = group.kind === "channel";
  const rest = {
    broadcast,
    megagroup: !broadcast,
    id: BigInt(group.id),
    access_hash: accessHash(world.seed, viewer, "channel", group.id),
    title: group.title,
  };
  if (!mayLook(group, viewer)) return { _: "channelForbidden", ...rest };
  const restricted = group.bans.get(viewer);
  return {
    _: "channel",
    ...rest,
    creator: group.creator === viewer,
    left: !group.members.has(viewer),
    forum: group.kind === "forum",
    has_link: group.linkedTo !== null,
    username: group.username ?? undefined,
    photo: { _: "chatPhotoEmpty" },
    date: group.joins.get(viewer)?.dateS ?? group.createdS,
    admin_rights: adminRights(group, viewer),
    banned_rights: restricted && bannedRights(restricted),
    default_banned_rights: broadcast
      ? undefined
      : bannedRights({ rights: group.defaultBans, untilS: FOR_EVER }),
  };
}
