import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { failure } from "#shared/domain/failure.ts";
import { err } from "#shared/lib/result.ts";
import type { Ground } from "./ground.ts";
import { readChatFull } from "./read-facts.ts";
import { readUser } from "./read-user.ts";
import type { TelegramAdmin, TelegramSession } from "./telegram-session.ts";

/** The most that channels.getParticipants hands out; a group has at most 50 admins (telegram.org/faq, checked 2026-11). */
const ADMINS_A_PAGE = 200;

/** See `TelegramSession.fetchAdmins`. */
export async function fetchAdmins(
  ground: Ground,
  { group, signal }: Parameters<TelegramSession["fetchAdmins"]>[0],
): ReturnType<TelegramSession["fetchAdmins"]> {
  if (group.kind === "basic") {
    const method = "messages.getFullChat";
    const request = new Api.messages.GetFullChat({ chatId: returnBigInt(group.groupId) });
    const found = await ground.core.call(signal, { method, request, read: readBasicAdmins });
    if (!found.ok || found.value.admins)
      return found.ok ? { ok: true, value: found.value.admins ?? [] } : found;
    return err(failure("telegram/not-allowed", { method, telegramError: "PARTICIPANTS_FORBIDDEN" }));
  }
  const method = "channels.getParticipants";
  const channel = await ground.findChannel(group.groupId, method, signal);
  if (!channel.ok) return channel;
  const request = new Api.channels.GetParticipants({
    channel: channel.value,
    filter: new Api.ChannelParticipantsAdmins(),
    offset: 0,
    limit: ADMINS_A_PAGE,
    hash: returnBigInt(0),
  });
  return ground.core.call(signal, { method, request, read: readAdmins });
}

/** Owner and admins of a supergroup; somebody of whom nothing but the id is told is left out. */
function readAdmins(answer: unknown): TelegramAdmin[] | null {
  if (!(answer instanceof Api.channels.ChannelParticipants)) return null;
  const { participants, users } = answer;
  return participants.flatMap((participant) => {
    const isOwner = participant instanceof Api.ChannelParticipantCreator;
    if (!isOwner && !(participant instanceof Api.ChannelParticipantAdmin)) return [];
    const { adminRights } = participant;
    return adminOf(users, participant.userId, isOwner, {
      mayRename: adminRights.changeInfo === true,
      mayInvite: adminRights.inviteUsers === true,
      mayBan: adminRights.banUsers === true,
    });
  });
}

/**
 * Owner and admins of a basic group, all of whose admins may do everything but appoint others; `admins` is null where
 * this account may not see the members.
 */
function readBasicAdmins(answer: unknown): { readonly admins: TelegramAdmin[] | null } | null {
  const full = readChatFull(answer);
  if (!full) return null;
  const { participants } = full;
  if (!(participants instanceof Api.ChatParticipants)) return { admins: null };
  const { users } = answer as Api.messages.ChatFull;
  const admins = participants.participants.flatMap((participant) => {
    const isOwner = participant instanceof Api.ChatParticipantCreator;
    if (!isOwner && !(participant instanceof Api.ChatParticipantAdmin)) return [];
    return adminOf(users, participant.userId, isOwner, { mayRename: true, mayInvite: true, mayBan: true });
  });
  return { admins };
}

function adminOf(
  users: readonly Api.TypeUser[],
  userId: Api.long,
  isOwner: boolean,
  rights: { readonly mayRename: boolean; readonly mayInvite: boolean; readonly mayBan: boolean },
): TelegramAdmin | [] {
  const user = readUser(users.find(({ id }) => id.equals(userId)));
  if (!user) return [];
  if (isOwner) return { user, right: "owner", mayInvite: true, mayBan: true };
  const { mayRename, mayInvite, mayBan } = rights;
  return { user, right: mayRename ? "rename" : "admin", mayInvite, mayBan };
}
