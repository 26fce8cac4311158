import type { World } from "#sandbox/world/model.ts";
import type { TelegramGroup, TelegramGroupKind } from "#sandbox/world/telegram-model.ts";
import { allGroups, botApiId, hasRight, isAdmin, mayAsMember } from "#sandbox/world/telegram-world.ts";

/** A Telegram group and who really is in it. */
export interface TelegramTruthGroup {
  readonly platform: "telegram";
  /** The positive channel or chat id that MTProto clients see, in decimal digits. */
  readonly id: string;
  /** The same with the mark of its kind (`-100…` for channels, `-…` for basic groups), as bots and some clients show. */
  readonly botApiId: string;
  readonly name: string;
  readonly kind: TelegramGroupKind;
  readonly customer: boolean;
  readonly category: string | null;
  /** Telegram user ids in decimal digits, in no meaningful order; deleted accounts and bots included. */
  readonly memberIds: readonly string[];
  /** Whether the account of the Slack token's owner (the "anchor") is in it. */
  readonly visibleToAccount: boolean;
  /** Never visible to a Slack token; there so that groups of both platforms can be filtered alike. */
  readonly visibleToToken: false;
  readonly isArchived: false;
  readonly isShared: false;
  /** Public name without "@". */
  readonly username: string | null;
  /** Only administrators may list the members. */
  readonly hiddenMembers: boolean;
  /** The history before they came is hidden from new members. */
  readonly historyHidden: boolean;
  readonly about: string;
  /** Texts of the pinned messages, as they were when they were pinned. */
  readonly pinnedTexts: readonly string[];
  /** The chat id of the basic group it was made of. */
  readonly migratedFrom: string | null;
  /** What the anchor is and may do in it. */
  readonly own: {
    readonly role: "owner" | "admin" | "member" | "none";
    readonly canRename: boolean;
    readonly canInvite: boolean;
    readonly canBan: boolean;
  };
}

/** Groups that exist: deleted ones and basic groups that became supergroups are not told. */
export function tellTelegramGroups({ telegram }: World): TelegramTruthGroup[] {
  const { anchor } = telegram;
  return [...allGroups(telegram)]
    .filter((group) => !group.isDeleted && group.migratedTo === null)
    .map((group) => {
      const memberIds: string[] = [];
      for (const index of group.members.indices) memberIds.push(String(telegram.users[index]?.id));
      return {
        platform: "telegram",
        id: String(group.id),
        botApiId: String(botApiId(group)),
        name: group.title,
        kind: group.kind,
        customer: group.customer,
        category: group.category,
        memberIds,
        visibleToAccount: anchor !== null && group.members.has(anchor),
        visibleToToken: false,
        isArchived: false,
        isShared: false,
        username: group.username,
        hiddenMembers: group.participantsHidden,
        historyHidden: group.historyHidden,
        about: group.about,
        pinnedTexts: [...group.pinned.values()],
        migratedFrom: group.migratedFrom === null ? null : String(group.migratedFrom),
        own: tellOwn(group, anchor),
      };
    });
}

function tellOwn(group: TelegramGroup, anchor: number | null): TelegramTruthGroup["own"] {
  if (anchor === null || !group.members.has(anchor)) {
    return { role: "none", canRename: false, canInvite: false, canBan: false };
  }
  return {
    role: group.creator === anchor ? "owner" : isAdmin(group, anchor) ? "admin" : "member",
    canRename: mayAsMember(group, anchor, "change_info"),
    canInvite: mayAsMember(group, anchor, "invite_users"),
    canBan: hasRight(group, anchor, "ban_users"),
  };
}
