import { Api } from "telegram/tl/index.js";
import { groupKey } from "./read-dialogs.ts";
import { readGroup } from "./read-group.ts";
import type { TelegramChange, TelegramGroup } from "./telegram-session.ts";

/** Messages whose changes were told; Telegram may send an update twice. */
const MAX_MESSAGES = 1_000;

const MAX_GROUPS = 20_000;

/** A list of chats and people may come along. */
interface Carried {
  readonly updates: readonly Api.TypeUpdate[];
  readonly chats: readonly Api.TypeChat[];
}

/**
 * Turns Telegram's updates into changes. It knows groups by what listings and earlier updates said of them, so that a
 * rename can name the old title and a group is new only once.
 */
export class ChangeReader {
  readonly #selfId: () => string | null;
  /** Titles by kind and id; null for one this account is not in any more. */
  readonly #titles = new Map<string, string | null>();
  readonly #messages = new Set<string>();
  #knowsAll = false;

  /** `selfId` is null until the account is known. */
  constructor(selfId: () => string | null) {
    this.#selfId = selfId;
  }

  /** Notes what a listing said, which is no change; after its last page, a group nobody has named yet is a new one. */
  note(groups: readonly TelegramGroup[], isLastPage: boolean): void {
    for (const group of groups) this.#remember(placeOfGroup(group).key, group.isClosed ? null : group.title);
    this.#knowsAll ||= isLastPage;
  }

  /** What one packet of updates changes, each change once. */
  read(packet: unknown): TelegramChange[] {
    if (packet instanceof Api.UpdatesTooLong) return [{ change: "missed" }];
    const { updates, chats } = carriedBy(packet);
    const changes = updates.flatMap((update) => this.#readUpdate(update, chats));
    for (const chat of chats) changes.push(...this.#readChat(chat, changes));
    const told = new Set<string>();
    return changes.filter((change) => {
      const key = JSON.stringify(change);
      return !isInBroadcast(change, chats) && !told.has(key) && told.add(key);
    });
  }

  #readUpdate(update: Api.TypeUpdate, chats: readonly Api.TypeChat[]): TelegramChange[] {
    if (update instanceof Api.UpdateNewMessage || update instanceof Api.UpdateNewChannelMessage) {
      return update.message instanceof Api.MessageService ? this.#readService(update.message, chats) : [];
    }
    if (update instanceof Api.UpdateChannelTooLong || update instanceof Api.UpdatePtsChanged) {
      return [{ change: "missed" }];
    }
    if (update instanceof Api.UpdateChatParticipantAdd) {
      return this.#join(place(true, update.chatId), [update.userId.toString()], chats);
    }
    if (update instanceof Api.UpdateChatParticipantDelete) {
      return this.#leave(place(true, update.chatId), update.userId.toString(), chats);
    }
    if (update instanceof Api.UpdateChannelParticipant || update instanceof Api.UpdateChatParticipant) {
      return this.#readParticipant(update, chats);
    }
    return [];
  }

  #readService(message: Api.MessageService, chats: readonly Api.TypeChat[]): TelegramChange[] {
    const { action, peerId } = message;
    const at = placeOf(peerId);
    if (!at || !this.#isNewMessage(`${at.key} ${message.id}`)) return [];
    if (action instanceof Api.MessageActionChatEditTitle) return this.#rename(at, action.title);
    if (action instanceof Api.MessageActionChatCreate || action instanceof Api.MessageActionChannelCreate) {
      return this.#appear(at, action.title);
    }
    if (action instanceof Api.MessageActionChatAddUser) {
      return this.#join(at, action.users.map(String), chats);
    }
    if (
      action instanceof Api.MessageActionChatJoinedByLink ||
      action instanceof Api.MessageActionChatJoinedByRequest
    ) {
      const { fromId } = message;
      return fromId instanceof Api.PeerUser ? this.#join(at, [fromId.userId.toString()], chats) : [];
    }
    if (action instanceof Api.MessageActionChatDeleteUser) {
      return this.#leave(at, action.userId.toString(), chats);
    }
    if (action instanceof Api.MessageActionChatMigrateTo) {
      const title = titleIn(chats, at) ?? this.#titles.get(at.key) ?? "";
      return [...this.#vanish(at, title), ...this.#appear(place(false, action.channelId), title)];
    }
    return [];
  }

  #readParticipant(
    update: Api.UpdateChannelParticipant | Api.UpdateChatParticipant,
    chats: readonly Api.TypeChat[],
  ): TelegramChange[] {
    const isBasic = update instanceof Api.UpdateChatParticipant;
    const at = place(isBasic, isBasic ? update.chatId : update.channelId);
    const userId = update.userId.toString();
    const before = isPresent(update.prevParticipant);
    const after = isPresent(update.newParticipant);
    if (before === after) return [];
    return after ? this.#join(at, [userId], chats) : this.#leave(at, userId, chats);
  }

  #join(at: Place, userIds: readonly string[], chats: readonly Api.TypeChat[]): TelegramChange[] {
    return userIds.flatMap((userId): TelegramChange[] =>
      userId === this.#selfId()
        ? this.#appear(at, titleIn(chats, at) ?? "")
        : [{ change: "member-joined", ...refOf(at), userId }],
    );
  }

