import { AccountBox } from "#sandbox/telegram/methods/account-box.ts";
import { MessageLog } from "#sandbox/telegram/methods/message-log.ts";
import { viewChannel, viewAccount, type MessageView } from "#sandbox/telegram/methods/message-view.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { World } from "#sandbox/world/model.ts";
import { createRandom, type Random } from "#sandbox/world/random.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";

/** A file somebody uploaded and sent. */
export interface StoredFile {
  readonly id: bigint;
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
  readonly dateS: number;
}

/** What Telegram's servers keep beside the world's people and groups: messages, read marks, files, described objects. */
export interface TelegramState {
  readonly logs: Map<string, MessageLog>;
  readonly boxes: Map<number, AccountBox>;
  /** Highest read message id by log and user index; of the generated past everything has been read. */
  readonly reads: Map<MessageLog, Map<number, number>>;
  /** Messages by the random id they were sent with, so that a repeated request does not send twice. */
  readonly sent: Map<string, { readonly log: MessageLog; readonly position: number }>;
  readonly parts: Map<string, Map<number, Uint8Array>>;
  readonly files: Map<bigint, StoredFile>;
  readonly adminLogs: Map<number, TlObject[]>;
  /** People who are no contacts and whom an account added, counted for PEER_FLOOD. */
  readonly strangersAdded: Map<number, number>;
  /** When accounts were told to wait with inviting, in epoch seconds of the last day, for PEER_FLOOD. */
  readonly inviteWaits: Map<number, number[]>;
  /** Described users and groups by viewer's index; a change forgets the object. */
  readonly userObjects: Map<number, Map<number, TlObject>>;
  readonly groupObjects: Map<number, Map<TelegramGroup, TlObject>>;
  readonly memberRows: Map<TelegramGroup, Map<number, TlObject>>;
  readonly random: Random;
}

const STATES = new WeakMap<World, TelegramState>();

export function stateOf(world: World): TelegramState {
  let state = STATES.get(world);
  if (!state) {
    state = {
      logs: new Map(),
      boxes: new Map(),
      reads: new Map(),
      sent: new Map(),
      parts: new Map(),
      files: new Map(),
      adminLogs: new Map(),
      strangersAdded: new Map(),
      inviteWaits: new Map(),
      userObjects: new Map(),
      groupObjects: new Map(),
      memberRows: new Map(),
      random: createRandom(world.seed, "telegram-run-time"),
    };
    STATES.set(world, state);
  }
  return state;
}

/** The messages of a group. */
export function logOfGroup(world: World, group: TelegramGroup): MessageLog {
  return findOrMake(
    stateOf(world).logs,
    `${group.kind === "basic" ? "chat" : "channel"} ${group.id}`,
    () => new MessageLog(group),
  );
}

/** The messages between two users, by index; the same one twice is "Saved Messages". */
export function logOfPair(world: World, one: number, other: number): MessageLog {
  const pair = [Math.min(one, other), Math.max(one, other)] as const;
  return findOrMake(stateOf(world).logs, `pair ${pair.join(" ")}`, () => new MessageLog(pair));
}

/** The message ids of a user, by index, in basic groups and private chats. */
export function boxOf(world: World, user: number): AccountBox {
  return findOrMake(stateOf(world).boxes, user, () => {
    const seen = [...world.telegram.chats.values()].filter((group) => group.authors.includes(user));
    return new AccountBox(seen.map((group) => logOfGroup(world, group)));
  });
}

/** A group's messages as a user, by index, may see them. */
export function viewOfGroup(world: World, group: TelegramGroup, user: number): MessageView {
  const log = logOfGroup(world, group);
  if (group.kind === "basic") return viewAccount(log, boxOf(world, user));
  const hidden = group.historyHidden ? (group.joins.get(user)?.messagesBefore ?? 0) : 0;
  return viewChannel(log, hidden);
}

export function viewOfPair(world: World, user: number, other: number): MessageView {
  return viewAccount(logOfPair(world, user, other), boxOf(world, user));
}

/** Forgets what was described of a group, after a change. */
export function forgetGroup(world: World, group: TelegramGroup): void {
  const state = stateOf(world);
  for (const described of state.groupObjects.values()) described.delete(group);
  state.memberRows.delete(group);
}

/** Forgets what was described of a user, by index, after a change. */
export function forgetUser(world: World, user: number): void {
  for (const described of stateOf(world).userObjects.values()) described.delete(user);
}

function findOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
