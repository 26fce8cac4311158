import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { HOUR_MS, SECOND_MS } from "#shared/lib/time.ts";
import { change, refusedWith } from "./change-refusals.ts";
import { strange, type Ground } from "./ground.ts";
import type { TelegramGroupRef, TelegramSession } from "./telegram-session.ts";

/** How much of a basic group's history somebody new is shown; the apps' own number. */
const FORWARDED_MESSAGES = 100;

/**
 * How long a ban holds that is not lifted, because the power failed between the two calls. Telegram takes less than 30
 * seconds for "for ever" (core.telegram.org/constructor/chatBannedRights, checked 2026-11), so it is long enough for
 * two clocks that differ.
 */
const BAN_MS = HOUR_MS;

/** See `TelegramSession.addToGroup`. */
export async function addToGroup(
  ground: Ground,
  { group, userId, signal }: Parameters<TelegramSession["addToGroup"]>[0],
): ReturnType<TelegramSession["addToGroup"]> {
  const method = group.kind === "basic" ? "messages.addChatUser" : "channels.inviteToChannel";
  const request = await invitation(ground, group, userId, method, signal);
  if (!request.ok) return request;
  const invited = await change(ground.core, signal, method, request.value, readInvited);
  if (refusedWith(invited) === "USER_ALREADY_PARTICIPANT") return ok("already-in");
  if (!invited.ok) return invited;
  if (invited.value.missing) return err(notBroughtIn(method, invited.value.missing));
  return ok(invited.value.isNews ? "added" : "already-in");
}

/**
 * See `TelegramSession.removeFromGroup`. From a supergroup only a ban removes anybody; it is lifted at once, and ends by
 * itself where that fails. Somebody who is not in the group is left alone: a ban of theirs would be lifted too.
 */
export async function removeFromGroup(
  ground: Ground,
  { group, userId, signal }: Parameters<TelegramSession["removeFromGroup"]>[0],
): ReturnType<TelegramSession["removeFromGroup"]> {
  if (group.kind === "basic") return removeFromBasic(ground, group, userId, signal);
  const method = "channels.editBanned";
  const channel = await ground.findChannel(group.groupId, method, signal);
  if (!channel.ok) return channel;
  const participant = ground.core.peers.findUserPeer(userId);
  if (!participant) return err(strange(method, userId));
  const membership = await ground.fetchMembership({ group, userId, signal });
  if (membership.ok && membership.value === "absent") return ok("was-not-in");
  if (!membership.ok && refusedWith(membership) === null) return membership;

  const untilDate = Math.ceil((ground.core.nowMs() + BAN_MS) / SECOND_MS);
  const banned = new Api.ChatBannedRights({ viewMessages: true, untilDate });
  const ban = new Api.channels.EditBanned({ channel: channel.value, participant, bannedRights: banned });
  const removed = await change(ground.core, signal, method, ban, () => true);
  if (refusedWith(removed) === "USER_NOT_PARTICIPANT") return ok("was-not-in");
  if (!removed.ok) return removed;
  const free = new Api.ChatBannedRights({ untilDate: 0 });
  const lift = new Api.channels.EditBanned({ channel: channel.value, participant, bannedRights: free });
  // Lifting what is lifted changes nothing, so this may be repeated; the removal itself is done whatever comes of it.
  await ground.core.call(signal, { method, request: lift, read: () => true });
  return ok("removed");
}

async function removeFromBasic(
  ground: Ground,
  { groupId }: TelegramGroupRef,
  userId: string,
  signal: AbortSignal,
): Promise<Result<"removed" | "was-not-in", Failure>> {
  const method = "messages.deleteChatUser";
  const user = ground.core.peers.findUser(userId);
  if (!user) return err(strange(method, userId));
  const request = new Api.messages.DeleteChatUser({ chatId: returnBigInt(groupId), userId: user });
  const removed = await change(ground.core, signal, method, request, () => true);
  if (refusedWith(removed) === "USER_NOT_PARTICIPANT") return ok("was-not-in");
  return removed.ok ? ok("removed") : removed;
}

async function invitation(
  ground: Ground,
  { groupId, kind }: TelegramGroupRef,
  userId: string,
  method: string,
  signal: AbortSignal,
): Promise<Result<Api.messages.AddChatUser | Api.channels.InviteToChannel, Failure>> {
  const user = ground.core.peers.findUser(userId);
  if (!user) return err(strange(method, userId));
  ground.core.peers.keep(userId);
  if (kind === "basic") {
    const chatId = returnBigInt(groupId);
    return ok(new Api.messages.AddChatUser({ chatId, userId: user, fwdLimit: FORWARDED_MESSAGES }));
  }
  const channel = await ground.findChannel(groupId, method, signal);
  if (!channel.ok) return channel;
  return ok(new Api.channels.InviteToChannel({ channel: channel.value, users: [user] }));
}

interface Invited {
  readonly missing: Api.MissingInvitee | null;
  /** Something happened: inviting somebody who is in already is answered with no update. */
  readonly isNews: boolean;
}

function readInvited(answer: unknown): Invited | null {
  if (!(answer instanceof Api.messages.InvitedUsers)) return null;
  const { updates, missingInvitees } = answer;
  const isNews = !(updates instanceof Api.Updates) || updates.updates.length > 0;
  return { missing: missingInvitees[0] ?? null, isNews };
}

/** Telegram lists whom their privacy keeps out instead of refusing (core.telegram.org/api/invites, checked 2026-11). */
function notBroughtIn(method: string, missing: Api.MissingInvitee): Failure {
  return failure("telegram/privacy-restricted", {
    method,
    problem: "missing-invitee",
    ...(missing.premiumWouldAllowInvite === true && { premiumWouldAllowInvite: true }),
  });
}
