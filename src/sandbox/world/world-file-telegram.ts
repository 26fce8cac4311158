import type { JsonPlace } from "#sandbox/world/file-reading.ts";
import { MemberList } from "#sandbox/world/member-list.ts";
import { WORLD_NOW_S, type Person } from "#sandbox/world/model.ts";
import { createRandom } from "#sandbox/world/random.ts";
import { addPastTopics } from "#sandbox/world/telegram-generate.ts";
import type {
  AdminRight,
  InvitePrivacy,
  TelegramAdmin,
  TelegramGroup,
  TelegramGroupKind,
  TelegramUser,
  TelegramWorld,
  TelegramWrittenMessage,
} from "#sandbox/world/telegram-model.ts";
import { makeTelegramUsers } from "#sandbox/world/telegram-people.ts";
import { ALL_RIGHTS, assembleTelegram, makeTelegramUser } from "#sandbox/world/telegram-world.ts";

const GROUP_KEYS =
  "id kind title username about members crowd owner admins hiddenMembers historyHidden membersMayNot customer category messages".split(
    " ",
  );
const KINDS: readonly TelegramGroupKind[] = ["basic", "supergroup", "forum", "channel"];
const RIGHTS: readonly AdminRight[] = [
  ...ALL_RIGHTS,
  "manage_topics",
  "post_messages",
  "edit_messages",
  "anonymous",
];
const PRIVACY: readonly InvitePrivacy[] = ["everybody", "contacts", "nobody"];

/** What a file says of one person's Telegram account. */
interface AccountPlace {
  readonly person: Person;
  readonly place: JsonPlace;
}

/**
 * Reads the `telegramGroups` of a hand-written world and each person's `telegram` facts; members, owners and authors
 * are the file's person ids. The team know each other's numbers.
 */
export function readTelegram(
  list: JsonPlace,
  accounts: readonly AccountPlace[],
  owner: Person,
  seed: number,
): TelegramWorld {
  const places = list.items();
  const crowd = Math.max(0, ...places.map((place) => place.at("crowd").count(0, 100_000) ?? 0));
  const random = createRandom(seed, "telegram-world-file");
  const users: TelegramUser[] = [];
  const byFileId = new Map<string, TelegramUser>();
  for (const { person, place } of accounts) {
    if (person.telegramUserId === null) continue;
    const user = makeTelegramUser(users.length, person.telegramUserId, person, person.belonging === "bot");
    readFacts(place.at("telegram"), user);
    users.push(user);
    byFileId.set(person.id, user);
  }
  const strangers = makeTelegramUsers([], crowd, random).map((one) => ({
    ...one,
    index: one.index + users.length,
  }));
  const anchor = byFileId.get(owner.id)?.index ?? null;
  const team = users.filter((user) => user.person?.team).map((user) => user.index);
  const contacts = new Map(team.map((one) => [one, new Set(team.filter((other) => other !== one))]));
  const taken = new Set<number>();
  const groups = places.map((place, at) => readGroup(place, at, byFileId, users.length, taken));
  const telegram = assembleTelegram({ users: [...users, ...strangers], groups, contacts, anchor });
  addPastTopics(telegram);
  return telegram;
}

function readFacts(place: JsonPlace, user: TelegramUser): void {
  if (place.value === undefined) return;
  place.allowKeys(["invitePrivacy", "deleted", "inTooManyChannels"]);
  user.invitePrivacy = place.at("invitePrivacy").choice(PRIVACY, "everybody");
  user.isDeleted = place.at("deleted").flag(false);
  user.inTooManyChannels = place.at("inTooManyChannels").flag(false);
}

