import type { Channel, Person, TeamStatus, World } from "#sandbox/world/model.ts";
import { tellTelegramGroups, type TelegramTruthGroup } from "#sandbox/world/telegram-truth.ts";

/** A person as the world knows them. */
export interface TruthPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string | null;
  /** On the customer team; those are the people an audit is about. */
  readonly team: boolean;
  readonly status: TeamStatus | null;
  readonly slackUserId: string;
  readonly slackUsername: string;
  readonly telegramUserId: number | null;
  readonly telegramUsername: string | null;
  /** The Telegram account was deleted; it is still listed in its groups. */
  readonly telegramDeleted: boolean;
  readonly deactivated: boolean;
  readonly guest: "single" | "multi" | null;
  readonly bot: boolean;
  /** Belongs to a connected workspace of another company. */
  readonly external: boolean;
  readonly tokenOwner: boolean;
}

/** A group of either platform; `platform` tells which. */
export type TruthGroup = SlackTruthGroup | TelegramTruthGroup;

/** A Slack channel and who really is in it. `memberIds` are Slack user ids (`U…`/`W…`), in no meaningful order. */
export interface SlackTruthGroup {
  readonly platform: "slack";
  readonly id: string;
  readonly name: string;
  readonly kind: "public" | "private";
  readonly isArchived: boolean;
  /** Shared with another company over Slack Connect. */
  readonly isShared: boolean;
  readonly customer: boolean;
  readonly category: string | null;
  /** Whether the full user token can see it at all: public, or private with the token's owner in it. */
  readonly visibleToToken: boolean;
  /** Never visible to a Telegram account; there so that groups of both platforms can be filtered alike. */
  readonly visibleToAccount: false;
  readonly memberIds: readonly string[];
  readonly topic: string;
  /** Texts of the pinned messages, as they were when they were pinned. */
  readonly pinnedTexts: readonly string[];
}

/** What `muster sandbox truth --json` prints. Contains no secret and nothing that any API call could have skewed. */
export interface Truth {
  readonly seed: number;
  readonly world: string;
  readonly people: readonly TruthPerson[];
  readonly groups: readonly TruthGroup[];
}

/** Tells who is in which group at this moment, straight from the world. */
export function tellTruth(world: World): Truth {
  return {
    seed: world.seed,
    world: world.label,
    people: world.people.map((person) => tellPerson(world, person)),
    groups: [
      ...[...world.channels.values()].map((channel) => tellChannel(world, channel)),
      ...tellTelegramGroups(world),
    ],
  };
}

function tellPerson(world: World, person: Person): TruthPerson {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    role: person.role,
    team: person.team,
    status: person.status,
    slackUserId: person.slackUserId,
    slackUsername: person.slackUsername,
    telegramUserId: person.telegramUserId,
    telegramUsername: person.telegramUsername,
    telegramDeleted:
      person.telegramUserId !== null &&
      (world.telegram.userById.get(person.telegramUserId)?.isDeleted ?? false),
    deactivated: person.deactivated,
    guest:
      person.belonging === "single-guest" ? "single" : person.belonging === "multi-guest" ? "multi" : null,
    bot: person.belonging === "bot",
    external: person.belonging === "external",
    tokenOwner: person.index === world.tokenOwner,
  };
}

function tellChannel(world: World, channel: Channel): SlackTruthGroup {
  const memberIds: string[] = [];
  for (const index of channel.members.indices) memberIds.push((world.people[index] as Person).slackUserId);
  return {
    platform: "slack",
    id: channel.id,
    name: channel.name,
    kind: channel.isPrivate ? "private" : "public",
    isArchived: channel.isArchived,
    isShared: channel.isExtShared,
    customer: channel.customer,
    category: channel.category,
    visibleToToken: !channel.isPrivate || channel.members.has(world.tokenOwner),
    visibleToAccount: false,
    memberIds,
    topic: channel.topic.value,
    pinnedTexts: [...channel.pinned.values()].map(({ text }) => text),
  };
}