  #leave(at: Place, userId: string, chats: readonly Api.TypeChat[]): TelegramChange[] {
    return userId === this.#selfId()
      ? this.#vanish(at, titleIn(chats, at) ?? "")
      : [{ change: "member-left", ...refOf(at), userId }];
  }

  /** What a chat that came along says by itself, unless an update of the same packet has said it. */
  #readChat(chat: Api.TypeChat, said: readonly TelegramChange[]): TelegramChange[] {
    const group = readGroup(chat);
    if (!group) return [];
    const at = placeOfGroup(group);
    const known = this.#titles.get(at.key);
    const isSaid = said.some(
      (change) => "title" in change && change.groupId === at.groupId && change.isBasic === at.isBasic,
    );
    if (isSaid) return [];
    // The source of a forwarded message, for instance: this account never was in it.
    if (group.isClosed) return known === undefined ? [] : this.#vanish(at, group.title);
    if (typeof known === "string") return this.#rename(at, group.title);
    if (known === null || this.#knowsAll) return this.#appear(at, group.title);
    this.#remember(at.key, group.title);
    return [];
  }

  #appear(at: Place, title: string): TelegramChange[] {
    const known = this.#titles.get(at.key);
    this.#remember(at.key, title);
    return typeof known === "string" ? [] : [{ change: "group-new", ...refOf(at), title }];
  }

  #vanish(at: Place, title: string): TelegramChange[] {
    const known = this.#titles.get(at.key);
    this.#remember(at.key, null);
    return known === null ? [] : [{ change: "group-gone", ...refOf(at), title: known || title }];
  }

  #rename(at: Place, title: string): TelegramChange[] {
    const before = this.#titles.get(at.key) ?? null;
    this.#remember(at.key, title);
    return before === title ? [] : [{ change: "group-renamed", ...refOf(at), before, title }];
  }

  #isNewMessage(key: string): boolean {
    if (this.#messages.has(key)) return false;
    this.#messages.add(key);
    const oldest = this.#messages.size > MAX_MESSAGES ? this.#messages.values().next().value : undefined;
    if (oldest !== undefined) this.#messages.delete(oldest);
    return true;
  }

  #remember(key: string, title: string | null): void {
    this.#titles.set(key, title);
    const oldest = this.#titles.size > MAX_GROUPS ? this.#titles.keys().next().value : undefined;
    if (oldest !== undefined) this.#titles.delete(oldest);
  }
}

function carriedBy(packet: unknown): Carried {
  if (packet instanceof Api.Updates || packet instanceof Api.UpdatesCombined) return packet;
  return { updates: packet instanceof Api.UpdateShort ? [packet.update] : [], chats: [] };
}

/** Which group an update is about. */
interface Place {
  readonly isBasic: boolean;
  readonly groupId: string;
  readonly key: string;
}

function place(isBasic: boolean, id: { toString(): string }): Place {
  const groupId = id.toString();
  return { isBasic, groupId, key: groupKey(isBasic, groupId) };
}

function refOf({ groupId, isBasic }: Place): Pick<Place, "groupId" | "isBasic"> {
  return { groupId, isBasic };
}

function placeOfGroup({ kind, groupId }: TelegramGroup): Place {
  return place(kind === "basic", groupId);
}

function placeOf(peer: Api.TypePeer): Place | null {
  if (peer instanceof Api.PeerUser) return null;
  return peer instanceof Api.PeerChat ? place(true, peer.chatId) : place(false, peer.channelId);
}

function titleIn(chats: readonly Api.TypeChat[], { key }: Place): string | null {
  return groupsIn(chats).find((group) => placeOfGroup(group).key === key)?.title ?? null;
}

function isInBroadcast(change: TelegramChange, chats: readonly Api.TypeChat[]): boolean {
  if (change.change === "missed" || change.isBasic) return false;
  return groupsIn(chats).some(({ kind, groupId }) => kind === "broadcast" && groupId === change.groupId);
}

function groupsIn(chats: readonly Api.TypeChat[]): TelegramGroup[] {
  return chats.map(readGroup).filter((group) => group !== null);
}

function isPresent(participant: Api.TypeChannelParticipant | Api.TypeChatParticipant | undefined): boolean {
  if (!participant || participant instanceof Api.ChannelParticipantLeft) return false;
  if (!(participant instanceof Api.ChannelParticipantBanned)) return true;
  return participant.left !== true && participant.bannedRights.viewMessages !== true;
}
