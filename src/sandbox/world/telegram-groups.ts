import { MemberList } from "#sandbox/world/member-list.ts";
import { WORLD_NOW_S } from "#sandbox/world/model.ts";
import type { Random } from "#sandbox/world/random.ts";
import type { TelegramShape } from "#sandbox/world/shapes.ts";
import { pickAdmins, pickDefaultBans } from "#sandbox/world/telegram-admins.ts";
import type { TelegramGroup, TelegramGroupKind } from "#sandbox/world/telegram-model.ts";
import { createMemberPicker, type TelegramPopulation } from "#sandbox/world/telegram-members.ts";
import { titleCustomerGroups, titleOtherGroups } from "#sandbox/world/telegram-titles.ts";

/** Most members of a basic group (core.telegram.org/api/config `chat_size_max`, checked 2026-11). */
const BASIC_MOST = 200;

/** Ids that clients take for what they are: channels above 1,000,000,000, basic groups in the hundreds of millions. */
function createGroupIds(random: Random): { channel(): number; chat(): number } {
  const taken = new Set<number>();
  function claim(from: number, span: number): number {
    for (;;) {
      const id = from + random.int(span);
      if (taken.has(id)) continue;
      taken.add(id);
      return id;
    }
  }
  return {
    channel: () => claim(1_000_000_001, 2_900_000_000),
    chat: () => claim(100_000_000, 800_000_000),
  };
}

/**
 * Makes the groups of a generated world, customers' first. The anchor is in every customers' group that `shape` counts;
 * among the others are a few customers' groups without the anchor, one large group with a hidden member list and one
 * beyond the 10,000 members that can be listed.
 */
export function generateTelegramGroups(
  shape: TelegramShape,
  population: TelegramPopulation,
  companies: readonly string[],
  random: Random,
): TelegramGroup[] {
  const ids = createGroupIds(random);
  const members = createMemberPicker(population, random);
  const groups: TelegramGroup[] = [];
  const titled = titleCustomerGroups(shape.customerGroups + shape.unseenCustomerGroups, random, companies);
  const mayBeBasic = (shape.membersPerGroup ?? 0) <= BASIC_MOST;
  for (const [at, { title, category }] of titled.entries()) {
    const unseen = at >= shape.customerGroups;
    const kind = at % 4 === 1 && mayBeBasic ? "basic" : at % 12 === 7 ? "forum" : "supergroup";
    const chosen = members.forCustomer(category === "internal", shape.membersPerGroup, unseen);
    add({ kind, title, category, customer: true, hidden: kind === "supergroup" && at % 24 === 10 }, chosen);
  }
  const others = shape.otherGroups - shape.unseenCustomerGroups;
  for (const [at, title] of titleOtherGroups(Math.max(0, others), random).entries()) {
    const crowd = at === 0 ? shape.hiddenCrowd : at === 1 ? shape.cappedCrowd : 0;
    const kind =
      crowd > 0 ? "supergroup" : (["supergroup", "basic", "channel", "supergroup", "forum"] as const)[at % 5];
    const chosen = crowd > 0 ? members.forCrowd(crowd) : members.forOther(kind === "basic");
    add(
      {
        kind: kind as TelegramGroupKind,
        title: crowd > 0 ? (at === 0 ? "Custody community (members hidden)" : "Builders worldwide") : title,
        category: null,
        customer: false,
        hidden: crowd > 0 ? at === 0 : kind === "supergroup" && at % 9 === 3,
        large: crowd > 0,
      },
      chosen,
    );
  }
  linkDiscussions(groups);
  return groups;

  function add(
    facts: Pick<TelegramGroup, "kind" | "title" | "category" | "customer"> & {
      hidden: boolean;
      large?: boolean;
    },
    chosen: readonly number[],
  ): void {
    const list = new MemberList(chosen);
    const isChannelLike = facts.kind !== "basic";
    const createdS = WORLD_NOW_S - 20_000_000 - random.int(80_000_000);
    const posts = pickAdmins(list, population, random, facts.large === true ? "strangers" : facts.kind);
    const old =
      facts.kind === "supergroup" && facts.large !== true && random.chance(0.12) ? ids.chat() : null;
    const group: TelegramGroup = {
      id: isChannelLike ? ids.channel() : ids.chat(),
      kind: facts.kind,
      title: facts.title,
      about: random.chance(0.3) ? "Questions are answered within a business day." : "",
      username:
        facts.large === true || (!facts.customer && isChannelLike && random.chance(0.15))
          ? `sandbox_${random.int(900_000) + 100_000}`
          : null,
      createdS,
      ...posts,
      members: list,
      bans: new Map(),
      joins: new Map(),
      gone: new Map(),
      defaultBans: pickDefaultBans(facts.kind, random),
      participantsHidden: facts.hidden,
      historyHidden: facts.kind === "basic" || (facts.kind === "supergroup" && random.chance(0.3)),
      migratedFrom: old,
      migratedTo: null,
      linkedTo: null,
      isDeleted: false,
      customer: facts.customer,
      category: facts.category,
      authors: list.indices,
      messageCount: Math.ceil((shape.messagesPerGroup * (1 + random.next())) / 2) + 2,
      writtenMessages: null,
      topics: new Map(),
      pinned: new Map(),
      version: 1 + random.int(40),
    };
    groups.push(group);
    if (old !== null) groups.push(makeOldChat(group, old, random));
  }
}

/** The deactivated basic group a supergroup was made of: the same people, an older history. */
function makeOldChat(group: TelegramGroup, id: number, random: Random): TelegramGroup {
  return {
    ...group,
    id,
    kind: "basic",
    username: null,
    createdS: group.createdS - 5_000_000 - random.int(5_000_000),
    admins: new Map(),
    members: new MemberList(group.members.indices),
    bans: new Map(),
    joins: new Map(),
    gone: new Map(),
    participantsHidden: false,
    historyHidden: true,
    migratedFrom: null,
    migratedTo: group.id,
    messageCount: 20 + random.int(60),
    topics: new Map(),
  };
}

/** Every third broadcast channel has a discussion group. */
function linkDiscussions(groups: readonly TelegramGroup[]): void {
  const free = groups.filter(
    (group) => group.kind === "supergroup" && !group.customer && !group.participantsHidden,
  );
  for (const [at, channel] of groups.filter((group) => group.kind === "channel").entries()) {
    const discussion = at % 3 === 0 ? free[at] : undefined;
    if (!discussion) continue;
    channel.linkedTo = discussion.id;
    discussion.linkedTo = channel.id;
  }
}
