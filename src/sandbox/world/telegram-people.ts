import type { Person } from "#sandbox/world/model.ts";
import type { Random } from "#sandbox/world/random.ts";
import type { InvitePrivacy, TelegramUser } from "#sandbox/world/telegram-model.ts";
import { makeTelegramUser } from "#sandbox/world/telegram-world.ts";
import { FAMILY_NAMES, GIVEN_NAMES } from "#sandbox/world/word-lists.ts";

/**
 * Gives the bots among the people an account on Telegram. It is done after people were made and from a stream of its
 * own, so that the Slack side of a seed stays as it was.
 */
export function giveBotsAccounts(people: readonly Person[], random: Random): void {
  const taken = new Set(people.map((person) => person.telegramUserId));
  for (const person of people) {
    if (person.belonging !== "bot" || person.telegramUserId !== null) continue;
    person.telegramUserId = claimId(taken, random);
    person.telegramUsername = `${person.slackUsername.replaceAll(/[^a-z0-9]/g, "_")}_bitsafe_bot`;
  }
}

/** Everybody with a Telegram account, in the order of the people, then a crowd of strangers for large groups. */
export function makeTelegramUsers(people: readonly Person[], crowd: number, random: Random): TelegramUser[] {
  const users: TelegramUser[] = [];
  const taken = new Set<number | null>();
  for (const person of people) {
    if (person.telegramUserId === null) continue;
    taken.add(person.telegramUserId);
    const isBot = person.belonging === "bot";
    const user = makeTelegramUser(users.length, person.telegramUserId, person, isBot);
    if (!isBot) {
      user.invitePrivacy = pickPrivacy(random, person.team ? 0.03 : 0.08);
      user.inTooManyChannels = !person.team && random.chance(0.02);
      user.isDeleted = !person.team && random.chance(0.02);
    }
    users.push(user);
  }
  for (let at = 0; at < crowd; at++) {
    const index = users.length;
    users.push({
      index,
      id: claimId(taken, random),
      person: null,
      firstName: random.pick(GIVEN_NAMES),
      lastName: random.chance(0.6) ? random.pick(FAMILY_NAMES) : null,
      username: random.chance(0.5) ? `member_${index}` : null,
      isBot: false,
      isDeleted: random.chance(0.03),
      invitePrivacy: pickPrivacy(random, 0.1),
      inTooManyChannels: false,
    });
  }
  return users;
}

/** The team know each other's numbers; the anchor also keeps a quarter of everybody else, half of them mutual. */
export function makeContacts(
  users: readonly TelegramUser[],
  anchor: number | null,
  random: Random,
): Map<number, Set<number>> {
  const contacts = new Map<number, Set<number>>();
  const team = users.filter((user) => user.person?.team === true);
  for (const user of team) {
    contacts.set(user.index, new Set(team.filter((other) => other !== user).map((other) => other.index)));
  }
  if (anchor === null) return contacts;
  const own = contacts.get(anchor) ?? new Set<number>();
  contacts.set(anchor, own);
  for (const user of users) {
    if (user.person === null || user.person.team || user.isBot || !random.chance(0.25)) continue;
    own.add(user.index);
    if (random.chance(0.5)) contacts.set(user.index, new Set([anchor]));
  }
  return contacts;
}

function pickPrivacy(random: Random, share: number): InvitePrivacy {
  return random.chance(share) ? "nobody" : random.chance(share) ? "contacts" : "everybody";
}

function claimId(taken: Set<number | null>, random: Random): number {
  for (;;) {
    const id = 1_000_000_001 + random.int(6_000_000_000);
    if (taken.has(id)) continue;
    taken.add(id);
    return id;
  }
}
