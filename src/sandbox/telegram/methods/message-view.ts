import type { AccountBox } from "#sandbox/telegram/methods/account-box.ts";
import type { LoggedMessage, MessageLog } from "#sandbox/telegram/methods/message-log.ts";

/**
 * The messages of a chat as one account may see them: slots from 0, oldest first, ids and dates ascending. A slot whose
 * message was deleted stays, without a message.
 */
export interface MessageView {
  readonly log: MessageLog;
  readonly size: number;
  idAt(slot: number): number;
  positionAt(slot: number): number;
}

/** A channel's messages: everybody sees the same ids. The first `hidden` positions are not shown. */
export function viewChannel(log: MessageLog, hidden: number): MessageView {
  return {
    log,
    size: Math.max(0, log.size - hidden),
    idAt: (slot) => hidden + slot + 1,
    positionAt: (slot) => hidden + slot,
  };
}

/** A basic group's or private chat's messages: ids are the account's own. */
export function viewAccount(log: MessageLog, box: AccountBox): MessageView {
  const first = box.firstId(log);
  const past = first === null ? 0 : log.pastCount;
  const { positions, ids } = box.later(log);
  return {
    log,
    size: past + ids.length,
    idAt: (slot) => (slot < past ? (first as number) + slot : (ids[slot - past] as number)),
    positionAt: (slot) => (slot < past ? slot : (positions[slot - past] as number)),
  };
}

export function messageAt(view: MessageView, slot: number): LoggedMessage | null {
  return slot < 0 || slot >= view.size ? null : view.log.at(view.positionAt(slot));
}

export function isThere(view: MessageView, slot: number): boolean {
  return slot >= 0 && slot < view.size && view.log.isThere(view.positionAt(slot));
}

/** The first slot whose id is not below `id`; `size` when there is none. */
export function slotOfId(view: MessageView, id: number): number {
  return halve(view.size, (slot) => view.idAt(slot) < id);
}

/** The first slot whose message is not older than `dateS`. */
export function slotOfDate(view: MessageView, dateS: number): number {
  return halve(view.size, (slot) => view.log.dateAt(view.positionAt(slot)) < dateS);
}

/** The slot of the message with exactly this id, or -1 (also when it was deleted). */
export function findSlot(view: MessageView, id: number): number {
  const slot = slotOfId(view, id);
  return isThere(view, slot) && view.idAt(slot) === id ? slot : -1;
}

/** The slot of the newest message, or -1. */
export function lastSlot(view: MessageView): number {
  for (let slot = view.size - 1; slot >= 0; slot--) if (isThere(view, slot)) return slot;
  return -1;
}

/** How many messages there are. */
export function countMessages(view: MessageView): number {
  let count = 0;
  for (let slot = 0; slot < view.size; slot++) if (isThere(view, slot)) count++;
  return count;
}

function halve(size: number, isBefore: (slot: number) => boolean): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