function readGroup(
  place: JsonPlace,
  at: number,
  people: ReadonlyMap<string, TelegramUser>,
  firstStranger: number,
  taken: Set<number>,
): TelegramGroup {
  place.allowKeys(GROUP_KEYS);
  const kind = place.at("kind").choice(KINDS, "supergroup");
  const id =
    place.at("id").count(1, 900_000_000_000) ?? (kind === "basic" ? 100_000_000 : 1_000_000_001) + at * 1_009;
  if (kind !== "basic" && id <= 1_000_000_000)
    place.at("id").refuse("must be above 1,000,000,000 for this kind");
  if (taken.has(id)) place.at("id").refuse(`"${id}" is used twice`);
  taken.add(id);
  const title = place.at("title").text();
  if (title === "") place.at("title").refuse("must not be empty");
  const chosen = readMembers(place.at("members"), people);
  const strangers = place.at("crowd").count(0, 100_000) ?? 0;
  for (let stranger = 0; stranger < strangers; stranger++) chosen.push(firstStranger + stranger);
  const members = new MemberList(chosen);
  const ownerPlace = place.at("owner");
  const creator = ownerPlace.value === undefined ? null : readUser(ownerPlace, people).index;
  const written = Array.isArray(place.at("messages").value);
  const username = place.at("username");
  const lower = title.toLowerCase();
  return {
    id,
    kind,
    title,
    about: place.at("about").text(""),
    username: username.value === undefined ? null : username.text(),
    createdS: WORLD_NOW_S - 50_000_000 + at,
    creator,
    admins: readAdmins(place.at("admins"), people, creator ?? 0),
    members,
    bans: new Map(),
    joins: new Map(),
    gone: new Map(),
    defaultBans: place
      .at("membersMayNot")
      .items()
      .map((item) => item.text()),
    participantsHidden: place.at("hiddenMembers").flag(false),
    historyHidden: place.at("historyHidden").flag(kind === "basic"),
    migratedFrom: null,
    migratedTo: null,
    linkedTo: null,
    isDeleted: false,
    customer: place.at("customer").flag(lower.includes("bitsafe") || lower.includes("ibtc")),
    category: place.at("category").value === undefined ? null : place.at("category").text(),
    authors: members.indices,
    messageCount: written ? 0 : (place.at("messages").count(0, 1_000_000) ?? 0),
    writtenMessages: written ? readMessages(place.at("messages"), people) : null,
    topics: new Map(),
    pinned: new Map(),
    version: 1,
  };
}

/** `"*"` stands for everybody with a Telegram account. */
function readMembers(place: JsonPlace, people: ReadonlyMap<string, TelegramUser>): number[] {
  if (place.value === "*") return [...people.values()].map((user) => user.index);
  return place.items().map((item) => readUser(item, people).index);
}

function readAdmins(
  list: JsonPlace,
  people: ReadonlyMap<string, TelegramUser>,
  promotedBy: number,
): Map<number, TelegramAdmin> {
  return new Map(
    list.items().map((place): [number, TelegramAdmin] => {
      place.allowKeys(["person", "rights", "rank"]);
      const rights = place.at("rights").value === undefined ? ALL_RIGHTS : readRights(place.at("rights"));
      const rank = place.at("rank").value === undefined ? null : place.at("rank").text();
      return [readUser(place.at("person"), people).index, { rights, promotedBy, dateS: WORLD_NOW_S, rank }];
    }),
  );
}

function readRights(list: JsonPlace): AdminRight[] {
  return list.items().map((item) => item.choice(RIGHTS, "other"));
}

function readMessages(list: JsonPlace, people: ReadonlyMap<string, TelegramUser>): TelegramWrittenMessage[] {
  let lastS = 0;
  return list.items().map((item) => {
    item.allowKeys(["at", "person", "text"]);
    const atMs = Date.parse(item.at("at").text());
    if (Number.isNaN(atMs)) item.at("at").refuse("must be a time such as 2026-10-30T09:00:00Z");
    const atS = Math.floor(atMs / 1_000);
    if (atS < lastS) item.at("at").refuse("must not be earlier than the message before it");
    lastS = atS;
    return { atS, from: readUser(item.at("person"), people).index, text: item.at("text").text() };
  });
}

function readUser(place: JsonPlace, people: ReadonlyMap<string, TelegramUser>): TelegramUser {
  return people.get(place.text()) ?? place.refuse(`no person with the id "${place.text()}" is on Telegram`);
}
