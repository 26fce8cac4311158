import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { z } from "zod";
import { readGroups } from "./read-group.ts";
import type { TelegramGroup } from "./telegram-session.ts";

/** The most that messages.getDialogs documents (core.telegram.org/method/messages.getDialogs, checked 2026-11). */
const DIALOGS_A_PAGE = 100;

const Num = z.number().int().nonnegative();
const Digits = z.string().regex(/^-?\d{1,20}$/);

/** Where a page ends: the oldest message of its last chat, and how many chats have been seen. */
const Cursor = z.object({
  date: Num,
  id: Num,
  peer: z.enum(["user", "chat", "channel"]),
  peerId: Digits,
  hash: Digits,
  seen: Num,
});
type Cursor = z.infer<typeof Cursor>;

export interface DialogsPage {
  readonly groups: readonly TelegramGroup[];
  /** Basic groups and channels by `isBasic groupId`, that are in the archive. */
  readonly archived: ReadonlySet<string>;
  /** Up to which update each channel has been told, by its id. */
  readonly counted: ReadonlyMap<string, number>;
  readonly nextCursor: string | null;
}

/** Null for a cursor that is none of ours. */
export function dialogsRequest(cursor: string | null): Api.messages.GetDialogs | null {
  const at = cursor === null ? null : parseCursor(cursor);
  if (cursor !== null && !at) return null;
  return new Api.messages.GetDialogs({
    offsetDate: at?.date ?? 0,
    offsetId: at?.id ?? 0,
    offsetPeer: at ? peerOf(at) : new Api.InputPeerEmpty(),
    limit: DIALOGS_A_PAGE,
    hash: returnBigInt(0),
  });
}

/** Reads one page of the list of chats, which holds people, too. Null when the answer does not hang together. */
export function readDialogs(answer: unknown, cursor: string | null): DialogsPage | null {
  if (!(answer instanceof Api.messages.Dialogs || answer instanceof Api.messages.DialogsSlice)) return null;
  const dialogs = answer.dialogs.filter((dialog) => dialog instanceof Api.Dialog);
  const wanted = new Set(dialogs.map(({ peer }) => keyOfPeer(peer)));
  // An answer also carries chats that are only mentioned, as the source of a forwarded message.
  const groups = readGroups(answer.chats.filter((chat) => wanted.has(keyOfChat(chat))));
  const archived = new Set(
    dialogs.filter(({ folderId }) => folderId === ARCHIVE).map(({ peer }) => keyOfPeer(peer)),
  );
  const counted = new Map(
    dialogs.flatMap(({ peer, pts }) =>
      peer instanceof Api.PeerChannel && pts !== undefined ? [[peer.channelId.toString(), pts] as const] : [],
    ),
  );
  const seen = (cursor === null ? 0 : (parseCursor(cursor)?.seen ?? 0)) + answer.dialogs.length;
  const isLast =
    answer instanceof Api.messages.Dialogs || answer.dialogs.length === 0 || seen >= answer.count;
  if (isLast) return { groups, archived, counted, nextCursor: null };
  const next = cursorAfter(answer, seen);
  if (!next) return null;
  const nextCursor = JSON.stringify(next);
  return nextCursor === cursor ? null : { groups, archived, counted, nextCursor };
}

/** The number of the folder into which archived chats go. */
const ARCHIVE = 1;

function keyOfPeer(peer: Api.TypePeer): string {
  if (peer instanceof Api.PeerChat) return groupKey(true, peer.chatId.toString());
  return peer instanceof Api.PeerChannel ? groupKey(false, peer.channelId.toString()) : "";
}

function keyOfChat(chat: Api.TypeChat): string {
  const isBasic = !(chat instanceof Api.Channel || chat instanceof Api.ChannelForbidden);
  return groupKey(isBasic, chat.id.toString());
}

/** Basic groups and channels count separately. */
export function groupKey(isBasic: boolean, groupId: string): string {
  return `${isBasic ? "chat" : "channel"} ${groupId}`;
}

/** The next page begins behind the last chat whose newest message the answer carries. */
function cursorAfter(answer: Api.messages.DialogsSlice, seen: number): Cursor | null {
  const dates = new Map<string, number>();
  for (const message of answer.messages) {
    if (message instanceof Api.MessageEmpty) continue;
    dates.set(messageKey(message.peerId, message.id), message.date);
  }
  for (const dialog of answer.dialogs.toReversed()) {
    if (!(dialog instanceof Api.Dialog)) continue;
    const date = dates.get(messageKey(dialog.peer, dialog.topMessage));
    const peer = date === undefined ? null : addressOf(dialog.peer, answer);
    if (date !== undefined && peer) return { date, id: dialog.topMessage, ...peer, seen };
  }
  return null;
}

/** Ids of messages count per channel, and together for everything else. */
function messageKey(peer: Api.TypePeer, id: number): string {
  return peer instanceof Api.PeerChannel ? `${peer.channelId.toString()} ${id}` : `${id}`;
}

function addressOf(
  peer: Api.TypePeer,
  answer: Api.messages.DialogsSlice,
): Pick<Cursor, "peer" | "peerId" | "hash"> | null {
  if (peer instanceof Api.PeerChat) return { peer: "chat", peerId: peer.chatId.toString(), hash: "0" };
  if (peer instanceof Api.PeerChannel) {
    const channel = answer.chats.find((chat) => chat.id.equals(peer.channelId) && "accessHash" in chat);
    const hash = (channel as Api.Channel | undefined)?.accessHash;
    return hash ? { peer: "channel", peerId: peer.channelId.toString(), hash: hash.toString() } : null;
  }
  const user = answer.users.find(({ id }) => id.equals(peer.userId));
  const hash = user instanceof Api.User ? user.accessHash : undefined;
  return hash ? { peer: "user", peerId: peer.userId.toString(), hash: hash.toString() } : null;
}

function peerOf({ peer, peerId, hash }: Cursor): Api.TypeInputPeer {
  const id = returnBigInt(peerId);
  const accessHash = returnBigInt(hash);
  if (peer === "chat") return new Api.InputPeerChat({ chatId: id });
  if (peer === "channel") return new Api.InputPeerChannel({ channelId: id, accessHash });
  return new Api.InputPeerUser({ userId: id, accessHash });
}

function parseCursor(text: string): Cursor | null {
  try {
    const parsed = Cursor.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
