import type { CallContext, MethodRegistry } from "#sandbox/telegram/method.ts";
import { accessHash } from "#sandbox/telegram/methods/access-hash.ts";
import {
  compareEntries,
  describeDialogs,
  dialogOf,
  listDialogs,
  type DialogEntry,
} from "#sandbox/telegram/methods/dialog-list.ts";
import { openPeer, viewerOf, type Peer } from "#sandbox/telegram/methods/inputs.ts";
import { pageLimit } from "#sandbox/telegram/methods/page-limit.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import { findGroup } from "#sandbox/world/telegram-world.ts";

/** Most dialogs of one answer (users report 100 whatever is asked for, checked 2026-11). */
const PAGE_MOST = 100;

/** The list of chats and its folders (core.telegram.org/api/folders and /api/offsets, checked 2026-11). */
export const DIALOG_METHODS: MethodRegistry = {
  // Without folder_id both the main list and the archive; pinned chats come first, on the first page only.
  "messages.getDialogs": (request, call) => {
    const user = viewerOf(call).index;
    const folderId = request["folder_id"] as number | undefined;
    if (folderId !== undefined && folderId !== 0 && folderId !== 1)
      throw new RpcError(400, "FOLDER_ID_INVALID");
    const all = listDialogs(call, user).filter(
      (entry) => folderId === undefined || entry.folderId === folderId,
    );
    const offset = readOffset(request, call);
    const ordered =
      offset === null ? [...all.filter(isPinned), ...all.filter((entry) => !isPinned(entry))] : all;
    const left = ordered.filter(
      (entry) =>
        !(isPinned(entry) && (request["exclude_pinned"] === true || offset !== null)) &&
        (offset === null || compareEntries(offset, entry) < 0),
    );
    const page = left.slice(0, pageLimit(call, request["limit"], PAGE_MOST, PAGE_MOST));
    const described = describeDialogs(call, page, user);
    const isWhole = page.length === all.length;
    return isWhole
      ? { _: "messages.dialogs", ...described }
      : { _: "messages.dialogsSlice", count: all.length, ...described };
  },

  "messages.getPinnedDialogs": (request, call) => {
    const user = viewerOf(call).index;
    const pinned = listDialogs(call, user).filter(
      (entry) => isPinned(entry) && entry.folderId === Number(request["folder_id"]),
    );
    return { _: "messages.peerDialogs", ...describeDialogs(call, pinned, user), state: describeState(call) };
  },

  "messages.getPeerDialogs": (request, call) => {
    const user = viewerOf(call).index;
    const inputs = request["peers"] as readonly TlObject[];
    if (inputs.length === 0) throw new RpcError(400, "INPUT_PEERS_EMPTY");
    const entries = inputs.flatMap((input): DialogEntry[] =>
      input._ === "inputDialogPeerFolder"
        ? listDialogs(call, user).filter((entry) => entry.folderId === input["folder_id"])
        : [dialogOf(call, openPeer(call, input["peer"] as TlObject), user)],
    );
    return { _: "messages.peerDialogs", ...describeDialogs(call, entries, user), state: describeState(call) };
  },

  // The answer begins with the folder that every client shows, "All chats".
  "messages.getDialogFilters": (_request, call) => {
    const { telegram, seed } = call.world;
    const user = viewerOf(call).index;
    const inputPeer = (id: number): TlObject[] => {
      const group = findGroup(telegram, id);
      if (!group) return [];
      if (group.kind === "basic") return [{ _: "inputPeerChat", chat_id: BigInt(id) }];
      const access_hash = accessHash(seed, user, "channel", id);
      return [{ _: "inputPeerChannel", channel_id: BigInt(id), access_hash }];
    };
    const filters = (telegram.folders.get(user) ?? []).map((folder) => ({
      _: "dialogFilter",
      groups: folder.allGroups,
      broadcasts: folder.allChannels,
      id: folder.id,
      title: { _: "textWithEntities", text: folder.title, entities: [] },
      pinned_peers: [],
      include_peers: folder.groupIds.flatMap(inputPeer),
      exclude_peers: [],
    }));
    return { _: "messages.dialogFilters", filters: [{ _: "dialogFilterDefault" }, ...filters] };
  },
};

function isPinned(entry: DialogEntry): boolean {
  return entry.pinned;
}

/** Where the page before ended; null for the first page. */
function readOffset(
  request: TlObject,
  call: CallContext,
): Pick<DialogEntry, "dateS" | "topId" | "peer"> | null {
  const dateS = Number(request["offset_date"] ?? 0);
  const topId = Number(request["offset_id"] ?? 0);
  const input = request["offset_peer"] as TlObject;
  const peer = input._ === "inputPeerEmpty" ? null : openOffsetPeer(call, input);
  if (dateS === 0 && topId === 0 && peer === null) return null;
  // A chat alone names its own place in the list.
  if (dateS === 0 && peer !== null) return dialogOf(call, peer, viewerOf(call).index);
  const nowhere = { id: 0 } as unknown as NonNullable<Peer["user"]>;
  return { dateS, topId, peer: peer ?? { user: nowhere, group: null } };
}

function openOffsetPeer(call: CallContext, input: TlObject): Peer {
  try {
    return openPeer(call, input);
  } catch (error) {
    if (error instanceof RpcError) throw new RpcError(400, "OFFSET_PEER_ID_INVALID");
    throw error;
  }
}

function describeState(call: CallContext): TlObject {
  const pts = call.updates.accountPts(call.account);
  return { _: "updates.state", pts, qts: 0, date: call.nowS, seq: 0, unread_count: 0 };
}
