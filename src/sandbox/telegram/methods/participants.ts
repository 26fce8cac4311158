import type { CallContext, MethodRegistry } from "#sandbox/telegram/method.ts";
import { describeGroup, isBanned } from "#sandbox/telegram/methods/group-objects.ts";
import { openChannel, openPeer, viewerOf } from "#sandbox/telegram/methods/inputs.ts";
import { pageLimit } from "#sandbox/telegram/methods/page-limit.ts";
import { describeParticipant } from "#sandbox/telegram/methods/participant-objects.ts";
import { describeUser } from "#sandbox/telegram/methods/user-objects.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import { textOf } from "#sandbox/telegram/methods/request-text.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { TelegramGroup, TelegramUser } from "#sandbox/world/telegram-model.ts";
import { hasRight, isAdmin, listHiddenFrom } from "#sandbox/world/telegram-world.ts";

/** Rows of one answer, and how far a list can be read at all (reported by users of client libraries, checked 2026-11). */
const PAGE_MOST = 200;
export const LIST_MOST = 10_000;
/** Of a broadcast channel, administrators can list this many. */
const CHANNEL_LIST_MOST = 200;

/** Who is in a channel (core.telegram.org/method/channels.getParticipants, checked 2026-11). */
export const PARTICIPANT_METHODS: MethodRegistry = {
  "channels.getParticipants": (request, call) => {
    const group = openChannel(call, request["channel"] as TlObject);
    const viewer = viewerOf(call).index;
    if (group.kind === "channel" && !isAdmin(group, viewer)) throw new RpcError(403, "CHAT_ADMIN_REQUIRED");
    const filter = request["filter"] as TlObject;
    const list = listFor(call, group, viewer, filter);
    const offset = Math.max(0, Number(request["offset"]));
    const limit = Number(request["limit"]) <= 0 ? 0 : pageLimit(call, request["limit"], PAGE_MOST, 0);
    const page = list.rows.slice(offset, Math.min(offset + limit, reach(call, group, filter)));
    return {
      _: "channels.channelParticipants",
      count: list.count,
      participants: Array.from(page, (user) => describeParticipant(call.world, group, user, viewer)),
      chats: [],
      users: Array.from(page, (user) => describeUser(call, user, viewer)),
    };
  },

  // Where the list is hidden, one learns of administrators and of oneself, unless the trait says otherwise.
  "channels.getParticipant": (request, call) => {
    const group = openChannel(call, request["channel"] as TlObject);
    const viewer = viewerOf(call).index;
    const input = request["participant"] as TlObject;
    const { user } = openPeer(call, input);
    if (!user) throw new RpcError(400, "PARTICIPANT_ID_INVALID");
    const open =
      user.index === viewer || isAdmin(group, user.index) || call.world.telegram.traits.hiddenPointLookup;
    if (!open && listHiddenFrom(group, viewer)) throw new RpcError(403, "CHAT_ADMIN_REQUIRED");
    const known = group.members.has(user.index) || (group.bans.has(user.index) && isAdmin(group, viewer));
    if (!known) throw new RpcError(400, "USER_NOT_PARTICIPANT");
    return {
      _: "channels.channelParticipant",
      participant: describeParticipant(call.world, group, user.index, viewer),
      chats: [describeGroup(call.world, group, viewer)],
      users: [describeUser(call, user.index, viewer)],
    };
  },
};

interface ParticipantList {
  readonly rows: ArrayLike<number> & { slice(from: number, to: number): ArrayLike<number> };
  readonly count: number;
}

/** The users a filter finds, by index, and the count that the answer gives. */
function listFor(call: CallContext, group: TelegramGroup, viewer: number, filter: TlObject): ParticipantList {
  const { telegram } = call.world;
  const wanted = textOf(filter, "q").trim().toLowerCase();
  const fits = (user: number): boolean => matches(telegram.users[user] as TelegramUser, wanted);
  const hidden = listHiddenFrom(group, viewer);
  const admins = (): number[] => [...group.members.indices].filter((user) => isAdmin(group, user));
  const told = (rows: number[]): ParticipantList => ({ rows, count: rows.length });
  switch (filter._) {
    case "channelParticipantsAdmins":
      return told(admins());
    case "channelParticipantsBots":
      return told(
        [...group.members.indices].filter(
          (user) => telegram.users[user]?.isBot && (!hidden || isAdmin(group, user)),
        ),
      );
    case "channelParticipantsKicked":
    case "channelParticipantsBanned": {
      if (!hasRight(group, viewer, "ban_users")) throw new RpcError(403, "CHAT_ADMIN_REQUIRED");
      const out = filter._ === "channelParticipantsKicked";
      return told([...group.bans.keys()].filter((user) => isBanned(group, user) === out && fits(user)));
    }
    case "channelParticipantsContacts": {
      const own = telegram.contacts.get(viewer) ?? new Set<number>();
      const shown = hidden ? admins() : [...group.members.indices];
      return told(shown.filter((user) => own.has(user) && fits(user)));
    }
    default: {
      // Recent, search and mentions. A hidden list shows its administrators; the count stays that of all members.
      if (hidden) return { rows: admins().filter(fits), count: group.members.size };
      if (wanted === "") return { rows: group.members.indices, count: group.members.size };
      return told([...group.members.indices].filter(fits));
    }
  }
}

/** The position up to which a list can be read. */
function reach(call: CallContext, group: TelegramGroup, filter: TlObject): number {
  if (group.kind === "channel") return CHANNEL_LIST_MOST;
  const recentOnly =
    filter._ === "channelParticipantsRecent" && call.world.telegram.traits.recentFirstPageOnly;
  return recentOnly ? PAGE_MOST : LIST_MOST;
}

/** Words are found at the beginning of names and of the public name. */
function matches(user: TelegramUser, wanted: string): boolean {
  if (wanted === "") return true;
  if (user.isDeleted) return false;
  const words = `${user.firstName} ${user.lastName ?? ""} ${user.username ?? ""}`.toLowerCase();
  return ` ${words}`.includes(` ${wanted}`);
}
