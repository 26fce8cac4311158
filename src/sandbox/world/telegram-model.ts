import type { MemberList } from "#sandbox/world/member-list.ts";
import type { Person } from "#sandbox/world/person.ts";

export type TelegramGroupKind = "basic" | "supergroup" | "forum" | "channel";

/** Who may put somebody into groups (core.telegram.org/api/privacy, checked 2026-11). */
export type InvitePrivacy = "everybody" | "contacts" | "nobody";

/** Somebody on Telegram: a person of the world, or one of a large group's crowd who is nowhere else. */
export interface TelegramUser {
  /** Position in `TelegramWorld.users`; memberships refer to it. */
  readonly index: number;
  readonly id: number;
  /** Null for the crowd. */
  readonly person: Person | null;
  firstName: string;
  lastName: string | null;
  username: string | null;
  readonly isBot: boolean;
  /** The account was deleted; it stays in the member lists of its groups, without a name. */
  isDeleted: boolean;
  invitePrivacy: InvitePrivacy;
  /** In as many channels as Telegram allows: adding fails with USER_CHANNELS_TOO_MUCH. */
  inTooManyChannels: boolean;
}

/** What an administrator may do, by the documented names of `chatAdminRights`. */
export type AdminRight =
  | "change_info"
  | "post_messages"
  | "edit_messages"
  | "delete_messages"
  | "ban_users"
  | "invite_users"
  | "pin_messages"
  | "add_admins"
  | "anonymous"
  | "manage_call"
  | "other"
  | "manage_topics";

export interface TelegramAdmin {
  rights: readonly AdminRight[];
  /** Index of the user who appointed them. */
  readonly promotedBy: number;
  readonly dateS: number;
  rank: string | null;
}

/** A restricted or banned user, by the documented names of `chatBannedRights`; `view_messages` means banned. */
export interface TelegramBan {
  readonly rights: readonly string[];
  readonly by: number;
  readonly dateS: number;
  readonly untilS: number;
}

/** How somebody came in while the sandbox ran; of the members the world began with, nothing is kept. */
export interface TelegramJoin {
  readonly dateS: number;
  readonly inviter: number;
  /** How many messages the group had before: all they may see when the history is hidden from new members. */
  readonly messagesBefore: number;
}

export interface TelegramTopic {
  /** The id of the message that made it; 1 for "General". */
  readonly id: number;
  title: string;
  readonly creator: number;
  readonly dateS: number;
  readonly iconColor: number;
  closed: boolean;
  hidden: boolean;
  pinned: boolean;
}

export interface TelegramGroup {
  /** As clients see it: a positive channel or chat id. */
  readonly id: number;
  kind: TelegramGroupKind;
  title: string;
  about: string;
  username: string | null;
  readonly createdS: number;
  /** Index of the owner; null when the owner's account is gone. */
  creator: number | null;
  readonly admins: Map<number, TelegramAdmin>;
  readonly members: MemberList;
  readonly bans: Map<number, TelegramBan>;
  readonly joins: Map<number, TelegramJoin>;
  /** Who was in and is not any more, since the sandbox started. */
  readonly gone: Map<number, "left" | "kicked">;
  /** What ordinary members may not do, by the names of `chatBannedRights`. */
  defaultBans: readonly string[];
  participantsHidden: boolean;
  /** The history before they came is hidden from new members. */
  historyHidden: boolean;
  /** The basic group this supergroup was made of. */
  readonly migratedFrom: number | null;
  /** The supergroup this basic group became; it is deactivated then. */
  migratedTo: number | null;
  /** The discussion group of a channel, and the other way round. */
  linkedTo: number | null;
  /** Gone for everybody; answered as forbidden. */
  isDeleted: boolean;
  readonly customer: boolean;
  readonly category: string | null;
  /** Who wrote the generated history: the members the world began with. */
  readonly authors: Uint32Array;
  /** Generated messages, service messages included; see telegram-past.ts. */
  readonly messageCount: number;
  readonly writtenMessages: readonly TelegramWrittenMessage[] | null;
  readonly topics: Map<number, TelegramTopic>;
  /** Texts of pinned messages by their position in the group's log, the oldest pin first. */
  readonly pinned: Map<number, string>;
  /** Grows with every change of a basic group's members. */
  version: number;
}

/** A message of a world file. `atS` is epoch seconds, `from` an index into `TelegramWorld.users`. */
export interface TelegramWrittenMessage {
  readonly atS: number;
  readonly from: number;
  readonly text: string;
}

/** A dialog filter ("folder") of an account: groups chosen one by one, or every group or channel. */
export interface TelegramFolder {
  readonly id: number;
  title: string;
  /** Channel or chat ids. */
  groupIds: readonly number[];
  readonly allGroups: boolean;
  readonly allChannels: boolean;
}

/** Behaviour that Telegram does not document and users report differently; a test may turn it. */
export interface TelegramTraits {
  /** messages.getCommonChats also tells groups whose member list is hidden from the asker. */
  commonChatsShowHidden: boolean;
  /** channels.getParticipant also answers where the member list is hidden from the asker. */
  hiddenPointLookup: boolean;
  /** channelParticipantsRecent hands out its first 200 rows only; channelParticipantsSearch always pages on. */
  recentFirstPageOnly: boolean;
  /** After so many people who are no contacts an account gets PEER_FLOOD; null: never. */
  peerFloodAfter: number | null;
  /** An account that was told to wait with inviting so many times in a day gets PEER_FLOOD until it is let go; null: never. */
  peerFloodAfterWaits: number | null;
}

/** The Telegram side of a world. Mutable, as the rest of it. */
export interface TelegramWorld {
  readonly users: TelegramUser[];
  readonly userById: Map<number, TelegramUser>;
  /** Basic groups by chat id, deactivated ones included. */
  readonly chats: Map<number, TelegramGroup>;
  /** Supergroups, forums and broadcast channels by channel id. */
  readonly channels: Map<number, TelegramGroup>;
  /** Public names in lower case. */
  readonly usernames: Map<string, { readonly user: TelegramUser } | { readonly group: TelegramGroup }>;
  /** Whom a user has in their contact list, by index. */
  readonly contacts: Map<number, Set<number>>;
  /** Folders by user index. */
  readonly folders: Map<number, TelegramFolder[]>;
  /** Ids of archived and pinned groups by user index. */
  readonly archived: Map<number, Set<number>>;
  readonly pinned: Map<number, Set<number>>;
  /** Accounts that Telegram limits to contacts just now (PEER_FLOOD), by index. */
  readonly flooded: Set<number>;
  readonly traits: TelegramTraits;
  /** Index of the account of the person who owns the Slack token: the "anchor"; null when they have none. */
  readonly anchor: number | null;
}
