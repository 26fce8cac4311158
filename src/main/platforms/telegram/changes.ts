import { Api } from "telegram/tl/index.js";
import type { TelegramChange } from "#shared/domain/telegram-change.ts";
import { groupKey } from "./read-dialogs.ts";
import { readGroup } from "./read-group.ts";
import type { TelegramGroup } from "./telegram-session.ts";

/** Messages whose changes were told; Telegram may send an update twice. */
const MAX_MESSAGES = 1_000;

const MAX_GROUPS = 20_000;

/** Updates in their order, with the chats that came along. */
interface Carried {
  readonly updates: readonly Api.TypeUpdate[];
  readonly chats: readonly Api.TypeChat[];
}

/** Is more to be read of this group that happened before what a chat says of it now? */
type IsBehind = (group: { readonly groupId: string; readonly isBasic: boolean }) => boolean;

/**
 * Turns Telegram's updates into changes. It knows groups by what listings and earlier updates said of them, so that a
 * rename can name the old title and a group is new only once. The updates come in order (`changes-in-order.ts`).
 */
export class ChangeReader {
  readonly #selfId: () => string | null;
  /** Titles by kind and id; null for one this account is not in any more. */
  readonly #titles = new Map<string, string | null>();
  readonly #messages = new Set<string>();
  /** Channels that are no groups, by their key. */
  readonly #broadcasts = new Set<string>();
  /** Basic groups that were said to be a supergroup now. */
  readonly #migrated = new Set<string>();
  #knowsAll = false;

  /** `selfId` is null until the account is known. */
  constructor(selfId: () => string | null) {
    this.#selfId = selfId;
  }

  /** Notes what a listing said, which is no change; after its last page, a group nobody has named yet is a new one. */
  note(groups: readonly TelegramGroup[], isLastPage: boolean): void {
    for (const group of groups) {
      this.#noteKind(group);
      this.#remember(placeOfGroup(group).key, group.isClosed ? null : group.title);
    }
    this.#knowsAll ||= isLastPage;
  }

  /** Is this channel one that no listing and no update has named, although all groups have been listed? */
  isNew(channelId: string): boolean {
    return this.#knowsAll && !this.#titles.has(groupKey(false, channelId));
  }

  isBroadcast(channelId: string): boolean {
    return this.#broadcasts.has(groupKey(false, channelId));
  }

  /** What a packet of updates changes, each change once; chats of groups that are behind say nothing by themselves yet. */
  read({ updates, chats }: Carried, isBehind: IsBehind = () => false): TelegramChange[] {
    const said = this.readUpdates(updates, chats);
    return [...said, ...this.readChats(chats, said, isBehind)];
  }

