import type { CallContext } from "#sandbox/telegram/method.ts";
import { describeGroup } from "#sandbox/telegram/methods/group-objects.ts";
import { viewerOf, type Peer } from "#sandbox/telegram/methods/inputs.ts";
import type { LoggedMessage } from "#sandbox/telegram/methods/message-log.ts";
import { describeMessage, usersOfMessage } from "#sandbox/telegram/methods/message-objects.ts";
import {
  isThere,
  messageAt,
  slotOfDate,
  slotOfId,
  type MessageView,
} from "#sandbox/telegram/methods/message-view.ts";
import { pageLimit } from "#sandbox/telegram/methods/page-limit.ts";
import { describeUsers } from "#sandbox/telegram/methods/user-objects.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";

/** Most messages of one answer (core.telegram.org/method/messages.getHistory by way of its users, checked 2026-11). */
const PAGE_MOST = 100;

/**
 * The slots of one page, newest first. Paging as core.telegram.org/api/offsets describes (checked 2026-11): the list
 * runs downwards from the newest message; `offset_id` or `offset_date` names a place in it (messages older than that
 * come after it), `add_offset` moves the place down, or up when negative; `max_id` and `min_id` cut both ends off,
 * themselves included. Where a window reaches beyond the newest message, it is shorter, not moved.
 */
export function pickPage(
  view: MessageView,
  request: TlObject,
  call: Pick<CallContext, "shortPage">,
  fits: (message: LoggedMessage) => boolean = () => true,
  everything = true,
): number[] {
  const number = (name: string): number => Number(request[name] ?? 0);
  const limit = Number(request["limit"]) === 0 ? 0 : pageLimit(call, request["limit"], PAGE_MOST, PAGE_MOST);
  const low = number("min_id") > 0 ? slotOfId(view, number("min_id") + 1) : 0;
  const high = number("max_id") > 0 ? slotOfId(view, number("max_id")) : view.size;
  const belongs = (slot: number): boolean => {
    if (!isThere(view, slot)) return false;
    const message = everything ? null : messageAt(view, slot);
    return everything || (message !== null && fits(message));
  };
  const place =
    number("offset_id") > 0
      ? slotOfId(view, number("offset_id"))
      : number("offset_date") > 0
        ? slotOfDate(view, number("offset_date"))
        : view.size;
  const start = Math.min(Math.max(place, low), high);
  const moved = number("add_offset");
  const newer: number[] = [];
  for (let slot = start; slot < high && newer.length < -moved; slot++) if (belongs(slot)) newer.push(slot);
  // Of the slots above the place, those nearest to it fall out of a window that ends before it.
  const page = newer.slice(Math.max(0, -moved - limit)).reverse();
  let skip = Math.max(0, moved);
  const wanted = Math.max(0, limit - Math.max(0, -moved));
  for (let slot = start - 1, taken = 0; slot >= low && taken < wanted; slot--) {
    if (!belongs(slot)) continue;
    if (skip > 0) {
      skip--;
      continue;
    }
    page.push(slot);
    taken++;
  }
  return page;
}

/** The answer that holds a page: the whole list, a slice of it, or a channel's with its `pts`. */
export function describePage(
  call: CallContext,
  peer: Peer,
  view: MessageView,
  page: readonly number[],
  count: number,
): TlObject {
  const viewer = viewerOf(call).index;
  const users = new Set<number>(peer.user ? [peer.user.index] : []);
  for (const slot of page) {
    for (const user of usersOfMessage(messageAt(view, slot) as LoggedMessage)) users.add(user);
  }
  const lists = {
    messages: page.map((slot) => describeMessage(call.world, view.log, view.positionAt(slot), viewer)),
    topics: [],
    chats: peer.group ? [describeGroup(call.world, peer.group, viewer)] : [],
    users: describeUsers(call, users, viewer),
  };
  if (peer.group && peer.group.kind !== "basic") {
    const pts = call.updates.channelPts(BigInt(peer.group.id));
    return { _: "messages.channelMessages", pts, count, ...lists };
  }
  if (page.length === count) return { _: "messages.messages", ...lists };
  return { _: "messages.messagesSlice", count, ...lists };
}
