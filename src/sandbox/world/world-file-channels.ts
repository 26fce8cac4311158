import { CHANNEL_NAME_MAX } from "#sandbox/world/channel-names.ts";
import type { JsonPlace } from "#sandbox/world/file-reading.ts";
import type { IdentifierSource } from "#sandbox/world/identifiers.ts";
import { MemberList } from "#sandbox/world/member-list.ts";
import { WORLD_NOW_S, type Channel, type Person, type WrittenMessage } from "#sandbox/world/model.ts";

const CHANNEL_KEYS =
  "id name private archived extShared general customer category topic purpose members messages".split(" ");

/** Reads the `channels` of a hand-written world; members and authors are the file's person ids. */
export function readChannels(
  list: JsonPlace,
  people: ReadonlyMap<string, Person>,
  ids: IdentifierSource,
  owner: Person,
): Channel[] {
  const names = new Set<string>();
  const usedIds = new Set<string>();
  return list.items().map((place, at) => {
    place.allowKeys(CHANNEL_KEYS);
    const name = place.at("name").text();
    if (name === "" || name.length > CHANNEL_NAME_MAX)
      place.at("name").refuse("must have 1 to 80 characters");
    if (names.has(name)) place.at("name").refuse(`"${name}" is used twice`);
    names.add(name);
    const id = place.at("id").text(ids.slack("C"));
    if (!/^[CG][A-Z0-9]{8,20}$/.test(id)) place.at("id").refuse("must look like C012AB3CDE4");
    if (usedIds.has(id)) place.at("id").refuse(`"${id}" is used twice`);
    usedIds.add(id);
    const members = new MemberList(readMembers(place.at("members"), people));
    const createdS = WORLD_NOW_S - 100_000_000 + at;
    const written = Array.isArray(place.at("messages").value);
    const connected = [...people.values()].filter(
      (person) => person.belonging === "external" && members.has(person.index),
    );
    return {
      id,
      name,
      previousNames: [],
      isPrivate: place.at("private").flag(false),
      isGeneral: place.at("general").flag(false),
      isArchived: place.at("archived").flag(false),
      isExtShared: place.at("extShared").flag(false),
      connectedTeamIds: [...new Set(connected.map((person) => person.slackTeamId))],
      creator: owner.slackUserId,
      createdS,
      topic: { value: place.at("topic").text(""), creator: owner.slackUserId, lastSetS: createdS },
      purpose: { value: place.at("purpose").text(""), creator: owner.slackUserId, lastSetS: createdS },
      pinned: new Map(),
      members,
      authors: members.indices,
      customer: place.at("customer").flag(name.includes("bitsafe") || name.includes("ibtc")),
      category: place.at("category").value === undefined ? null : place.at("category").text(),
      messageCount: written ? 0 : (place.at("messages").count(0, 1_000_000) ?? 0),
      writtenMessages: written ? readMessages(place.at("messages"), people) : null,
      updatedMs: createdS * 1_000,
    };
  });
}

/** `"*"` stands for everybody who has not left. */
function readMembers(place: JsonPlace, people: ReadonlyMap<string, Person>): number[] {
  if (place.value === "*")
    return [...people.values()].filter((one) => !one.deactivated).map((one) => one.index);
  return place.items().map((item) => {
    const person = readPersonId(item, people);
    if (person.deactivated)
      item.refuse(`"${person.id}" is deactivated; Slack takes such people out of channels`);
    return person.index;
  });
}

function readMessages(place: JsonPlace, people: ReadonlyMap<string, Person>): WrittenMessage[] {
  const messages = place.items().map((item) => {
    item.allowKeys(["at", "person", "text", "replies"]);
    const replies = item
      .at("replies")
      .items()
      .map((reply) => readOne(reply, people));
    return { ...readOne(item, people), replies };
  });
  const late = messages.findIndex((message, at) => at > 0 && message.atS <= (messages[at - 1]?.atS ?? 0));
  if (late > 0) place.items()[late]?.at("at").refuse("must be later than the message before it");
  return messages;
}

function readOne(place: JsonPlace, people: ReadonlyMap<string, Person>): Omit<WrittenMessage, "replies"> {
  const atMs = Date.parse(place.at("at").text());
  if (Number.isNaN(atMs)) place.at("at").refuse("must be a time such as 2026-10-30T09:00:00Z");
  const person = readPersonId(place.at("person"), people);
  return { atS: Math.floor(atMs / 1_000), person: person.index, text: place.at("text").text() };
}

function readPersonId(place: JsonPlace, people: ReadonlyMap<string, Person>): Person {
  return people.get(place.text()) ?? place.refuse(`no person has the id "${place.text()}"`);
}