  /** What updates change, in their order; `chats` only name what they are about. */
  readUpdates(updates: readonly Api.TypeUpdate[], chats: readonly Api.TypeChat[]): TelegramChange[] {
    for (const group of groupsIn(chats)) this.#noteKind(group);
    const changes: TelegramChange[] = [];
    const told = new Set<string>();
    for (const update of updates) {
      const isMessage =
        update instanceof Api.UpdateNewMessage || update instanceof Api.UpdateNewChannelMessage;
      for (const change of this.#readUpdate(update, chats)) {
        if (this.#isInBroadcast(change)) continue;
        const about = aboutWhom(change);
        // Who came or left is said by a message and may be said by the list of members as well.
        if (!isMessage && about !== null && told.has(about)) continue;
        if (about !== null) told.add(about);
        changes.push(change);
      }
    }
    return changes;
  }

  /** What chats say by themselves, where none of the changes `said` it. */
  readChats(
    chats: readonly Api.TypeChat[],
    said: readonly TelegramChange[],
    isBehind: IsBehind = () => false,
  ): TelegramChange[] {
    const groups = groupsIn(chats);
    // A group is not new that another one was turned into.
    const migratedFirst = [
      ...groups.filter(({ migratedTo }) => migratedTo !== null),
      ...groups.filter(({ migratedTo }) => migratedTo === null),
    ];
    const titled = new Set(
      said.flatMap((change) => ("title" in change ? [groupKey(change.isBasic, change.groupId)] : [])),
    );
    return migratedFirst.flatMap((group) => {
      this.#noteKind(group);
      const at = placeOfGroup(group);
      if (group.kind === "broadcast" || titled.has(at.key) || isBehind(at)) return [];
      return this.#readChat(at, group);
    });
  }

  /** The account is not in a channel any more, as a question about it was told. */
  readGone(channelId: string): TelegramChange[] {
    return this.isBroadcast(channelId) ? [] : this.#vanish(place(false, channelId), "");
  }

  #readUpdate(update: Api.TypeUpdate, chats: readonly Api.TypeChat[]): TelegramChange[] {
    if (update instanceof Api.UpdateNewMessage || update instanceof Api.UpdateNewChannelMessage) {
      return update.message instanceof Api.MessageService ? this.#readService(update.message, chats) : [];
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
      return this.#migrate(at, place(false, action.channelId), titleIn(chats, at));
    }
    if (action instanceof Api.MessageActionChannelMigrateFrom) {
      return this.#migrate(place(true, action.chatId), at, action.title);
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

  #readChat(at: Place, group: TelegramGroup): TelegramChange[] {
    const known = this.#titles.get(at.key);
    if (group.migratedTo !== null) return this.#migrate(at, place(false, group.migratedTo), group.title);
    // The source of a forwarded message, for instance: this account never was in it.
    if (group.isClosed) return known === undefined ? [] : this.#vanish(at, group.title);
    if (typeof known === "string" && known !== "") return this.#rename(at, group.title);
    if (known === null || (known === undefined && this.#knowsAll)) return this.#appear(at, group.title);
    this.#remember(at.key, group.title);
    return [];
  }

  #migrate(from: Place, to: Place, title: string | null): TelegramChange[] {
    const known = title ?? this.#titles.get(from.key) ?? "";
    this.#remember(from.key, null);
    if (!this.#titles.get(to.key)) this.#remember(to.key, known);
    if (this.#migrated.has(from.key)) return [];
    addBounded(this.#migrated, from.key, MAX_GROUPS);
    return [{ change: "group-migrated", ...refOf(from), toGroupId: to.groupId, title: known }];
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
    addBounded(this.#messages, key, MAX_MESSAGES);
    return true;
  }

  #noteKind(group: TelegramGroup): void {
    if (group.kind === "broadcast") addBounded(this.#broadcasts, placeOfGroup(group).key, MAX_GROUPS);
  }

  #isInBroadcast(change: TelegramChange): boolean {
    return change.change !== "missed" && !change.isBasic && this.isBroadcast(change.groupId);
  }

  #remember(key: string, title: string | null): void {
    this.#titles.set(key, title);
    const oldest = this.#titles.size > MAX_GROUPS ? this.#titles.keys().next().value : undefined;
    if (oldest !== undefined) this.#titles.delete(oldest);
  }
}

/** Adds one and lets go of the oldest where there are more than `most`. */
function addBounded(set: Set<string>, key: string, most: number): void {
  set.add(key);
  const oldest = set.size > most ? set.values().next().value : undefined;
  if (oldest !== undefined) set.delete(oldest);
}

/** Whose coming or going a change is; null for other changes. */
function aboutWhom(change: TelegramChange): string | null {
  return "userId" in change ? `${groupKey(change.isBasic, change.groupId)} ${change.userId}` : null;
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

function groupsIn(chats: readonly Api.TypeChat[]): TelegramGroup[] {
  return chats.map(readGroup).filter((group) => group !== null);
}

function isPresent(participant: Api.TypeChannelParticipant | Api.TypeChatParticipant | undefined): boolean {
  if (!participant || participant instanceof Api.ChannelParticipantLeft) return false;
  if (!(participant instanceof Api.ChannelParticipantBanned)) return true;
  return participant.left !== true && participant.bannedRights.viewMessages !== true;
}
