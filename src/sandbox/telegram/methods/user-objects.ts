import type { ChangeContext, TelegramAccount } from "#sandbox/telegram/method.ts";
import { accessHash } from "#sandbox/telegram/methods/access-hash.ts";
import { stateOf } from "#sandbox/telegram/methods/telegram-state.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { World } from "#sandbox/world/model.ts";
import type { TelegramUser } from "#sandbox/world/telegram-model.ts";
import { telegramUserOf } from "#sandbox/world/telegram-world.ts";

/** The world's entry of a signed-in account. */
export function userOfAccount(world: World, account: TelegramAccount): TelegramUser {
  return telegramUserOf(world, Number(account.userId), account.person, account.isBot);
}

/** The `user` of an account as another sees it; the viewer's own has `self` and the phone number. */
export function describeAccount(world: World, account: TelegramAccount, viewer: TelegramAccount): TlObject {
  return describe(
    world,
    userOfAccount(world, account),
    userOfAccount(world, viewer).index,
    () => account.phone,
  );
}

/** The `user` of a user, by index, as another, by index, sees it. The same object every time until something changes. */
export function describeUser(
  context: Pick<ChangeContext, "world" | "findAccount">,
  user: number,
  viewer: number,
): TlObject {
  const { world } = context;
  const known = world.telegram.users[user] as TelegramUser;
  return describe(world, known, viewer, () => context.findAccount(BigInt(known.id))?.phone ?? null);
}

export function describeUsers(
  context: Pick<ChangeContext, "world" | "findAccount">,
  users: Iterable<number>,
  viewer: number,
): TlObject[] {
  return Array.from(new Set(users), (user) => describeUser(context, user, viewer));
}

function describe(world: World, user: TelegramUser, viewer: number, phone: () => string | null): TlObject {
  const { userObjects } = stateOf(world);
  let described = userObjects.get(viewer);
  if (!described) userObjects.set(viewer, (described = new Map()));
  let object = described.get(user.index);
  if (!object) described.set(user.index, (object = makeUser(world, user, viewer, phone)));
  return object;
}

function makeUser(world: World, user: TelegramUser, viewer: number, phone: () => string | null): TlObject {
  const { contacts } = world.telegram;
  const isSelf = user.index === viewer;
  const rest = {
    _: "user",
    self: isSelf,
    id: BigInt(user.id),
    access_hash: accessHash(world.seed, viewer, "user", user.id),
  };
  if (user.isDeleted) return { ...rest, deleted: true };
  const isContact = contacts.get(viewer)?.has(user.index) ?? false;
  return {
    ...rest,
    contact: isContact,
    mutual_contact: isContact && (contacts.get(user.index)?.has(viewer) ?? false),
    bot: user.isBot,
    bot_nochats: false,
    first_name: user.firstName,
    last_name: user.lastName ?? undefined,
    username: user.username ?? undefined,
    phone: isSelf || isContact ? (phone() ?? undefined) : undefined,
    status: user.isBot ? undefined : { _: "userStatusRecently" },
    bot_info_version: user.isBot ? 1 : undefined,
  };
}
