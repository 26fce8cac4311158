import { MemberList } from "#sandbox/world/member-list.ts";
import type { Channel, Person, World } from "#sandbox/world/model.ts";

/** A change of the world from outside any API: what people did in Slack while our product was not looking. */
export type WorldChange =
  | { readonly kind: "rename-channel"; readonly channel: string; readonly name: string }
  | { readonly kind: "archive-channel" | "unarchive-channel" | "remove-channel"; readonly channel: string }
  | { readonly kind: "add-member" | "remove-member"; readonly channel: string; readonly user: string }
  | { readonly kind: "deactivate-user" | "reactivate-user"; readonly user: string }
  | {
      readonly kind: "rename-user";
      readonly user: string;
      readonly name?: string;
      readonly username?: string;
    };

/** A change that cannot be made; the message says why in words for a person. */
export class ImpossibleChange extends Error {
  override readonly name = "ImpossibleChange";
}

/**
 * Applies a change. Throws `ImpossibleChange` for an unknown channel or user. `nowMs` becomes the time of the change.
 */
export function applyChange(world: World, change: WorldChange, nowMs: number): void {
  switch (change.kind) {
    case "rename-channel":
      return renameChannel(mustFindChannel(world, change.channel), change.name, nowMs);
    case "archive-channel":
    case "unarchive-channel": {
      const channel = mustFindChannel(world, change.channel);
      channel.isArchived = change.kind === "archive-channel";
      channel.updatedMs = nowMs;
      return;
    }
    case "remove-channel":
      world.channels.delete(mustFindChannel(world, change.channel).id);
      return;
    case "add-member":
      mustFindChannel(world, change.channel).members.add(mustFindPerson(world, change.user).index);
      return;
    case "remove-member":
      mustFindChannel(world, change.channel).members.remove(mustFindPerson(world, change.user).index);
      return;
    case "deactivate-user":
      return deactivate(world, mustFindPerson(world, change.user), nowMs);
    case "reactivate-user": {
      const person = mustFindPerson(world, change.user);
      person.deactivated = false;
      person.updatedS = Math.floor(nowMs / 1_000);
      return;
    }
    case "rename-user": {
      const person = mustFindPerson(world, change.user);
      person.name = change.name ?? person.name;
      person.slackUsername = change.username ?? person.slackUsername;
      person.updatedS = Math.floor(nowMs / 1_000);
      return;
    }
  }
}

/** Renames and remembers the old name, as Slack does; the id stays. */
export function renameChannel(channel: Channel, name: string, nowMs: number): void {
  channel.previousNames = [channel.name, ...channel.previousNames.filter((previous) => previous !== name)];
  channel.name = name;
  channel.updatedMs = nowMs;
}

/** Slack takes a deactivated account out of every channel it was in. */
function deactivate(world: World, person: Person, nowMs: number): void {
  person.deactivated = true;
  person.updatedS = Math.floor(nowMs / 1_000);
  for (const channel of world.channels.values()) channel.members.remove(person.index);
}

/** Makes an empty channel with its creator in it and adds it to the world. */
export function addChannel(
  world: World,
  facts: { id: string; name: string; isPrivate: boolean; creator: Person; nowMs: number },
): Channel {
  const members = new MemberList([facts.creator.index]);
  const channel: Channel = {
    id: facts.id,
    name: facts.name,
    previousNames: [],
    isPrivate: facts.isPrivate,
    isGeneral: false,
    isArchived: false,
    isExtShared: false,
    connectedTeamIds: [],
    creator: facts.creator.slackUserId,
    createdS: Math.floor(facts.nowMs / 1_000),
    topic: { value: "", creator: "", lastSetS: 0 },
    purpose: { value: "", creator: "", lastSetS: 0 },
    pinned: new Map(),
    members,
    authors: members.indices,
    customer: facts.name.includes("bitsafe"),
    category: null,
    messageCount: 0,
    writtenMessages: null,
    updatedMs: facts.nowMs,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

function mustFindChannel(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel) throw new ImpossibleChange(`no channel ${id} in this world`);
  return channel;
}

function mustFindPerson(world: World, slackUserId: string): Person {
  const person = world.personBySlackId.get(slackUserId);
  if (!person) throw new ImpossibleChange(`no user ${slackUserId} in this world`);
  return person;
}
