import { generateChannels, sortPopulation } from "#sandbox/world/channels.ts";
import { createIdentifierSource } from "#sandbox/world/identifiers.ts";
import type { Channel, Person, UserGroup, World } from "#sandbox/world/model.ts";
import { generatePeople } from "#sandbox/world/people.ts";
import { createRandom } from "#sandbox/world/random.ts";
import type { WorldShape } from "#sandbox/world/shapes.ts";
import { generateTelegram } from "#sandbox/world/telegram-generate.ts";

/**
 * Builds a world: the same seed, label and shape always give the same one. People come from their own streams of
 * numbers and before any group, so that the Telegram side is generated beside the Slack side without changing it.
 */
export function generateWorld(seed: number, label: string, shape: WorldShape): World {
  const slackIds = createIdentifierSource(createRandom(seed, "slack-ids"));
  const teamId = slackIds.slack("T");
  const connectedTeamIds = Array.from({ length: 8 }, () => slackIds.slack("T"));
  const people = generatePeople(shape, slackIds, createRandom(seed, "people"), teamId, connectedTeamIds);
  const population = sortPopulation(people);
  const channels = generateChannels(shape, population, slackIds, createRandom(seed, "slack-channels"));
  const roles = [...new Set(population.team.map((person) => person.role as string))];
  const userGroups: UserGroup[] = roles.map((role) => ({
    id: slackIds.slack("S"),
    handle: role.toLowerCase().replaceAll(" ", "-"),
    name: role,
    members: population.team.filter((person) => person.role === role).map((person) => person.index),
  }));
  return assembleWorld({
    seed,
    label,
    teamId,
    teamName: "BitSafe (sandbox)",
    teamDomain: "bitsafe-sandbox",
    people,
    channels,
    userGroups,
    tokenOwner: population.owner.index,
    botUser: population.appBot.index,
    telegram: generateTelegram(seed, shape.telegram, people, channels, population.owner),
  });
}

/** Adds the indexes a world is read through. */
export function assembleWorld(
  parts: Omit<World, "channels" | "personBySlackId"> & { channels: readonly Channel[] },
): World {
  return {
    ...parts,
    channels: new Map(parts.channels.map((channel) => [channel.id, channel])),
    personBySlackId: new Map(parts.people.map((person): [string, Person] => [person.slackUserId, person])),
  };
}
