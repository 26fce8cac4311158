import type { CallContext } from "#sandbox/telegram/method.ts";
import { accessHash } from "#sandbox/telegram/methods/access-hash.ts";
import { mayLook } from "#sandbox/telegram/methods/group-objects.ts";
import { forgetGroup } from "#sandbox/telegram/methods/telegram-state.ts";
import { userOfAccount } from "#sandbox/telegram/methods/user-objects.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { TelegramGroup, TelegramUser } from "#sandbox/world/telegram-model.ts";

/** A chat that a method was asked about. */
export type Peer =
  | { readonly user: TelegramUser; readonly group: null }
  | { readonly group: TelegramGroup; readonly user: null };

/** Who asks. */
export function viewerOf(call: CallContext): TelegramUser {
  return userOfAccount(call.world, call.account);
}

/** The user an `InputUser` or user-like `InputPeer` names, or null when nobody fits or the access hash is another's. */
export function findUser(call: CallContext, input: TlObject): TelegramUser | null {
  const viewer = viewerOf(call);
  switch (input._) {
    case "inputUserSelf":
    case "inputPeerSelf":
      return viewer;
    case "inputUser":
    case "inputPeerUser": {
      const user = call.world.telegram.userById.get(Number(input["user_id"]));
      if (!user) return null;
      if (user === viewer || fits(call, viewer, "user", user.id, input["access_hash"])) return user;
      return null;
    }
    case "inputUserFromMessage":
    case "inputPeerUserFromMessage":
      return call.world.telegram.userById.get(Number(input["user_id"])) ?? null;
    default:
      return null;
  }
}

/** The user an `InputUser` names; throws USER_ID_INVALID. */
export function openUser(call: CallContext, input: TlObject): TelegramUser {
  const user = findUser(call, input);
  if (!user) throw new RpcError(400, "USER_ID_INVALID");
  return user;
}

/** The channel an `InputChannel` names, whether one may look into it or not; throws CHANNEL_INVALID. */
export function findChannel(call: CallContext, input: TlObject): TelegramGroup {
  const known = [
    "inputChannel",
    "inputPeerChannel",
    "inputChannelFromMessage",
    "inputPeerChannelFromMessage",
  ];
  const group = known.includes(input._)
    ? call.world.telegram.channels.get(Number(input["channel_id"]))
    : undefined;
  const trusted = input._.endsWith("FromMessage");
  if (!group || !(trusted || fits(call, viewerOf(call), "channel", group.id, input["access_hash"]))) {
    throw new RpcError(400, "CHANNEL_INVALID");
  }
  liftEndedBans(call, group);
  return group;
}

/** Bans and restrictions with an end are over by themselves. */
function liftEndedBans({ world, nowS }: CallContext, group: TelegramGroup): void {
  for (const [user, { untilS }] of group.bans) {
    if (untilS > nowS) continue;
    group.bans.delete(user);
    forgetGroup(world, group);
  }
}

/** The channel an `InputChannel` names; throws CHANNEL_INVALID, and CHANNEL_PRIVATE for one the asker is not in. */
export function openChannel(call: CallContext, input: TlObject): TelegramGroup {
  const group = findChannel(call, input);
  if (!mayLook(group, viewerOf(call).index)) throw new RpcError(406, "CHANNEL_PRIVATE");
  return group;
}

/** A supergroup or channel the asker is a member of. */
export function openJoinedChannel(call: CallContext, input: TlObject): TelegramGroup {
  const group = openChannel(call, input);
  if (!group.members.has(viewerOf(call).index)) throw new RpcError(406, "CHANNEL_PRIVATE");
  return group;
}

/** The basic group with a chat id; throws CHAT_ID_INVALID for one the asker has never been in. */
export function openChat(call: CallContext, chatId: unknown): TelegramGroup {
  const group = call.world.telegram.chats.get(Number(chatId));
  const viewer = viewerOf(call).index;
  if (!group || !(group.members.has(viewer) || group.gone.has(viewer)))
    throw new RpcError(400, "CHAT_ID_INVALID");
  return group;
}

/** A basic group one can act in: a member of it, neither deleted nor become a supergroup. */
export function openLiveChat(call: CallContext, chatId: unknown): TelegramGroup {
  const group = openChat(call, chatId);
  const live = group.members.has(viewerOf(call).index) && !group.isDeleted && group.migratedTo === null;
  if (!live) throw new RpcError(400, "CHAT_ID_INVALID");
  return group;
}

/** The chat an `InputPeer` names; throws PEER_ID_INVALID, CHAT_ID_INVALID, CHANNEL_INVALID, CHANNEL_PRIVATE. */
export function openPeer(call: CallContext, input: TlObject): Peer {
  if (input._ === "inputPeerChat") return { group: openChat(call, input["chat_id"]), user: null };
  if (input._.startsWith("inputPeerChannel")) return { group: openChannel(call, input), user: null };
  const user = findUser(call, input);
  if (!user) throw new RpcError(400, "PEER_ID_INVALID");
  return { user, group: null };
}

/** Bots may leave the hash out of peers they have met (core.telegram.org/api/peers, checked 2026-11). */
function fits(
  call: CallContext,
  viewer: TelegramUser,
  kind: "user" | "channel",
  id: number,
  hash: unknown,
): boolean {
  return hash === accessHash(call.world.seed, viewer.index, kind, id) || (viewer.isBot && hash === 0n);
}
