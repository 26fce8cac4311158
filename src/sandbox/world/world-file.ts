import { readFileSync } from "node:fs";
import { JsonPlace, WorldFileError } from "#sandbox/world/file-reading.ts";
import { createIdentifierSource } from "#sandbox/world/identifiers.ts";
import {
  WORLD_NOW_S,
  type Belonging,
  type Person,
  type TeamStatus,
  type World,
} from "#sandbox/world/model.ts";
import { createRandom } from "#sandbox/world/random.ts";
import { shapeFromParameters, type GenerateParameters } from "#sandbox/world/shapes.ts";
import { readChannels } from "#sandbox/world/world-file-channels.ts";
import { readTelegram } from "#sandbox/world/world-file-telegram.ts";
import { assembleWorld, generateWorld } from "#sandbox/world/world.ts";

const BELONGINGS: readonly Belonging[] = ["member", "multi-guest", "single-guest", "external", "bot"];
const STATUSES: readonly TeamStatus[] = ["active", "optional", "inactive"];

/**
 * Reads a world from a JSON file. It either holds `generate` (counts for the generator) or `people` and `channels`
 * written by hand; `src/sandbox/world/README.md` describes both. Throws `WorldFileError` for anything that does not
 * fit, naming file, place and problem.
 */
export function readWorldFile(file: string, seed: number): World {
  const root = new JsonPlace(file, "$", parseFile(file));
  root.allowKeys(["$schema", "version", "generate", "workspace", "people", "channels", "telegramGroups"]);
  if (root.at("version").count(1, 1) === undefined) root.at("version").refuse("must be 1");
  if (root.at("generate").value !== undefined) {
    return generateWorld(seed, file, shapeFromParameters(readParameters(root.at("generate"))));
  }
  const ids = createIdentifierSource(createRandom(seed, "world-file"));
  const teamId = ids.slack("T");
  const people: Person[] = [];
  const byFileId = new Map<string, Person>();
  for (const place of root.at("people").items()) {
    const person = readPerson(place, people.length, ids, teamId);
    if (byFileId.has(person.id)) place.at("id").refuse(`"${person.id}" is used twice`);
    if (people.some((other) => other.slackUserId === person.slackUserId)) {
      place.at("slackUserId").refuse(`"${person.slackUserId}" is used twice`);
    }
    byFileId.set(person.id, person);
    people.push(person);
  }
  const owners = root
    .at("people")
    .items()
    .filter((place) => place.at("tokenOwner").flag(false));
  if (owners.length > 1) owners[1]?.at("tokenOwner").refuse("only one person can own the token");
  const owner =
    byFileId.get(owners[0]?.at("id").text() ?? "") ?? people.find((person) => person.team) ?? people[0];
  if (!owner) root.at("people").refuse("must hold at least one person, who owns the user token");
  const bot = people.find((person) => person.belonging === "bot") ?? appendAppBot(people, ids, teamId);
  const workspace = root.at("workspace");
  const named = workspace.value === undefined ? null : workspace;
  return assembleWorld({
    seed,
    label: file,
    teamId,
    teamName: named?.at("name").text() ?? "Hand-written world",
    teamDomain: named?.at("domain").text("hand-written") ?? "hand-written",
    people,
    channels: readChannels(root.at("channels"), byFileId, ids, owner as Person),
    userGroups: [],
    tokenOwner: (owner as Person).index,
    botUser: bot.index,
    telegram: readTelegram(
      root.at("telegramGroups"),
      root
        .at("people")
        .items()
        .map((place, at) => ({ place, person: people[at] as Person })),
      owner as Person,
      seed,
    ),
  });
}

function parseFile(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new WorldFileError(
      file,
      "$",
      `cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"})`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WorldFileError(file, "$", `is not JSON: ${(error as Error).message}`);
  }
}

function readParameters(place: JsonPlace): GenerateParameters {
  place.allowKeys([
    "channels",
    "customerChannels",
    "membersPerChannel",
    "messages",
    "people",
    "largestChannelMembers",
    "telegramGroups",
    "telegramCustomerGroups",
    "telegramMembersPerGroup",
  ]);
  const parameters: Record<string, number> = {};
  for (const [key, most] of [
    ["channels", 20_000],
    ["customerChannels", 20_000],
    ["membersPerChannel", 50_000],
    ["messages", 1_000_000],
    ["people", 200_000],
    ["largestChannelMembers", 100_000],
    ["telegramGroups", 20_000],
    ["telegramCustomerGroups", 20_000],
    ["telegramMembersPerGroup", 50_000],
  ] as const) {
    const count = place.at(key).count(0, most);
    if (count !== undefined) parameters[key] = count;
  }
  if ((parameters["telegramCustomerGroups"] ?? 0) > (parameters["telegramGroups"] ?? Infinity)) {
    place.at("telegramCustomerGroups").refuse("cannot be more than telegramGroups");
  }
  if ((parameters["customerChannels"] ?? 0) > (parameters["channels"] ?? Infinity)) {
    place.at("customerChannels").refuse("cannot be more than channels");
  }
  return parameters;
}

function readPerson(
  place: JsonPlace,
  index: number,
  ids: ReturnType<typeof createIdentifierSource>,
  ownTeamId: string,
): Person {
  place.allowKeys(
    "id name email role status belonging slackUserId slackUsername telegramUserId telegramUsername telegram deactivated tokenOwner".split(
      " ",
    ),
  );
  const id = place.at("id").text();
  const role = place.at("role").value === undefined ? null : place.at("role").text();
  const belonging = place.at("belonging").choice(BELONGINGS, "member");
  const slackUserId = place.at("slackUserId").text(ids.slack("U"));
  if (!/^[UW][A-Z0-9]{8,20}$/.test(slackUserId)) place.at("slackUserId").refuse("must look like U012AB3CDE4");
  const telegramUserId = place.at("telegramUserId").count(1, 2 ** 52) ?? ids.telegramUser();
  return {
    index,
    id,
    name: place.at("name").text(),
    email: place.at("email").text(`${id}@bitsafe.example`),
    role,
    team: role !== null,
    status: role === null ? null : place.at("status").choice(STATUSES, "active"),
    belonging,
    slackUserId,
    slackUsername: place.at("slackUsername").text(id.toLowerCase()),
    slackTeamId: belonging === "external" ? ids.slack("T") : ownTeamId,
    telegramUserId:
      belonging === "bot" && place.at("telegramUserId").value === undefined ? null : telegramUserId,
    telegramUsername:
      place.at("telegramUsername").value === undefined ? null : place.at("telegramUsername").text(),
    timeZone: "Europe/Berlin",
    deactivated: place.at("deactivated").flag(false),
    updatedS: WORLD_NOW_S,
  };
}

function appendAppBot(
  people: Person[],
  ids: ReturnType<typeof createIdentifierSource>,
  teamId: string,
): Person {
  const bot: Person = {
    index: people.length,
    id: "app-bot",
    name: "muster",
    email: "muster@bitsafe.example",
    role: null,
    team: false,
    status: null,
    belonging: "bot",
    slackUserId: ids.slack("U"),
    slackUsername: "muster",
    slackTeamId: teamId,
    telegramUserId: null,
    telegramUsername: null,
    timeZone: "Europe/Berlin",
    deactivated: false,
    updatedS: WORLD_NOW_S,
  };
  people.push(bot);
  return bot;
}
