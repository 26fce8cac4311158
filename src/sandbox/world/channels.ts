import { nameCustomerChannels, nameOtherChannels } from "#sandbox/world/channel-names.ts";
import type { IdentifierSource } from "#sandbox/world/identifiers.ts";
import { MemberList } from "#sandbox/world/member-list.ts";
import { WORLD_NOW_S, type Channel, type ChannelText, type Person } from "#sandbox/world/model.ts";
import type { Random } from "#sandbox/world/random.ts";
import type { WorldShape } from "#sandbox/world/shapes.ts";
import { CHANNEL_TEXTS } from "#sandbox/world/word-lists.ts";

/** The people of a world sorted by what channels they may be put into. Nobody here has left. */
interface Population {
  readonly owner: Person;
  readonly appBot: Person;
  readonly team: readonly Person[];
  readonly bots: readonly Person[];
  readonly employees: readonly Person[];
  readonly singleGuests: Person[];
  readonly multiGuests: readonly Person[];
  readonly externals: readonly Person[];
}

/** Sorts people for the channel generator; the token's owner is the first, the app's bot the first bot. */
export function sortPopulation(people: readonly Person[]): Population {
  const here = people.filter((person) => !person.deactivated);
  const bots = here.filter((person) => person.belonging === "bot");
  return {
    owner: here[0] as Person,
    appBot: bots[0] as Person,
    team: here.filter((person) => person.team),
    bots,
    employees: here.filter((person) => person.belonging === "member" && !person.team),
    singleGuests: here.filter((person) => person.belonging === "single-guest"),
    multiGuests: here.filter((person) => person.belonging === "multi-guest"),
    externals: here.filter((person) => person.belonging === "external"),
  };
}

/** Makes the channels of a generated world, customers' first. Counts and their mix follow the shape. */
export function generateChannels(
  shape: WorldShape,
  population: Population,
  ids: IdentifierSource,
  random: Random,
): Channel[] {
  const taken = new Set<string>();
  const channels: Channel[] = [];
  const customers = nameCustomerChannels(shape.customerChannels, random, taken);
  for (const [at, { name, category }] of customers.entries()) {
    const isPrivate = at % 7 !== 1;
    const isExtShared = category !== "internal" && at % 4 === 0;
    const members = pickCustomerMembers(shape, population, random, { category, isExtShared, isPrivate });
    channels.push(
      makeChannel({
        name,
        category,
        customer: true,
        isPrivate,
        isExtShared,
        isArchived: at % 12 === 10,
        members,
      }),
    );
  }
  for (const [at, name] of nameOtherChannels(shape.otherChannels, random, taken).entries()) {
    const isPrivate = at > 1 && at % 10 < 3;
    const hidden = isPrivate && at % 20 < 10;
    const isExtShared = at > 1 && at % 15 === 6;
    const crowd = at === 1 ? shape.largestChannelMembers : 0;
    const members =
      at === 0
        ? [...population.team, ...population.employees, ...population.bots].map((person) => person.index)
        : pickOtherMembers(population, random, { crowd, isExtShared, hidden, isPrivate });
    const isArchived = at > 1 && at % 7 === 4;
    channels.push(
      makeChannel({
        name: crowd > 0 ? "all-hands" : name,
        category: null,
        customer: false,
        isPrivate,
        isExtShared,
        isArchived,
        isGeneral: at === 0,
        members,
      }),
    );
  }
  return channels;

  function makeChannel(
    facts: Pick<Channel, "name" | "category" | "customer" | "isPrivate" | "isExtShared" | "isArchived"> & {
      isGeneral?: boolean;
      members: readonly number[];
    },
  ): Channel {
    const createdS = WORLD_NOW_S - 60_000_000 - random.int(60_000_000);
    const creator = (random.chance(0.6) ? random.pick(population.team) : population.owner).slackUserId;
    const externals = population.externals.filter((person) => facts.members.includes(person.index));
    const { members: indices, isGeneral, ...rest } = facts;
    const members = new MemberList(indices);
    return {
      ...rest,
      isGeneral: isGeneral ?? false,
      id: ids.slack("C"),
      previousNames: random.chance(0.08)
        ? [facts.name.replaceAll("bitsafe", "ibtc").slice(0, 76) + "-old"]
        : [],
      connectedTeamIds: [...new Set(externals.map((person) => person.slackTeamId))],
      creator,
      createdS,
      topic: pickText(random, creator, createdS),
      purpose: pickText(random, creator, createdS),
      pinned: new Map(),
      members,
      authors: members.indices,
      messageCount: Math.ceil((shape.messagesPerChannel * (1 + random.next())) / 2),
      writtenMessages: null,
      updatedMs: (createdS + random.int(1_000_000)) * 1_000,
    };
  }
}

