import type { ChangeContext, TelegramAccount } from "#sandbox/telegram/method.ts";
import { userId } from "#sandbox/telegram/methods/group-objects.ts";
import {
  describeChatParticipants,
  describeParticipant,
} from "#sandbox/telegram/methods/participant-objects.ts";
import {
  accountsOf,
  announceGroup,
  changeOfGroup,
  postToGroup,
} from "#sandbox/telegram/methods/publishing.ts";
import { forgetGroup, logOfGroup, stateOf } from "#sandbox/telegram/methods/telegram-state.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { TelegramBan, TelegramGroup } from "#sandbox/world/telegram-model.ts";
import type { TelegramAction } from "#sandbox/world/telegram-past.ts";

/** Who does something: by index, and the account whose call it is (null when nobody waits for an answer). */
export interface Actor {
  readonly user: number;
  readonly account: TelegramAccount | null;
}

/** Renames a group. Returns the updates of the actor's own answer, as every action here does. */
export function renameGroup(
  context: ChangeContext,
  group: TelegramGroup,
  title: string,
  actor: Actor,
): TlObject[] {
  const prev_value = group.title;
  group.title = title;
  forgetGroup(context.world, group);
  logEvent(context, group, actor.user, {
    _: "channelAdminLogEventActionChangeTitle",
    prev_value,
    new_value: title,
  });
  return [
    ...tellService(context, group, { kind: "renamed", title }, actor),
    ...notice(context, group, group.members.indices),
  ];
}

/** Takes people in; who is in already must not be among them. */
export function addMembers(
  context: ChangeContext,
  group: TelegramGroup,
  users: readonly number[],
  actor: Actor,
  how: "added" | "joined" | "by-link" = "added",
): TlObject[] {
  if (users.length === 0) return [];
  const { world, nowS } = context;
  const messagesBefore = logOfGroup(world, group).size;
  for (const user of users) {
    group.members.add(user);
    group.gone.delete(user);
    group.joins.set(user, { dateS: nowS, inviter: actor.user, messagesBefore });
  }
  group.version++;
  forgetGroup(world, group);
  for (const user of users) {
    const joined = how === "joined" || how === "by-link";
    logEvent(
      context,
      group,
      joined ? user : actor.user,
      joined
        ? { _: "channelAdminLogEventActionParticipantJoin" }
        : {
            _: "channelAdminLogEventActionParticipantInvite",
            participant: describeParticipant(world, group, user, actor.user),
          },
    );
    tellParticipant(context, group, user, actor.user, false);
  }
  const action: TelegramAction =
    how === "by-link"
      ? { kind: "joined-by-link", inviter: group.creator ?? actor.user }
      : { kind: "added", users };
  return [...tellService(context, group, action, actor), ...notice(context, group, users)];
}

/** Takes somebody out; `ban` also keeps them out. */
export function removeMember(
  context: ChangeContext,
  group: TelegramGroup,
  user: number,
  actor: Actor,
  ban: TelegramBan | null = null,
): TlObject[] {
  const { world } = context;
  const wasIn = group.members.remove(user);
  const left = actor.user === user;
  group.admins.delete(user);
  group.joins.delete(user);
  group.gone.set(user, left ? "left" : "kicked");
  if (ban) group.bans.set(user, ban);
  group.version++;
  forgetGroup(world, group);
  logEvent(
    context,
    group,
    actor.user,
    left
      ? { _: "channelAdminLogEventActionParticipantLeave" }
      : {
          _: "channelAdminLogEventActionParticipantToggleBan",
          prev_participant: { _: "channelParticipant", user_id: userId(world, user), date: context.nowS },
          new_participant: describeParticipant(world, group, user, actor.user),
        },
  );
  if (!wasIn) return notice(context, group, [user]);
  tellParticipant(context, group, user, actor.user, true);
  const told = tellService(context, group, { kind: "removed", user }, actor, [user]);
  // Who leaves a channel does not hear its messages any more.
  return [...(left && group.kind !== "basic" ? [] : told), ...notice(context, group, [user])];
}

/** Deletes a group for everybody. */
export function deleteGroup(context: ChangeContext, group: TelegramGroup): TlObject[] {
  const { telegram } = context.world;
  group.isDeleted = true;
  if (group.username !== null) telegram.usernames.delete(group.username.toLowerCase());
  forgetGroup(context.world, group);
  return notice(context, group, group.members.indices);
}

/** Tells members that settings of a group changed. */
export function touchGroup(context: ChangeContext, group: TelegramGroup): TlObject[] {
  forgetGroup(context.world, group);
  return notice(context, group, group.members.indices);
}

/** Adds to the log of recent actions that administrators of channels can read. */
export function logEvent(
  context: ChangeContext,
  group: TelegramGroup,
  actor: number,
  action: TlObject,
): void {
  if (group.kind === "basic") return;
  const { adminLogs } = stateOf(context.world);
  const events = adminLogs.get(group.id) ?? [];
  const event: TlObject = {
    _: "channelAdminLogEvent",
    id: BigInt(events.length + 1),
    date: context.nowS,
    user_id: userId(context.world, actor),
    action,
  };
  adminLogs.set(group.id, [...events, event]);
}

/** A service message where the kind of group has one: broadcast channels tell of new titles only. */
function tellService(
  context: ChangeContext,
  group: TelegramGroup,
  action: TelegramAction,
  actor: Actor,
  others: readonly number[] = [],
): TlObject[] {
  if (group.kind === "channel" && action.kind !== "renamed") return [];
  const message = { dateS: context.nowS, from: actor.user, text: "", action };
  return postToGroup(context, group, message, actor.account, group.kind === "basic" ? others : []);
}

/** `updateChannel`, or in a basic group the list of its members. */
function notice(context: ChangeContext, group: TelegramGroup, users: Iterable<number>): TlObject[] {
  if (group.kind !== "basic") return [announceGroup(context, group, users)];
  if (group.isDeleted) return [announceGroup(context, group, users)];
  const participants = (viewer: number): TlObject => ({
    _: "updateChatParticipants",
    participants: describeChatParticipants(context.world, group, viewer),
  });
  for (const account of accountsOf(context, group.members.indices)) {
    const viewer = context.world.telegram.userById.get(Number(account.userId))?.index ?? -1;
    context.updates.announce(
      [account],
      changeOfGroup(context, group, () => participants(viewer)),
    );
  }
  return [];
}

/** Bots that are administrators hear of each member (updateChannelParticipant is for bots only). */
function tellParticipant(
  context: ChangeContext,
  group: TelegramGroup,
  user: number,
  actor: number,
  left: boolean,
): void {
  if (group.kind === "basic") return;
  const bots = [...group.admins.keys()].filter((one) => context.world.telegram.users[one]?.isBot);
  const readers = accountsOf(context, bots);
  if (readers.length === 0) return;
  const plain = { _: "channelParticipant", user_id: userId(context.world, user), date: context.nowS };
  const update: TlObject = {
    _: "updateChannelParticipant",
    channel_id: BigInt(group.id),
    date: context.nowS,
    actor_id: userId(context.world, actor),
    user_id: userId(context.world, user),
    prev_participant: left ? plain : undefined,
    new_participant: left ? undefined : plain,
    qts: 0,
  };
  context.updates.announce(
    readers,
    changeOfGroup(context, group, () => update, [user, actor]),
  );
}
