import type { CallContext, MethodRegistry, OpenedChannel } from "#sandbox/telegram/method.ts";
import { botInfo } from "#sandbox/telegram/methods/basic-groups.ts";
import { describeDialogs, dialogOf } from "#sandbox/telegram/methods/dialog-list.ts";
import { describeGroup, isBanned } from "#sandbox/telegram/methods/group-objects.ts";
import { viewOf } from "#sandbox/telegram/methods/history.ts";
import { findChannel, openChannel, openJoinedChannel, viewerOf } from "#sandbox/telegram/methods/inputs.ts";
import { describePage, pickPage } from "#sandbox/telegram/methods/message-pages.ts";
import { pinnedIds } from "#sandbox/telegram/methods/group-details.ts";
import { countUnread, readMark } from "#sandbox/telegram/methods/read-marks.ts";
import { boxOf, logOfGroup } from "#sandbox/telegram/methods/telegram-state.ts";
import { describeUsers } from "#sandbox/telegram/methods/user-objects.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { allGroups, hasRight, isAdmin } from "#sandbox/world/telegram-world.ts";

/** What one can know of supergroups and channels (core.telegram.org/api/channel, checked 2026-11). */
export const CHANNEL_READING_METHODS: MethodRegistry = {
  // A channel one may not look into is told in its forbidden form; a wrong access hash fails the call.
  "channels.getChannels": (request, call) => {
    const viewer = viewerOf(call).index;
    const groups = (request["id"] as readonly TlObject[]).map((input) => findChannel(call, input));
    return { _: "messages.chats", chats: groups.map((group) => describeGroup(call.world, group, viewer)) };
  },

  "channels.getFullChannel": (request, call) => {
    const group = openChannel(call, request["channel"] as TlObject);
    const viewer = viewerOf(call).index;
    const linked = group.linkedTo === null ? undefined : call.world.telegram.channels.get(group.linkedTo);
    const bots = [...group.members.indices].filter((user) => call.world.telegram.users[user]?.isBot);
    return {
      _: "messages.chatFull",
      full_chat: describeFull(call, group, viewer, bots),
      chats: [group, ...(linked ? [linked] : [])].map((one) => describeGroup(call.world, one, viewer)),
      users: describeUsers(call, bots, viewer),
    };
  },
};

/** The channel an `InputChannel` names, for updates.getChannelDifference. */
export function openChannelDifference(input: TlObject, call: CallContext): OpenedChannel {
  const group = openJoinedChannel(call, input);
  return {
    channelId: BigInt(group.id),
    describe: () => {
      const viewer = viewerOf(call).index;
      const peer = { group, user: null };
      const { dialogs, chats, users } = describeDialogs(call, [dialogOf(call, peer, viewer)], viewer);
      const view = viewOf(call, peer);
      const page = describePage(
        call,
        peer,
        view,
        pickPage(view, { _: "", limit: 20 }, { shortPage: false }),
        0,
      );
      const named = new Map(
        [...users, ...(page["users"] as readonly TlObject[])].map((user) => [user["id"], user]),
      );
      return {
        dialog: dialogs[0] as TlObject,
        messages: page["messages"] as readonly TlObject[],
        chats,
        users: [...named.values()],
      };
    },
  };
}

function describeFull(
  call: CallContext,
  group: TelegramGroup,
  viewer: number,
  bots: readonly number[],
): TlObject {
  const { world } = call;
  const view = viewOf(call, { group, user: null });
  const admin = isAdmin(group, viewer);
  const banned = [...group.bans.keys()];
  const join = group.joins.get(viewer);
  return {
    _: "channelFull",
    // A hidden list does not clear this flag: administrators can still be listed (participants_hidden tells it).
    can_view_participants: group.kind !== "channel" || admin,
    can_set_username: group.creator === viewer,
    hidden_prehistory: group.historyHidden,
    can_delete_channel: group.creator === viewer,
    participants_hidden: group.participantsHidden,
    id: BigInt(group.id),
    about: group.about,
    participants_count: group.members.size,
    admins_count: admin ? new Set([...group.admins.keys(), group.creator]).size : undefined,
    kicked_count: hasRight(group, viewer, "ban_users")
      ? banned.filter((user) => isBanned(group, user)).length
      : undefined,
    banned_count: hasRight(group, viewer, "ban_users")
      ? banned.filter((user) => !isBanned(group, user)).length
      : undefined,
    read_inbox_max_id: readMark(world, view, viewer),
    read_outbox_max_id: view.size === 0 ? 0 : view.idAt(view.size - 1),
    unread_count: countUnread(world, view, viewer),
    chat_photo: { _: "photoEmpty", id: 0n },
    notify_settings: { _: "peerNotifySettings" },
    bot_info: bots.map((bot) => botInfo(call, bot)),
    migrated_from_chat_id: group.migratedFrom === null ? undefined : BigInt(group.migratedFrom),
    migrated_from_max_id: lastIdBefore(call, group, viewer),
    available_min_id: group.historyHidden && join ? join.messagesBefore : undefined,
    pinned_msg_id: pinnedIds(world, group, viewer).at(-1),
    linked_chat_id: group.linkedTo === null ? undefined : BigInt(group.linkedTo),
    pts: call.updates.channelPts(BigInt(group.id)),
  };
}

/** The id, in the viewer's own sequence, of the last message of the basic group a supergroup was made of. */
function lastIdBefore(call: CallContext, group: TelegramGroup, viewer: number): number | undefined {
  if (group.migratedFrom === null) return undefined;
  for (const old of allGroups(call.world.telegram)) {
    if (old.id !== group.migratedFrom || old.kind !== "basic") continue;
    const log = logOfGroup(call.world, old);
    return boxOf(call.world, viewer).idOf(log, log.size - 1) ?? 0;
  }
  return 0;
}
