import { Api } from "telegram/tl/index.js";
import type { Failure } from "#shared/domain/failure.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { readUser } from "./read-user.ts";
import type { SessionCore } from "./session-core.ts";
import type { TelegramSession, TelegramUser } from "./telegram-session.ts";

/** People that users.getUsers is asked for at once. */
const USERS_A_CALL = 100;

/** Asks for people by id. Those whom the server does not know by their hash are let go of, to be met anew. */
export async function fetchUsers(
  core: SessionCore,
  { userIds, signal }: Parameters<TelegramSession["fetchUsers"]>[0],
): Promise<Result<readonly TelegramUser[], Failure>> {
  const found = await getUsers(core, userIds, signal);
  return found.ok ? ok(found.value.flatMap((user) => readUser(user) ?? [])) : found;
}

/** Finds somebody by username: whom it was found for before, if they have it still, otherwise by looking it up. */
export async function findUserByUsername(
  core: SessionCore,
  { username, signal }: Parameters<TelegramSession["findUserByUsername"]>[0],
): Promise<Result<TelegramUser | null, Failure>> {
  const name = username.replace(/^@/, "");
  const namedBefore = core.peers.findNamed(name);
  if (namedBefore !== null) {
    const found = await getUsers(core, [namedBefore], signal);
    if (!found.ok) return found;
    const [user] = found.value;
    if (user instanceof Api.User && hasUsername(user, name)) return ok(readUser(user));
  }
  const resolved = await core.call(signal, {
    method: "contacts.resolveUsername",
    request: new Api.contacts.ResolveUsername({ username: name }),
    read: readResolved,
  });
  if (!resolved.ok && resolved.error.code !== "telegram/user-not-found") return resolved;
  const user = resolved.ok ? resolved.value.user : null;
  core.peers.name(name, user?.userId ?? null);
  return ok(user);
}

/** In the order asked for; those who cannot be addressed, and those of whom nothing is told, are left out. */
async function getUsers(
  core: SessionCore,
  userIds: readonly string[],
  signal: AbortSignal,
): Promise<Result<Api.User[], Failure>> {
  const known = [...new Set(userIds)].flatMap((userId) => {
    core.peers.keep(userId);
    const address = core.peers.findUser(userId);
    return address ? [{ userId, address }] : [];
  });
  const users: Api.User[] = [];
  for (let from = 0; from < known.length; from += USERS_A_CALL) {
    const asked = known.slice(from, from + USERS_A_CALL);
    const page = await core.call(signal, {
      method: "users.getUsers",
      request: new Api.users.GetUsers({ id: asked.map(({ address }) => address) }),
      read: (answer) => (Array.isArray(answer) ? answer.filter((user) => user instanceof Api.User) : null),
    });
    if (!page.ok) return page;
    const told = new Set(page.value.map((user) => user.id.toString()));
    for (const { userId } of asked) if (!told.has(userId)) core.peers.forget("user", userId);
    users.push(...page.value);
  }
  return ok(users);
}

/** Usernames are the same in any case; collectible ones come in a list. */
function hasUsername(user: Api.User, name: string): boolean {
  const names = [user.username, ...(user.usernames ?? []).map(({ active, username }) => active && username)];
  return names.some((one) => typeof one === "string" && one.toLowerCase() === name.toLowerCase());
}

function readResolved(answer: unknown): { user: TelegramUser | null } | null {
  if (!(answer instanceof Api.contacts.ResolvedPeer)) return null;
  const { peer } = answer;
  if (!(peer instanceof Api.PeerUser)) return { user: null };
  return { user: readUser(answer.users.find(({ id }) => id.equals(peer.userId))) };
}
