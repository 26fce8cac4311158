import type { CallContext } from "#sandbox/telegram/method.ts";
import { isBanned } from "#sandbox/telegram/methods/group-objects.ts";
import { stateOf } from "#sandbox/telegram/methods/telegram-state.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { World } from "#sandbox/world/model.ts";
import type { TelegramGroup, TelegramUser } from "#sandbox/world/telegram-model.ts";

const DAY_S = 86_400;

/** Who can be added and who cannot: the latter are listed in the answer instead of failing it. */
interface Invitation {
  readonly welcome: readonly number[];
  readonly missing: readonly TlObject[];
}

/**
 * Sorts people to be added. Privacy settings put a person among the `missing_invitees`, as since layer 177; somebody
 * named alone who lets nobody add them still fails the call with USER_PRIVACY_RESTRICTED, as documented beside it.
 * Takes one from the budget `invite-people` for everybody who comes in. Throws the documented refusals
 * (core.telegram.org/method/channels.inviteToChannel, checked 2026-11).
 */
export function planInvitation(
  call: CallContext,
  group: TelegramGroup,
  users: readonly TelegramUser[],
  inviter: number,
): Invitation {
  const welcome: number[] = [];
  const missing: TlObject[] = [];
  for (const user of users) {
    if (group.members.has(user.index)) continue;
    requireAddable(call.world, group, user, inviter);
    const known = isContactOf(call.world, user.index, inviter);
    if (user.invitePrivacy === "everybody" || (user.invitePrivacy === "contacts" && known)) {
      welcome.push(user.index);
    } else if (user.invitePrivacy === "nobody" && users.length === 1) {
      throw new RpcError(403, "USER_PRIVACY_RESTRICTED");
    } else {
      missing.push({ _: "missingInvitee", user_id: BigInt(user.id) });
    }
  }
  for (const user of welcome) {
    requireNoFlood(call.world, inviter, user);
    takeInvite(call, inviter);
  }
  return { welcome, missing };
}

function requireAddable(world: World, group: TelegramGroup, user: TelegramUser, inviter: number): void {
  if (user.isDeleted) throw new RpcError(400, "INPUT_USER_DEACTIVATED");
  if (user.isBot && group.kind === "channel") throw new RpcError(400, "USER_BOT");
  if (isBanned(group, user.index)) throw new RpcError(400, "USER_KICKED");
  if (user.inTooManyChannels && group.kind !== "basic") throw new RpcError(403, "USER_CHANNELS_TOO_MUCH");
  // Who left by themselves comes back only by the hand of somebody they know.
  const mutual = isContactOf(world, user.index, inviter) && isContactOf(world, inviter, user.index);
  if (group.gone.get(user.index) === "left" && !mutual) throw new RpcError(403, "USER_NOT_MUTUAL_CONTACT");
}

/** An account that adds many strangers is limited to its contacts (core.telegram.org/api/errors PEER_FLOOD). */
function requireNoFlood(world: World, inviter: number, user: number): void {
  if (isContactOf(world, inviter, user)) return;
  const { flooded, traits } = world.telegram;
  const { strangersAdded } = stateOf(world);
  const added = strangersAdded.get(inviter) ?? 0;
  if (flooded.has(inviter) || (traits.peerFloodAfter !== null && added >= traits.peerFloodAfter)) {
    throw new RpcError(400, "PEER_FLOOD");
  }
  strangersAdded.set(inviter, added + 1);
}

/**
 * Takes one from the budget. An account that keeps inviting although it was told to wait is limited to its contacts, until
 * the control API lets it go (users report days of it; public issues of client libraries, checked 2026-11).
 */
function takeInvite(call: CallContext, inviter: number): void {
  try {
    call.takeBudget("invite-people");
  } catch (error) {
    if (!(error instanceof RpcError) || error.code !== 420) throw error;
    const { inviteWaits } = stateOf(call.world);
    const ofToday = (inviteWaits.get(inviter) ?? []).filter((atS) => atS > call.nowS - DAY_S);
    inviteWaits.set(inviter, [...ofToday, call.nowS]);
    const { flooded, traits } = call.world.telegram;
    if (traits.peerFloodAfterWaits !== null && ofToday.length + 1 >= traits.peerFloodAfterWaits) {
      flooded.add(inviter);
      inviteWaits.delete(inviter);
    }
    throw error;
  }
}

/** Whether `owner` has `user` in their contact list. */
function isContactOf(world: World, owner: number, user: number): boolean {
  return world.telegram.contacts.get(owner)?.has(user) ?? false;
}
