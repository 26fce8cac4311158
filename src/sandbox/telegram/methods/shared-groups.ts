import type { MethodRegistry } from "#sandbox/telegram/method.ts";
import { describeGroup } from "#sandbox/telegram/methods/group-objects.ts";
import { openUser, viewerOf } from "#sandbox/telegram/methods/inputs.ts";
import { pageLimit } from "#sandbox/telegram/methods/page-limit.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { World } from "#sandbox/world/model.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { allGroups, listHiddenFrom } from "#sandbox/world/telegram-world.ts";

/** Most groups of one answer (core.telegram.org/method/messages.getCommonChats by way of TDLib, checked 2026-11). */
const PAGE_MOST = 100;

/**
 * The groups two users share, newest id first, supergroups before basic groups because their ids are higher. Broadcast
 * channels are no groups. Groups whose members are hidden from the asker are left out unless the world's trait
 * `commonChatsShowHidden` says otherwise: Telegram does not document which.
 */
export function sharedGroups({ telegram }: World, viewer: number, user: number): TelegramGroup[] {
  const shared: TelegramGroup[] = [];
  for (const group of allGroups(telegram)) {
    if (group.kind === "channel" || group.isDeleted || group.migratedTo !== null) continue;
    if (!group.members.has(viewer) || !group.members.has(user)) continue;
    if (listHiddenFrom(group, viewer) && !telegram.traits.commonChatsShowHidden) continue;
    shared.push(group);
  }
  return shared.sort((one, other) => other.id - one.id);
}

export const SHARED_GROUP_METHODS: MethodRegistry = {
  // Pages go downwards: max_id is the lowest id of the page before, and not told again.
  "messages.getCommonChats": (request, call) => {
    const user = openUser(call, request["user_id"] as TlObject);
    const viewer = viewerOf(call);
    if (user === viewer) throw new RpcError(400, "USER_ID_INVALID");
    const maxId = Number(request["max_id"]);
    const all = sharedGroups(call.world, viewer.index, user.index);
    const rest = maxId > 0 ? all.filter((group) => group.id < maxId) : all;
    const page = rest.slice(0, pageLimit(call, request["limit"], PAGE_MOST, PAGE_MOST));
    const chats = page.map((group) => describeGroup(call.world, group, viewer.index));
    return page.length === all.length
      ? { _: "messages.chats", chats }
      : { _: "messages.chatsSlice", count: all.length, chats };
  },
};
