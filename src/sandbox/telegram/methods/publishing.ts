import type { ChangeContext, TelegramAccount } from "#sandbox/telegram/method.ts";
import { describeGroup } from "#sandbox/telegram/methods/group-objects.ts";
import type { MessageLog } from "#sandbox/telegram/methods/message-log.ts";
import { describeMessage, usersOfMessage } from "#sandbox/telegram/methods/message-objects.ts";
import { boxOf, logOfGroup } from "#sandbox/telegram/methods/telegram-state.ts";
import { describeUsers, userOfAccount } from "#sandbox/telegram/methods/user-objects.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { Change } from "#sandbox/telegram/updates/update-desk.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import type { TelegramMessage } from "#sandbox/world/telegram-past.ts";

/** The accounts of users, by index; the crowd of large groups has none. */
export function accountsOf(context: ChangeContext, users: Iterable<number>): TelegramAccount[] {
  const accounts: TelegramAccount[] = [];
  for (const user of users) {
    const known = context.world.telegram.users[user];
    const account = known?.person ? context.findAccount(BigInt(known.id)) : null;
    if (account) accounts.push(account);
  }
  return accounts;
}

/** A change about a group: its updates come with the group and these users, by index. */
export function changeOfGroup(
  context: ChangeContext,
  group: TelegramGroup,
  update: (viewer: TelegramAccount) => TlObject,
  users: readonly number[] = [],
  ptsCount?: number,
): Change {
  const indexOf = (viewer: TelegramAccount): number => userOfAccount(context.world, viewer).index;
  return {
    update,
    users: (viewer) => describeUsers(context, users, indexOf(viewer)),
    chats: (viewer) => [describeGroup(context.world, group, indexOf(viewer))],
    ...(ptsCount !== undefined && { ptsCount }),
  };
}

/**
 * Adds a message to a group and tells its members, and also `others` (by index: somebody just taken out of a basic
 * group). Returns the update as `viewer` gets it, none when they get none.
 */
export function postToGroup(
  context: ChangeContext,
  group: TelegramGroup,
  message: TelegramMessage,
  viewer: TelegramAccount | null,
  others: readonly number[] = [],
): TlObject[] {
  const log = logOfGroup(context.world, group);
  const position = log.post(message);
  return tellOfMessage(context, log, position, viewer, "new", others);
}

/** Tells the readers of a message that it is new or was edited. */
export function tellOfMessage(
  context: ChangeContext,
  log: MessageLog,
  position: number,
  viewer: TelegramAccount | null,
  what: "new" | "edit",
  others: readonly number[] = [],
): TlObject[] {
  const { world, updates } = context;
  const message = log.at(position);
  if (!message) return [];
  const isChannel = log.group !== null && log.group.kind !== "basic";
  const named = usersOfMessage(message);
  const object = (reader: TelegramAccount): TlObject =>
    describeMessage(world, log, position, userOfAccount(world, reader).index);
  const kind = {
    new: ["updateNewMessage", "updateNewChannelMessage"],
    edit: ["updateEditMessage", "updateEditChannelMessage"],
  };
  const update = (reader: TelegramAccount): TlObject => ({
    _: kind[what][isChannel ? 1 : 0] as string,
    message: object(reader),
  });
  if (isChannel) {
    const group = log.group;
    const readers = accountsOf(context, group.members.indices);
    const witness = viewer ?? readers[0];
    const change = changeOfGroup(context, group, update, named);
    // Without any reader the channel's box still counts the message; some account has to stand for the viewer.
    const someone =
      witness ?? context.accountOf(world.people[world.tokenOwner] as (typeof world.people)[number]);
    if (!someone) return [];
    const told = updates.publishToChannel(BigInt(group.id), readers, change, someone);
    return viewer === null ? [] : [told];
  }
  const readers =
    log.group === null ? (log.pair as readonly number[]) : [...log.group.members.indices, ...others];
  const told: TlObject[] = [];
  for (const reader of new Set(readers)) {
    const box = boxOf(world, reader);
    if (what === "new") box.receive(log, position);
    else if (box.idOf(log, position) === null) continue;
    for (const account of accountsOf(context, [reader])) {
      const change: Change =
        log.group === null
          ? {
              update,
              users: (one) => describeUsers(context, log.pair ?? [], userOfAccount(world, one).index),
            }
          : changeOfGroup(context, log.group, update, named);
      const done = updates.publishToAccount(account, change);
      if (account.userId === viewer?.userId) told.push(done);
    }
  }
  return told;
}

/** Tells everybody concerned that a group is another one now: their clients ask for it again. */
export function announceGroup(
  context: ChangeContext,
  group: TelegramGroup,
  users: Iterable<number>,
): TlObject {
  const update: TlObject =
    group.kind === "basic"
      ? { _: "updateChat", chat_id: BigInt(group.id) }
      : { _: "updateChannel", channel_id: BigInt(group.id) };
  context.updates.announce(
    accountsOf(context, users),
    changeOfGroup(context, group, () => update),
  );
  return update;
}
