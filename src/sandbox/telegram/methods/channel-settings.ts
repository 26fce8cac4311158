import type { CallContext, MethodRegistry } from "#sandbox/telegram/method.ts";
import { actorOf, answer, readTitle } from "#sandbox/telegram/methods/basic-groups.ts";
import { deleteGroup, logEvent, renameGroup, touchGroup } from "#sandbox/telegram/methods/group-actions.ts";
import { describeGroup } from "#sandbox/telegram/methods/group-objects.ts";
import { openJoinedChannel, openUser, viewerOf } from "#sandbox/telegram/methods/inputs.ts";
import { makeGroup } from "#sandbox/telegram/methods/new-groups.ts";
import { pageLimit } from "#sandbox/telegram/methods/page-limit.ts";
import { postToGroup } from "#sandbox/telegram/methods/publishing.ts";
import { stateOf } from "#sandbox/telegram/methods/telegram-state.ts";
import { describeUsers } from "#sandbox/telegram/methods/user-objects.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import { textOf } from "#sandbox/telegram/methods/request-text.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { hasRight, isAdmin, mayAsMember } from "#sandbox/world/telegram-world.ts";

/** A hidden member list needs a group of this size (config `hidden_members_group_size_min`, checked 2026-11). */
const HIDDEN_LEAST = 100;
/** Larger channels cannot be deleted over the API. */
const DELETE_MOST = 1_000;