function pickText(random: Random, creator: string, createdS: number): ChannelText {
  const value = random.pick(CHANNEL_TEXTS);
  return value === "" ? { value, creator: "", lastSetS: 0 } : { value, creator, lastSetS: createdS + 86_400 };
}

interface CustomerChannelKind {
  readonly category: string;
  readonly isExtShared: boolean;
  readonly isPrivate: boolean;
}

interface OtherChannelKind {
  readonly crowd: number;
  readonly isExtShared: boolean;
  /** Private, and the token's owner was never added to it: no call can show it. */
  readonly hidden: boolean;
  readonly isPrivate: boolean;
}

/**
 * Team members are missing from about 15 % of the customer channels, optional ones from 40 %: the gaps to find. The
 * token's owner is in every private one, so that the customers' channels can be audited whole; channels that no call
 * shows are among the others, and in hand-written worlds.
 */
function pickCustomerMembers(
  shape: WorldShape,
  people: Population,
  random: Random,
  kind: CustomerChannelKind,
): number[] {
  const members = new Set<number>();
  for (const person of people.team) {
    const share =
      person === people.owner ? (kind.isPrivate ? 1 : 0.9) : person.status === "active" ? 0.85 : 0.6;
    if (random.chance(share)) members.add(person.index);
  }
  if (random.chance(0.7)) members.add(people.appBot.index);
  if (kind.category !== "internal") {
    const guestCount = 1 + random.int(3);
    for (let at = 0; at < guestCount; at++) {
      if (kind.isExtShared) addOne(members, people.externals, random);
      else addOne(members, people.multiGuests, random);
    }
    // A single-channel guest can be in one channel only, so each is taken off the list when placed.
    const guest = kind.isExtShared ? undefined : people.singleGuests.shift();
    if (guest) members.add(guest.index);
  }
  for (let at = random.int(4); at > 0; at--) addOne(members, people.employees, random);
  fillUp(members, people, random, shape.membersPerChannel ?? 0);
  return [...members];
}

function pickOtherMembers(people: Population, random: Random, kind: OtherChannelKind): number[] {
  const members = new Set<number>();
  for (const person of people.team) if (random.chance(0.35)) members.add(person.index);
  for (let at = 2 + random.int(25); at > 0; at--) addOne(members, people.employees, random);
  if (kind.isExtShared)
    for (let at = 1 + random.int(3); at > 0; at--) addOne(members, people.externals, random);
  if (random.chance(0.1)) addOne(members, people.bots, random);
  if (random.chance(0.15)) members.add(people.appBot.index);
  fillUp(members, people, random, kind.crowd);
  if (kind.hidden) members.delete(people.owner.index);
  else if (kind.isPrivate) members.add(people.owner.index);
  return [...members];
}

function addOne(members: Set<number>, from: readonly Person[], random: Random): void {
  if (from.length > 0) members.add(random.pick(from).index);
}

/** Adds employees until the channel has `size` members or there are no more of them. */
function fillUp(members: Set<number>, people: Population, random: Random, size: number): void {
  const { employees } = people;
  if (members.size + employees.length <= size) for (const person of employees) members.add(person.index);
  const start = random.int(Math.max(1, employees.length));
  // Drawing at random slows down when most are in already; past half of them a run of neighbours is as good.
  const walk = size > employees.length / 2;
  for (let at = 0; members.size < size && at < size * 8; at++) {
    if (walk) members.add((employees[(start + at) % employees.length] as Person).index);
    else addOne(members, employees, random);
  }
}
