import { messageAt, type MessageView } from "#sandbox/telegram/methods/message-view.ts";
import { stateOf } from "#sandbox/telegram/methods/telegram-state.ts";
import type { World } from "#sandbox/world/model.ts";

/** The highest id a user, by index, has read in a chat. */
export function readMark(world: World, view: MessageView, user: number): number {
  const mark = stateOf(world).reads.get(view.log)?.get(user);
  if (mark !== undefined) return mark;
  let slot = view.size - 1;
  while (slot >= 0 && view.positionAt(slot) >= view.log.pastCount) slot--;
  return slot < 0 ? 0 : view.idAt(slot);
}

/** Marks everything up to `maxId` (0: all) as read. Returns how many messages became read by it. */
export function markRead(world: World, view: MessageView, user: number, maxId: number): number {
  const before = countUnread(world, view, user);
  const newest = view.size === 0 ? 0 : view.idAt(view.size - 1);
  const mark = Math.max(readMark(world, view, user), maxId <= 0 ? newest : Math.min(maxId, newest));
  const { reads } = stateOf(world);
  reads.set(view.log, (reads.get(view.log) ?? new Map<number, number>()).set(user, mark));
  return before - countUnread(world, view, user);
}

/** Messages of others that a user has not read. */
export function countUnread(world: World, view: MessageView, user: number): number {
  const mark = readMark(world, view, user);
  let count = 0;
  for (let slot = view.size - 1; slot >= 0 && view.idAt(slot) > mark; slot--) {
    const message = messageAt(view, slot);
    if (message && message.from !== user) count++;
  }
  return count;
}
