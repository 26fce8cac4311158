import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "#shared/lib/time.ts";
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

/** How far our clock and Telegram's may be apart where a ban is recognised by its span. */
const CLOCKS_DIFFER_MS = 2 * MINUTE_MS;

/** See `TelegramSession.addToGroup`. A ban that only a removal of ours left behind keeps nobody out. */
export async function addToGroup(
  ground: Ground,
  { group, userId, signal }: Parameters<TelegramSession["addToGroup"]>[0],
): ReturnType<TelegramSession["addToGroup"]> {
  const method = group.kind === "basic" ? "messages.addChatUser" : "channels.inviteToChannel";
  const request = await invitation(ground, group, userId, method, signal);
  if (!request.ok) return request;
  const invite = () => change(ground.core, signal, method, request.value, readInvited);
  let invited = await invite();
  if (refusedWith(invited) === "USER_KICKED") {
    const lifted = await liftRemovalBan(ground, { group, userId, signal });
    if (lifted.ok && lifted.value === "lifted") invited = await invite();
  }
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
  // The removal itself is done whatever comes of it.
  await lift(ground, { channel: channel.value, participant }, signal);
  return ok("removed");
}

/** See `TelegramSession.liftRemovalBan`. */
export async function liftRemovalBan(
  ground: Ground,
  { group, userId, signal }: Parameters<TelegramSession["liftRemovalBan"]>[0],
): ReturnType<TelegramSession["liftRemovalBan"]> {
  if (group.kind === "basic") return ok("none");
  const method = "channels.getParticipant";
  const channel = await ground.findChannel(group.groupId, method, signal);
  if (!channel.ok) return channel;
  const participant = ground.core.peers.findUserPeer(userId);
  if (!participant) return err(strange(method, userId));
  const request = new Api.channels.GetParticipant({ channel: channel.value, participant });
  const left = await ground.core.call(signal, { method, request, read: readRemovalBan });
  if (refusedWith(left) === "USER_NOT_PARTICIPANT") return ok("none");
  if (!left.ok) return left;
  const { by } = left.value;
  if (by === null) return ok("none");
  const self = await ground.fetchSelf({ signal });
  if (!self.ok) return self;
  if (by !== self.value.userId) return ok("none");
  const lifted = await lift(ground, { channel: channel.value, participant }, signal);
  return lifted.ok ? ok("lifted") : lifted;
}

/** Lifting what is lifted changes nothing, so this may be repeated. */
async function lift(
  ground: Ground,
  who: { readonly channel: Api.InputChannel; readonly participant: Api.TypeInputPeer },
  signal: AbortSignal,
): Promise<Result<true, Failure>> {
  const bannedRights = new Api.ChatBannedRights({ untilDate: 0 });
  const request = new Api.channels.EditBanned({ ...who, bannedRights });
  return ground.core.call(signal, { method: "channels.editBanned", request, read: () => true as const });
}

/** Who set a ban of just the span that a removal sets; null for any other, and for none. */
function readRemovalBan(answer: unknown): { readonly by: string | null } | null {
  if (!(answer instanceof Api.channels.ChannelParticipant)) return null;
  const row = answer.participant;
  if (!(row instanceof Api.ChannelParticipantBanned)) return { by: null };
  const spanMs = (row.bannedRights.untilDate - row.date) * SECOND_MS;
  return { by: Math.abs(spanMs - BAN_MS) <= CLOCKS_DIFFER_MS ? row.kickedBy.toString() : null };
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
