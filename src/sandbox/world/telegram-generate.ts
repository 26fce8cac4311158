import type { Channel, Person } from "#sandbox/world/model.ts";
import { createRandom } from "#sandbox/world/random.ts";
import type { TelegramShape } from "#sandbox/world/shapes.ts";
import { generateTelegramGroups } from "#sandbox/world/telegram-groups.ts";
import { sortTelegramPopulation } from "#sandbox/world/telegram-members.ts";
import type { TelegramFolder, TelegramWorld } from "#sandbox/world/telegram-model.ts";
import { countPastTopics, telegramPastAt } from "#sandbox/world/telegram-past.ts";
import { giveBotsAccounts, makeContacts, makeTelegramUsers } from "#sandbox/world/telegram-people.ts";
import { companyOfChannel } from "#sandbox/world/telegram-titles.ts";
import { assembleTelegram } from "#sandbox/world/telegram-world.ts";

/** Most groups one folder may name (core.telegram.org/api/folders, without Premium; checked 2026-11). */
export const FOLDER_MOST = 100;

/**
 * Generates the Telegram side beside a finished Slack side. Its streams of numbers are its own, so neither side changes
 * when the other does. Gives the bots among `people` their accounts.
 */
export function generateTelegram(
  seed: number,
  shape: TelegramShape,
  people: readonly Person[],
  channels: readonly Channel[],
  owner: Person,
): TelegramWorld {
  const random = (purpose: string) => createRandom(seed, `telegram-${purpose}`);
  if (shape.customerGroups + shape.otherGroups > 0) giveBotsAccounts(people, random("bots"));
  const crowd = Math.max(shape.hiddenCrowd, shape.cappedCrowd);
  const known = people.filter((person) => person.telegramUserId !== null).length;
  const users = makeTelegramUsers(people, crowd > known / 2 ? crowd : 0, random("people"));
  const anchor = users.find((user) => user.person === owner)?.index ?? null;
  const companies = channels
    .filter((channel) => channel.customer)
    .map((channel) => companyOfChannel(channel.name));
  const telegram = assembleTelegram({
    users,
    groups: generateTelegramGroups(
      shape,
      sortTelegramPopulation(users, anchor),
      [...new Set(companies.filter((company) => company !== ""))],
      random("groups"),
    ),
    contacts: makeContacts(users, anchor, random("contacts")),
    anchor,
  });
  addPastTopics(telegram);
  if (anchor !== null) tidyDialogs(telegram, anchor);
  return telegram;
}

/** Enters the topics that the past of forums tells of; "General" is in every forum. */
export function addPastTopics(telegram: TelegramWorld): void {
  for (const group of telegram.channels.values()) {
    if (group.kind !== "forum") continue;
    const creator = group.creator ?? (group.authors[0] as number);
    const rest = { creator, closed: false, hidden: false, pinned: false };
    group.topics.set(1, { ...rest, id: 1, title: "General", dateS: group.createdS, iconColor: 0x6fb9f0 });
    for (let position = 1; position <= countPastTopics(group); position++) {
      const message = telegramPastAt(group, position);
      if (message?.action?.kind !== "topic-created") continue;
      const { title, iconColor } = message.action;
      const topic = {
        ...rest,
        creator: message.from,
        id: position + 1,
        title,
        iconColor,
        dateS: message.dateS,
      };
      group.topics.set(topic.id, { ...topic, closed: position === 3 });
    }
  }
}

/** The anchor keeps customers in folders of 100, as many as fit, has archived some groups and pinned three. */
function tidyDialogs(telegram: TelegramWorld, anchor: number): void {
  const own = [...telegram.chats.values(), ...telegram.channels.values()].filter(
    (group) => group.members.has(anchor) && group.migratedTo === null,
  );
  const customers = own.filter((group) => group.customer).map((group) => group.id);
  const folders: TelegramFolder[] = [];
  for (let at = 0; at < customers.length && folders.length < 8; at += FOLDER_MOST) {
    const title = at === 0 ? "Customers" : `Customers ${folders.length + 1}`;
    const groupIds = customers.slice(at, at + FOLDER_MOST);
    folders.push({ id: folders.length + 2, title, groupIds, allGroups: false, allChannels: false });
  }
  folders.push({
    id: folders.length + 2,
    title: "📣 News",
    groupIds: [],
    allGroups: false,
    allChannels: true,
  });
  telegram.folders.set(anchor, folders);
  telegram.archived.set(anchor, new Set(own.filter((_group, at) => at % 25 === 24).map((group) => group.id)));
  telegram.pinned.set(anchor, new Set(customers.slice(0, 3)));
}
