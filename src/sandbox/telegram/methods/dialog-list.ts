import type { CallContext } from "#sandbox/telegram/method.ts";
import { describeGroup, peerOfGroup, peerOfUser } from "#sandbox/telegram/methods/group-objects.ts";
import type { Peer } from "#sandbox/telegram/methods/inputs.ts";
import { describeMessage, usersOfMessage } from "#sandbox/telegram/methods/message-objects.ts";
import { lastSlot, messageAt, type MessageView } from "#sandbox/telegram/methods/message-view.ts";
import { countUnread, readMark } from "#sandbox/telegram/methods/read-marks.ts";
import { boxOf, viewOfGroup, viewOfPair } from "#sandbox/telegram/methods/telegram-state.ts";
import { describeUsers } from "#sandbox/telegram/methods/user-objects.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import { allGroups } from "#sandbox/world/telegram-world.ts";

/** A chat in a user's list. */
export interface DialogEntry {
  readonly peer: Peer;
  readonly view: MessageView;
  /** Slot of the newest message; -1 when there is none. */
  readonly top: number;
  readonly dateS: number;
  readonly topId: number;
  readonly folderId: number;
  readonly pinned: boolean;
}

/** The chats of a user, by index: newest message first, ties by its id, then by the chat's id. Pinned ones are not moved. */
export function listDialogs(call: Pick<CallContext, "world">, user: number): DialogEntry[] {
  const { telegram } = call.world;
  const entries: DialogEntry[] = [];
  for (const group of allGroups(telegram)) {
    if (group.isDeleted || !group.members.has(user)) continue;
    entries.push(dialogOf(call, { group, user: null }, user));
  }
  for (const log of boxOf(call.world, user).laterLogs) {
    if (log.pair === null) continue;
    const other = telegram.users[log.pair[0] === user ? log.pair[1] : log.pair[0]];
    if (other) entries.push(dialogOf(call, { user: other, group: null }, user));
  }
  return entries.sort(compareEntries);
}

/** The entry of one chat, whether it is in the list or not. */
export function dialogOf(call: Pick<CallContext, "world">, peer: Peer, user: number): DialogEntry {
  const { telegram } = call.world;
  const view = peer.group
    ? viewOfGroup(call.world, peer.group, user)
    : viewOfPair(call.world, user, peer.user.index);
  const top = lastSlot(view);
  return {
    peer,
    view,
    top,
    dateS: messageAt(view, top)?.dateS ?? peer.group?.createdS ?? 0,
    topId: top < 0 ? 0 : view.idAt(top),
    folderId: peer.group && telegram.archived.get(user)?.has(peer.group.id) ? 1 : 0,
    pinned: (peer.group && telegram.pinned.get(user)?.has(peer.group.id)) ?? false,
  };
}

export function compareEntries(
  one: Pick<DialogEntry, "dateS" | "topId" | "peer">,
  other: Pick<DialogEntry, "dateS" | "topId" | "peer">,
): number {
  return other.dateS - one.dateS || other.topId - one.topId || peerId(other.peer) - peerId(one.peer);
}

/** The lists of an answer about these dialogs: `dialogs`, their newest `messages`, and all `chats` and `users` named. */
export function describeDialogs(
  call: CallContext,
  entries: readonly DialogEntry[],
  user: number,
): Record<"dialogs" | "messages" | "chats" | "users", TlObject[]> {
  const { world } = call;
  const users = new Set<number>();
  const messages: TlObject[] = [];
  for (const { peer, view, top } of entries) {
    if (peer.user) users.add(peer.user.index);
    const message = messageAt(view, top);
    if (!message) continue;
    for (const one of usersOfMessage(message)) users.add(one);
    messages.push(describeMessage(world, view.log, view.positionAt(top), user));
  }
  return {
    dialogs: entries.map((entry) => describeDialog(call, entry, user)),
    messages,
    chats: entries.flatMap(({ peer }) => (peer.group ? [describeGroup(world, peer.group, user)] : [])),
    users: describeUsers(call, users, user),
  };
}

function describeDialog(call: CallContext, entry: DialogEntry, user: number): TlObject {
  const { peer, view, topId, folderId, pinned } = entry;
  const isChannel = peer.group !== null && peer.group.kind !== "basic";
  return {
    _: "dialog",
    pinned,
    peer: peer.group ? peerOfGroup(peer.group) : peerOfUser(call.world, peer.user.index),
    top_message: topId,
    read_inbox_max_id: readMark(call.world, view, user),
    read_outbox_max_id: topId,
    unread_count: countUnread(call.world, view, user),
    unread_mentions_count: 0,
    unread_reactions_count: 0,
    unread_poll_votes_count: 0,
    notify_settings: { _: "peerNotifySettings" },
    pts: isChannel && peer.group ? call.updates.channelPts(BigInt(peer.group.id)) : undefined,
    folder_id: folderId === 0 ? undefined : folderId,
  };
}

function peerId(peer: Peer): number {
  return peer.group?.id ?? peer.user?.id ?? 0;
}