/** Making, renaming and setting up supergroups and channels (core.telegram.org/api/channel, checked 2026-11). */
export const CHANNEL_SETTING_METHODS: MethodRegistry = {
  "channels.createChannel": (request, call) => {
    const title = readTitle(request);
    const viewer = viewerOf(call).index;
    const kind =
      request["forum"] === true ? "forum" : request["broadcast"] === true ? "channel" : "supergroup";
    const about = textOf(request, "about");
    const group = makeGroup(call.world, {
      kind,
      title,
      about,
      creator: viewer,
      members: [viewer],
      nowS: call.nowS,
    });
    call.world.telegram.channels.set(group.id, group);
    const action = { kind: "created", title } as const;
    const told = postToGroup(call, group, { dateS: call.nowS, from: viewer, text: "", action }, call.account);
    return answer(call, group, [...touchGroup(call, group), ...told]);
  },

  "channels.editTitle": (request, call) => {
    const group = openJoinedChannel(call, request["channel"] as TlObject);
    const title = readTitle(request);
    if (!mayAsMember(group, viewerOf(call).index, "change_info"))
      throw new RpcError(403, "CHAT_ADMIN_REQUIRED");
    if (title === group.title) throw new RpcError(400, "CHAT_NOT_MODIFIED");
    return answer(call, group, renameGroup(call, group, title, actorOf(call)));
  },

  // Whoever may change the group's information, which may be every member ("requires can_change_info member right", the
  // documentation of Telegram's own library, toggleSupergroupIsAllHistoryAvailable; checked 2026-11).
  "channels.togglePreHistoryHidden": (request, call) => {
    const group = openSupergroup(request, call);
    if (!mayAsMember(group, viewerOf(call).index, "change_info"))
      throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
    const enabled = request["enabled"] === true;
    if (group.kind === "forum" && enabled) throw new RpcError(400, "FORUM_ENABLED");
    if (group.username !== null || group.linkedTo !== null) throw new RpcError(400, "CHAT_LINK_EXISTS");
    if (group.historyHidden === enabled) throw new RpcError(400, "CHAT_NOT_MODIFIED");
    group.historyHidden = enabled;
    logEvent(call, group, viewerOf(call).index, {
      _: "channelAdminLogEventActionTogglePreHistoryHidden",
      new_value: enabled,
    });
    return answer(call, group, touchGroup(call, group));
  },

  "channels.toggleParticipantsHidden": (request, call) => {
    const group = openSupergroup(request, call);
    if (!hasRight(group, viewerOf(call).index, "ban_users")) throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
    const enabled = request["enabled"] === true;
    if (enabled && group.members.size < HIDDEN_LEAST) throw new RpcError(400, "PARTICIPANTS_TOO_FEW");
    if (group.participantsHidden === enabled) throw new RpcError(400, "CHAT_NOT_MODIFIED");
    group.participantsHidden = enabled;
    return answer(call, group, touchGroup(call, group));
  },

  "channels.toggleForum": (request, call) => {
    const group = openJoinedChannel(call, request["channel"] as TlObject);
    const viewer = viewerOf(call).index;
    if (group.creator !== viewer) throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
    if (group.kind === "channel") throw new RpcError(400, "CHAT_ID_INVALID");
    if (group.linkedTo !== null) throw new RpcError(400, "CHAT_DISCUSSION_UNALLOWED");
    const kind = request["enabled"] === true ? "forum" : "supergroup";
    if (group.kind === kind) throw new RpcError(400, "CHAT_NOT_MODIFIED");
    group.kind = kind;
    if (kind === "forum") {
      group.historyHidden = false;
      const general = { id: 1, title: "General", creator: viewer, dateS: call.nowS, iconColor: 0x6fb9f0 };
      if (!group.topics.has(1))
        group.topics.set(1, { ...general, closed: false, hidden: false, pinned: false });
    }
    logEvent(call, group, viewer, {
      _: "channelAdminLogEventActionToggleForum",
      new_value: kind === "forum",
    });
    return answer(call, group, touchGroup(call, group));
  },

  "channels.deleteChannel": (request, call) => {
    const group = openJoinedChannel(call, request["channel"] as TlObject);
    if (group.creator !== viewerOf(call).index) throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
    if (group.members.size > DELETE_MOST) throw new RpcError(406, "CHANNEL_TOO_LARGE");
    return answer(call, group, deleteGroup(call, group));
  },

  // Newest first; max_id and min_id bound the events, both left out.
  "channels.getAdminLog": (request, call) => {
    const group = openJoinedChannel(call, request["channel"] as TlObject);
    const viewer = viewerOf(call).index;
    if (!isAdmin(group, viewer)) throw new RpcError(403, "CHAT_ADMIN_REQUIRED");
    const maxId = request["max_id"] as bigint;
    const minId = request["min_id"] as bigint;
    const admins = (request["admins"] as readonly TlObject[] | undefined)?.map((input) =>
      BigInt(openUser(call, input).id),
    );
    const filter = request["events_filter"] as TlObject | undefined;
    const events = (stateOf(call.world).adminLogs.get(group.id) ?? [])
      .filter((event) => {
        const id = event["id"] as bigint;
        return (
          (maxId === 0n || id < maxId) &&
          id > minId &&
          (admins === undefined || admins.includes(event["user_id"] as bigint)) &&
          (filter === undefined || fitsFilter(event["action"] as TlObject, filter))
        );
      })
      .reverse()
      .slice(0, pageLimit(call, request["limit"], 100, 100));
    const users = events.map(
      (event) => call.world.telegram.userById.get(Number(event["user_id"]))?.index ?? viewer,
    );
    return {
      _: "channels.adminLogResults",
      events,
      chats: [describeGroup(call.world, group, viewer)],
      users: describeUsers(call, users, viewer),
    };
  },
};

const FILTERED: readonly (readonly [RegExp, readonly string[]])[] = [
  [/ParticipantJoin/, ["join"]],
  [/ParticipantLeave/, ["leave"]],
  [/ParticipantInvite/, ["invite"]],
  [/ToggleBan/, ["ban", "unban", "kick", "unkick"]],
  [/ToggleAdmin/, ["promote", "demote"]],
  [/ChangeTitle/, ["info"]],
  [/TogglePreHistory|ToggleForum/, ["settings"]],
  [/Topic/, ["forums"]],
];

function fitsFilter(action: TlObject, filter: TlObject): boolean {
  const names = FILTERED.find(([pattern]) => pattern.test(action._))?.[1] ?? [];
  return names.some((name) => filter[name] === true);
}

/** Throws CHAT_ID_INVALID for a broadcast channel. */
function openSupergroup(request: TlObject, call: CallContext): TelegramGroup {
  const group = openJoinedChannel(call, request["channel"] as TlObject);
  if (group.kind === "channel") throw new RpcError(400, "CHAT_ID_INVALID");
  return group;
}
