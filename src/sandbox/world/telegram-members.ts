import type { Random } from "#sandbox/world/random.ts";
import type { TelegramUser } from "#sandbox/world/telegram-model.ts";

/** The users of a world sorted by what groups they may be put into, as indices. */
export interface TelegramPopulation {
  readonly anchor: number | null;
  /** Whose presence is required, without the anchor. */
  readonly required: readonly number[];
  readonly optional: readonly number[];
  /** On the team once; some groups still have them. */
  readonly formerTeam: readonly number[];
  readonly employees: readonly number[];
  readonly outsiders: readonly number[];
  readonly bots: readonly number[];
  readonly crowd: readonly number[];
}

export function sortTelegramPopulation(
  users: readonly TelegramUser[],
  anchor: number | null,
): TelegramPopulation {
  const indices = (fits: (user: TelegramUser) => boolean): number[] =>
    users.filter((user) => user.index !== anchor && fits(user)).map((user) => user.index);
  return {
    anchor,
    required: indices(({ person }) => person?.status === "active"),
    optional: indices(({ person }) => person?.status === "optional"),
    formerTeam: indices(({ person }) => person?.status === "inactive"),
    employees: indices(({ person }) => person?.team === false && person.belonging === "member"),
    outsiders: indices(
      ({ person }) => person?.team === false && !["member", "bot"].includes(person.belonging),
    ),
    bots: indices((user) => user.isBot),
    crowd: indices((user) => user.person === null),
  };
}

/** Draws the members of groups. Basic groups hold at most 200 people (checked 2026-11). */
export interface MemberPicker {
  /** Required people are missing from about 15 %, optional ones from 40 %, independently: the gaps to find. */
  forCustomer(internal: boolean, size: number | null, withoutAnchor: boolean): number[];
  forOther(small: boolean): number[];
  forCrowd(size: number): number[];
}

export function createMemberPicker(people: TelegramPopulation, random: Random): MemberPicker {
  function addSome(members: Set<number>, from: readonly number[], count: number): void {
    for (let at = 0; at < count && from.length > 0; at++) members.add(random.pick(from));
  }

  /** Drawing at random slows down when most are in already, so large groups take a run of neighbours. */
  function fillUp(members: Set<number>, from: readonly number[], size: number): void {
    const start = random.int(Math.max(1, from.length));
    for (let at = 0; members.size < size && at < from.length; at++) {
      members.add(from[(start + at) % from.length] as number);
    }
  }

  return {
    forCustomer(internal, size, withoutAnchor) {
      const members = new Set<number>();
      if (people.anchor !== null && !withoutAnchor) members.add(people.anchor);
      for (const one of people.required) if (random.chance(0.85)) members.add(one);
      for (const one of people.optional) if (random.chance(0.6)) members.add(one);
      for (const one of people.formerTeam) if (random.chance(0.2)) members.add(one);
      addSome(members, people.bots, random.chance(0.3) ? 1 + random.int(2) : 0);
      if (!internal) addSome(members, people.outsiders, 1 + random.int(4));
      // Most groups are small and a few have up to 50 members, as in life.
      const wanted = size ?? 3 + Math.floor(48 * random.next() ** 3);
      addSome(members, people.employees, Math.min(random.int(4), wanted));
      if (size === null) addSome(members, people.outsiders, Math.max(0, wanted - members.size));
      else fillUp(members, people.employees, size);
      if (members.size === 0) addSome(members, people.employees, 3);
      return [...members];
    },
    forOther(small) {
      const members = new Set<number>();
      if (people.anchor !== null && random.chance(0.6)) members.add(people.anchor);
      for (const one of [...people.required, ...people.optional]) if (random.chance(0.3)) members.add(one);
      addSome(members, people.employees, 2 + random.int(small ? 10 : 30));
      addSome(members, people.outsiders, random.int(6));
      if (random.chance(0.3)) addSome(members, people.bots, 1);
      return [...members];
    },
    forCrowd(size) {
      const members = new Set<number>(people.anchor === null ? [] : [people.anchor]);
      for (const one of people.required) if (random.chance(0.7)) members.add(one);
      fillUp(members, people.crowd.length >= size ? people.crowd : people.employees, size);
      return [...members];
    },
  };
}
