import type { Person, World } from "#sandbox/world/model.ts";
import type {
  AdminRight,
  TelegramGroup,
  TelegramUser,
  TelegramWorld,
} from "#sandbox/world/telegram-model.ts";

/** Everything an owner may do. */
export const ALL_RIGHTS: readonly AdminRight[] = [
  "change_info",
  "delete_messages",
  "ban_users",
  "invite_users",
  "pin_messages",
  "add_admins",
  "manage_call",
  "other",
];

/** Adds the indexes the Telegram side of a world is read through. */
export function assembleTelegram(parts: {
  users: TelegramUser[];
  groups: readonly TelegramGroup[];
  contacts: Map<number, Set<number>>;
  anchor: number | null;
}): TelegramWorld {
  const telegram: TelegramWorld = {
    users: parts.users,
    userById: new Map(parts.users.map((user) => [user.id, user])),
    chats: new Map(),
    channels: new Map(),
    usernames: new Map(),
    contacts: parts.contacts,
    folders: new Map(),
    archived: new Map(),
    pinned: new Map(),
    flooded: new Set(),
    traits: {
      commonChatsShowHidden: false,
      hiddenPointLookup: false,
      recentFirstPageOnly: false,
      peerFloodAfter: null,
      peerFloodAfterWaits: 3,
    },
    anchor: parts.anchor,
  };
  for (const user of parts.users) {
    if (user.username !== null) telegram.usernames.set(user.username.toLowerCase(), { user });
  }
  for (const group of parts.groups) {
    (group.kind === "basic" ? telegram.chats : telegram.channels).set(group.id, group);
    if (group.username !== null) telegram.usernames.set(group.username.toLowerCase(), { group });
  }
  return telegram;
}

/** Somebody's entry on Telegram's side; somebody who signed up while the sandbox ran gets one. */
export function telegramUserOf(world: World, userId: number, person: Person, isBot: boolean): TelegramUser {
  const { telegram } = world;
  const known = telegram.userById.get(userId);
  if (known) return known;
  const user = makeTelegramUser(telegram.users.length, userId, person, isBot);
  telegram.users.push(user);
  telegram.userById.set(userId, user);
  return user;
}

/** A user without any peculiarity; the name is split at its first space, as people fill in the form. */
export function makeTelegramUser(index: number, id: number, person: Person, isBot: boolean): TelegramUser {
  const [firstName = "", ...rest] = person.name.split(" ");
  return {
    index,
    id,
    person,
    firstName,
    lastName: rest.length > 0 ? rest.join(" ") : null,
    username: person.telegramUsername,
    isBot,
    isDeleted: false,
    invitePrivacy: "everybody",
    inTooManyChannels: false,
  };
}

/** Every group of the world, basic ones first; deactivated and deleted ones included. */
export function* allGroups(telegram: TelegramWorld): Generator<TelegramGroup> {
  yield* telegram.chats.values();
  yield* telegram.channels.values();
}

/** One id space for all: basic groups negative, channels below -1,000,000,000,000, as the Bot API marks them. */
export function botApiId(group: TelegramGroup): number {
  return group.kind === "basic" ? -group.id : -(1_000_000_000_000 + group.id);
}

/** The group with a client's id, a marked id or null. */
export function findGroup(telegram: TelegramWorld, id: number): TelegramGroup | null {
  if (id < -1_000_000_000_000) return telegram.channels.get(-id - 1_000_000_000_000) ?? null;
  if (id < 0) return telegram.chats.get(-id) ?? null;
  return telegram.channels.get(id) ?? telegram.chats.get(id) ?? null;
}

export function isAdmin(group: TelegramGroup, user: number): boolean {
  return group.creator === user || group.admins.has(user);
}

/** Whether somebody holds an administrator's right. Administrators of basic groups hold all of them. */
export function hasRight(group: TelegramGroup, user: number, right: AdminRight): boolean {
  if (group.creator === user) return true;
  const admin = group.admins.get(user);
  return admin !== undefined && (group.kind === "basic" || admin.rights.includes(right));
}

/**
 * What members of a public group never may, whatever its default rights say: "ignored in public supergroups"
 * (core.telegram.org/bots/api#chatpermissions, checked 2026-11).
 */
const NEVER_IN_PUBLIC = ["change_info", "pin_messages"];

/**
 * Whether somebody may do what administrators may and, unless the group forbids it, every member. An administrator without
 * the right may what every member may (core.telegram.org/api/rights, and how Telegram's own library applies it; checked
 * 2026-11).
 */
export function mayAsMember(
  group: TelegramGroup,
  user: number,
  right: "change_info" | "invite_users" | "manage_topics" | "pin_messages",
): boolean {
  if (hasRight(group, user, right)) return true;
  if (group.kind === "channel" || !group.members.has(user)) return false;
  if (group.username !== null && NEVER_IN_PUBLIC.includes(right)) return false;
  const restricted = group.bans.get(user)?.rights.includes(right) ?? false;
  return !restricted && !group.defaultBans.includes(right);
}

/** Whether the member list is kept from somebody: it is hidden, and they are no administrator. */
export function listHiddenFrom(group: TelegramGroup, user: number): boolean {
  if (isAdmin(group, user)) return false;
  return group.participantsHidden || group.kind === "channel";
}
