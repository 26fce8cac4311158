import type { TelegramAccount } from "#sandbox/telegram/telegram-account.ts";
import { stableHex } from "#sandbox/world/identifiers.ts";
import type { Person, World } from "#sandbox/world/model.ts";
import { hashText } from "#sandbox/world/random.ts";

/** The data centre that every account but the migrated one lives in. */
export const HOME_DC = 2;
/** Where one team account lives, so that signing in to it begins with PHONE_MIGRATE. */
export const OTHER_DC = 4;

/** What it takes to sign in to an account; all of it follows from the seed. */
export interface SignInFacts {
  readonly phone: string;
  readonly code: string;
  /** The cloud password; null for accounts without one. */
  readonly password: string | null;
  readonly dcId: number;
}

/** Every Telegram account of a world, and what signs it in. */
export interface AccountDirectory {
  find(userId: bigint): TelegramAccount | null;
  of(person: Person): TelegramAccount | null;
  findByPhone(phone: string): TelegramAccount | null;
  /** Null for bots. */
  signInFacts(account: TelegramAccount): SignInFacts | null;
  readonly bot: TelegramAccount;
  readonly botToken: string;
  /** Accounts of the team, the token's owner first. */
  readonly team: readonly TelegramAccount[];
  /** A person who signed up over the API; known to Telegram only. */
  signUp(phone: string, name: string): TelegramAccount;
}

/** Bots made for the sandbox get ids above those of people (world/identifiers.ts). */
const BOT_IDS_FROM = 7_100_000_000;
const SIGN_UP_IDS_FROM = 7_500_000_000;

/** Reads the accounts out of a world. */
export function createAccountDirectory(world: World): AccountDirectory {
  const byUserId = new Map<bigint, TelegramAccount>();
  const byPhone = new Map<string, TelegramAccount>();
  const byPerson = new Map<Person, TelegramAccount>();
  function add(person: Person, userId: number, phone: string | null): TelegramAccount {
    const account = { userId: BigInt(userId), person, isBot: phone === null, phone };
    byUserId.set(account.userId, account);
    byPerson.set(person, account);
    if (phone !== null) byPhone.set(phone, account);
    return account;
  }
  for (const person of world.people) {
    if (person.telegramUserId !== null && person.belonging !== "bot") {
      add(person, person.telegramUserId, phoneOf(world.seed, person.index));
    }
  }
  const botPerson = world.people[world.botUser] as Person;
  const botId = botPerson.telegramUserId ?? BOT_IDS_FROM + (hashText(`${world.seed}:bot`) % 100_000_000);
  const bot = add(botPerson, botId, null);
  const owner = world.people[world.tokenOwner] as Person;
  const team = world.people
    .filter((person) => person.team && byPerson.has(person))
    .sort((a, b) => Number(b === owner) - Number(a === owner) || a.index - b.index)
    .map((person) => byPerson.get(person) as TelegramAccount);
  return {
    find: (userId) => byUserId.get(userId) ?? null,
    of: (person) => byPerson.get(person) ?? null,
    findByPhone: (phone) => byPhone.get(phone) ?? null,
    signInFacts: (account) => signInFactsOf(world.seed, account, team.indexOf(account)),
    bot,
    botToken: `${botId}:AA${stableHex(world.seed, "telegram-bot-token", 33)}`,
    team,
    signUp(phone, name) {
      const known = byUserId.size;
      const person: Person = {
        ...owner,
        index: -1,
        id: `signed-up-${known}`,
        name,
        email: "",
        role: null,
        team: false,
        status: null,
        belonging: "external",
        slackUserId: "",
        slackUsername: "",
        telegramUserId: SIGN_UP_IDS_FROM + known,
        telegramUsername: null,
      };
      return add(person, SIGN_UP_IDS_FROM + known, phone);
    },
  };
}

/** +1 555 …: a country code, and the exchange that telephone companies keep free. */
function phoneOf(seed: number, personIndex: number): string {
  const start = hashText(`${seed}:phones`) % 9_000_000;
  return `1555${String(1_000_000 + ((start + personIndex * 7_919) % 9_000_000))}`;
}

/** The token's owner and every second member of the team have a password; the third lives elsewhere. */
function signInFactsOf(seed: number, account: TelegramAccount, teamPlace: number): SignInFacts | null {
  if (account.phone === null) return null;
  const { phone } = account;
  const hasPassword = teamPlace >= 0 && teamPlace % 2 === 0;
  return {
    phone,
    code: String(10_000 + (hashText(`${seed}:${phone}:code`) % 90_000)),
    password: hasPassword ? `sandbox-${stableHex(seed, `password ${phone}`, 8)}` : null,
    dcId: teamPlace === 2 ? OTHER_DC : HOME_DC,
  };
}
