import type { ChangeContext } from "#sandbox/telegram/method.ts";
import type { Actor } from "#sandbox/telegram/methods/group-actions.ts";
import { announceGroup, postToGroup } from "#sandbox/telegram/methods/publishing.ts";
import { forgetGroup, stateOf } from "#sandbox/telegram/methods/telegram-state.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import { MemberList } from "#sandbox/world/member-list.ts";
import type { World } from "#sandbox/world/model.ts";
import type { TelegramGroup, TelegramGroupKind } from "#sandbox/world/telegram-model.ts";
import { ALL_RIGHTS } from "#sandbox/world/telegram-world.ts";

/** A group without a past, its id new. It is not in the world yet. */
export function makeGroup(
  world: World,
  facts: {
    readonly kind: TelegramGroupKind;
    readonly title: string;
    readonly about: string;
    readonly creator: number;
    readonly members: Iterable<number>;
    readonly nowS: number;
    readonly migratedFrom?: TelegramGroup;
  },
): TelegramGroup {
  const { kind, title, migratedFrom: old } = facts;
  const group: TelegramGroup = {
    id: claimId(world, kind),
    kind,
    title,
    about: facts.about,
    username: null,
    createdS: facts.nowS,
    creator: facts.creator,
    admins: new Map(),
    members: new MemberList(facts.members),
    bans: new Map(),
    joins: new Map(),
    gone: new Map(),
    defaultBans: old?.defaultBans ?? [],
    participantsHidden: false,
    historyHidden: kind === "basic" || kind === "supergroup",
    migratedFrom: old?.id ?? null,
    migratedTo: null,
    linkedTo: null,
    isDeleted: false,
    customer: old?.customer ?? /bitsafe|ibtc/i.test(title),
    category: old?.category ?? null,
    authors: new Uint32Array(),
    messageCount: 0,
    writtenMessages: null,
    topics: new Map(),
    pinned: new Map(),
    version: 1,
  };
  if (kind === "forum") {
    const general = {
      id: 1,
      title: "General",
      creator: facts.creator,
      dateS: facts.nowS,
      iconColor: 0x6fb9f0,
    };
    group.topics.set(1, { ...general, closed: false, hidden: false, pinned: false });
  }
  return group;
}

/**
 * Turns a basic group into a supergroup with a new id: the old one is deactivated and points to the new one, and both
 * say so in a service message (core.telegram.org/api/channel#migration, checked 2026-11).
 */
export function migrateGroup(
  context: ChangeContext,
  old: TelegramGroup,
  actor: Actor,
): { readonly group: TelegramGroup; readonly updates: TlObject[] } {
  const { world, nowS } = context;
  const group = makeGroup(world, {
    kind: "supergroup",
    title: old.title,
    about: old.about,
    creator: old.creator ?? actor.user,
    members: old.members.indices,
    nowS,
    migratedFrom: old,
  });
  for (const [user, admin] of old.admins) {
    group.admins.set(user, { ...admin, rights: ALL_RIGHTS.filter((right) => right !== "add_admins") });
  }
  world.telegram.channels.set(group.id, group);
  const service = { dateS: nowS, from: actor.user, text: "" };
  const toldOld = postToGroup(
    context,
    old,
    { ...service, action: { kind: "migrated-to", channelId: group.id } },
    actor.account,
  );
  old.migratedTo = group.id;
  old.version++;
  forgetGroup(world, old);
  const members = [...group.members.indices];
  const announced = [announceGroup(context, old, members), announceGroup(context, group, members)];
  const action = { kind: "migrated-from", title: old.title, chatId: old.id } as const;
  const toldNew = postToGroup(context, group, { ...service, action }, actor.account);
  return { group, updates: [...toldOld, ...announced, ...toldNew] };
}

function claimId(world: World, kind: TelegramGroupKind): number {
  const { chats, channels } = world.telegram;
  const { random } = stateOf(world);
  for (;;) {
    const id =
      kind === "basic" ? 900_000_000 + random.int(99_000_000) : 3_900_000_000 + random.int(90_000_000);
    if (!chats.has(id) && !channels.has(id)) return id;
  }
}
