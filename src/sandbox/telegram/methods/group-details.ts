import type { CallContext, MethodRegistry } from "#sandbox/telegram/method.ts";
import { touchGroup } from "#sandbox/telegram/methods/group-actions.ts";
import { peerOfGroup } from "#sandbox/telegram/methods/group-objects.ts";
import { openPeer, viewerOf } from "#sandbox/telegram/methods/inputs.ts";
import { messageId } from "#sandbox/telegram/methods/message-objects.ts";
import { findSlot } from "#sandbox/telegram/methods/message-view.ts";
import { accountsOf, changeOfGroup, postToGroup } from "#sandbox/telegram/methods/publishing.ts";
import { textOf } from "#sandbox/telegram/methods/request-text.ts";
import { answerAbout } from "#sandbox/telegram/methods/sending.ts";
import { logOfGroup, viewOfGroup } from "#sandbox/telegram/methods/telegram-state.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { World } from "#sandbox/world/model.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { mayAsMember } from "#sandbox/world/telegram-world.ts";

/** Longest description (core.telegram.org/api/channel; 255 characters, checked 2026-11). */
const ABOUT_MOST = 255;

/** Description and pinned messages of groups of every kind (core.telegram.org/api/channel, /api/pin, checked 2026-11). */
export const GROUP_DETAIL_METHODS: MethodRegistry = {
  "messages.editChatAbout": (request, call) => {
    const group = openGroup(request, call);
    const about = textOf(request, "about").trim();
    if (!mayAsMember(group, viewerOf(call).index, "change_info"))
      throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
    if ([...about].length > ABOUT_MOST) throw new RpcError(400, "CHAT_ABOUT_TOO_LONG");
    if (about === group.about) throw new RpcError(400, "CHAT_ABOUT_NOT_MODIFIED");
    group.about = about;
    touchGroup(call, group);
    return true;
  },

  // Pinning tells everybody by a service message; `silent` only keeps their phones quiet.
  "messages.updatePinnedMessage": (request, call) => {
    const group = openGroup(request, call);
    const viewer = viewerOf(call).index;
    if (!mayAsMember(group, viewer, "pin_messages")) throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
    const view = viewOfGroup(call.world, group, viewer);
    const slot = findSlot(view, Number(request["id"]));
    const position = slot < 0 ? -1 : view.positionAt(slot);
    const message = position < 0 ? null : view.log.at(position);
    if (!message || message.action) throw new RpcError(400, "MESSAGE_ID_INVALID");
    const pins = request["unpin"] !== true;
    if (group.pinned.has(position) === pins) throw new RpcError(400, "CHAT_NOT_MODIFIED");
    if (pins) group.pinned.set(position, message.text);
    else group.pinned.delete(position);
    const told = tellOfPin(call, group, position, pins);
    const service = { dateS: call.nowS, from: viewer, text: "", action: { kind: "pinned" } as const };
    const posted = pins ? postToGroup(call, group, { ...service, replyTo: position }, call.account) : [];
    return answerAbout(call, { group, user: null }, [...told, ...posted]);
  },
};

/** Ids of the pinned messages as a user, by index, knows them, the oldest pin first. */
export function pinnedIds(world: World, group: TelegramGroup, viewer: number): number[] {
  const log = logOfGroup(world, group);
  return [...group.pinned.keys()].map((at) => messageId(world, log, at, viewer)).filter((id) => id > 0);
}

function openGroup(request: TlObject, call: CallContext): TelegramGroup {
  const { group } = openPeer(call, request["peer"] as TlObject);
  if (!group || group.isDeleted || group.migratedTo !== null) throw new RpcError(400, "PEER_ID_INVALID");
  if (!group.members.has(viewerOf(call).index)) throw new RpcError(400, "CHANNEL_PRIVATE");
  return group;
}

function tellOfPin(call: CallContext, group: TelegramGroup, position: number, pinned: boolean): TlObject[] {
  const log = logOfGroup(call.world, group);
  if (group.kind !== "basic") {
    const update = {
      _: "updatePinnedChannelMessages",
      pinned,
      channel_id: BigInt(group.id),
      messages: [position + 1],
    };
    const change = changeOfGroup(call, group, () => update, [], 1);
    const readers = accountsOf(call, group.members.indices);
    return [call.updates.publishToChannel(BigInt(group.id), readers, change, call.account)];
  }
  const told: TlObject[] = [];
  for (const member of group.members.indices) {
    const messages = [messageId(call.world, log, position, member)].filter((id) => id > 0);
    if (messages.length === 0) continue;
    const update = { _: "updatePinnedMessages", pinned, peer: peerOfGroup(group), messages };
    for (const account of accountsOf(call, [member])) {
      const done = call.updates.publishToAccount(
        account,
        changeOfGroup(call, group, () => update, [], 1),
      );
      if (account.userId === call.account.userId) told.push(done);
    }
  }
  return told;
}
