import { expect, test } from "vitest";
import type { TelegramGroup, TelegramPeer, TelegramSession } from "#main/platforms/telegram/index.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import type { TelegramTruthGroup } from "#sandbox/world/telegram-truth.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { accountOf, codeOf, never, openSession, readAll, signIn, valueOf } from "./telegram-lab.ts";

interface Lab {
  readonly sandbox: Sandbox;
  readonly session: TelegramSession;
  /** The account's own groups, as they really are. */
  readonly truth: readonly TelegramTruthGroup[];
}

async function openLab(world = "small"): Promise<Lab> {
  const sandbox = await openSandbox({ world });
  const session = openSession(await signIn(sandbox));
  return { sandbox, session, truth: truthOf(sandbox) };
}

function truthOf(sandbox: Sandbox): TelegramTruthGroup[] {
  return sandbox.control
    .truth()
    .groups.filter((group) => group.platform === "telegram")
    .filter(({ visibleToAccount }) => visibleToAccount);
}

function listGroups(session: TelegramSession): Promise<TelegramGroup[]> {
  return readAll(async (cursor) => session.fetchGroups({ cursor, signal: never }));
}

async function listMembers(session: TelegramSession, group: TelegramGroup): Promise<string[]> {
  return readAll(async (cursor) => {
    const page = await session.fetchMembers({ group, cursor, signal: never });
    return page.ok
      ? { ok: true, value: { items: page.value.userIds, nextCursor: page.value.nextCursor } }
      : page;
  });
}

/** The kinds of the truth in our words. */
const KINDS = { basic: "basic", supergroup: "supergroup", forum: "forum", channel: "broadcast" } as const;

function rightOf({ own, kind }: TelegramTruthGroup, isAdminRename: boolean): string {
  if (own.role !== "admin") return own.role;
  return isAdminRename || kind === "basic" ? "rename" : "admin";
}

test("lists every group of the account, each once, as it really is", async () => {
  const { session, truth } = await openLab();
  const groups = await listGroups(session);
  const told = groups
    .filter(({ isClosed }) => !isClosed)
    .map(({ groupId, kind, title, username, right }) => ({ groupId, kind, title, username, right }))
    .sort((a, b) => a.groupId.localeCompare(b.groupId));
  const real = truth
    .map((group) => ({
      groupId: group.id,
      kind: KINDS[group.kind],
      title: group.name,
      username: group.username,
      right: rightOf(group, group.own.canRename),
    }))
    .sort((a, b) => a.groupId.localeCompare(b.groupId));
  expect(told).toEqual(real);
});

test("tells what only the full description says", async () => {
  const { session, truth } = await openLab();
  const groups = await listGroups(session);
  const told = [];
  const real = [];
  for (const each of truth) {
    const group = groups.find(({ groupId }) => groupId === each.id)!;
    const facts = valueOf(await session.fetchGroupFacts({ group, signal: never }));
    const { memberCount, isHistoryHidden, areMembersHidden, migratedFrom } = facts;
    told.push({ id: each.id, memberCount, isHistoryHidden, areMembersHidden, migratedFrom });
    real.push({
      id: each.id,
      memberCount: each.memberIds.length,
      isHistoryHidden: each.historyHidden,
      areMembersHidden: each.hiddenMembers,
      migratedFrom: each.migratedFrom,
    });
  }
  expect(told).toEqual(real);
});

test("lists the members of every group whose members may be seen", async () => {
  const { session, truth } = await openLab();
  const groups = await listGroups(session);
  for (const each of truth) {
    const isOpen = !each.hiddenMembers && (each.kind !== "channel" || each.own.role !== "member");
    if (!isOpen) continue;
    const group = groups.find(({ groupId }) => groupId === each.id)!;
    expect((await listMembers(session, group)).sort()).toEqual([...each.memberIds].sort());
  }
});

test("a list of hidden members ends short of its total", async () => {
  const { session, truth } = await openLab();
  const groups = await listGroups(session);
  const hidden = truth.find(({ hiddenMembers, own }) => hiddenMembers && own.role === "member")!;
  const group = groups.find(({ groupId }) => groupId === hidden.id)!;
  const first = valueOf(await session.fetchMembers({ group, cursor: null, signal: never }));
  const listed = await listMembers(session, group);
  expect({ total: first.total, isShort: listed.length < first.total }).toEqual({
    total: hidden.memberIds.length,
    isShort: true,
  });
});

test("settles for one person whether they are in a group", async () => {
  const { sandbox, session, truth } = await openLab();
  const groups = await listGroups(session);
  const other = accountOf(sandbox, 1);
  await session.findUserByUsername({ username: other.username!, signal: never });
  const told: Record<string, string> = {};
  const real: Record<string, string> = {};
  for (const each of truth
    .filter(({ hiddenMembers, kind }) => !hiddenMembers && kind !== "channel")
    .slice(0, 12)) {
    const group = groups.find(({ groupId }) => groupId === each.id)!;
    const userId = String(other.userId);
    told[each.id] = valueOf(await session.fetchMembership({ group, userId, signal: never }));
    real[each.id] = each.memberIds.includes(userId) ? "present" : "absent";
  }
  expect(told).toEqual(real);
  expect(new Set(Object.values(real))).toEqual(new Set(["present", "absent"]));
});

test("tells the groups shared with somebody, page after page", async () => {
  const { sandbox, session, truth } = await openLab("reference");
  const other = accountOf(sandbox, 1);
  await session.findUserByUsername({ username: other.username!, signal: never });
  sandbox.control.addFault({
    platform: "telegram",
    method: "messages.getCommonChats",
    kind: "truncate",
    times: null,
  });
  const userId = String(other.userId);
  const shared = await readAll(async (cursor) =>
    session.fetchCommonGroups({ userId, cursor, signal: never }),
  );
  const real = truth.filter(
    ({ memberIds, kind, hiddenMembers, own }) =>
      kind !== "channel" && memberIds.includes(userId) && (!hiddenMembers || own.role !== "member"),
  );
  expect(shared.map(({ groupId }) => groupId).sort()).toEqual(real.map(({ id }) => id).sort());
  expect(session.usage().callsByMethod["messages.getCommonChats"]).toBeGreaterThan(1);
});

test("tells what is in a folder, by its title", async () => {
  const { sandbox, session, truth } = await openLab();
  const chosen = truth.slice(0, 3).map(({ id }) => id);
  sandbox.control.changeTelegram({ kind: "set-folder", title: "Audit me", groups: chosen });
  const told = valueOf(await session.fetchFolder({ title: "Audit me", signal: never }));
  const other = valueOf(await session.fetchFolder({ title: "No such folder", signal: never }));
  expect({ told: [...(told ?? [])].sort(), other }).toEqual({ told: chosen.sort(), other: null });
});

test("finds people by username, and tells when there is nobody", async () => {
  const { sandbox, session } = await openLab();
  const { username, userId } = accountOf(sandbox, 1);
  const found = valueOf(await session.findUserByUsername({ username: `@${username}`, signal: never }));
  const nobody = valueOf(await session.findUserByUsername({ username: "nobody_has_this", signal: never }));
  const known = valueOf(await session.fetchUsers({ userIds: [String(userId), "999999999"], signal: never }));
  expect({ found: found?.userId, nobody, known: known.map((user) => user.userId) }).toEqual({
    found: String(userId),
    nobody: null,
    known: [String(userId)],
  });
});

/** A session's memory of peers, as whoever opens it keeps it. */
function createMemory(): { keep(learned: readonly TelegramPeer[]): void; all(): TelegramPeer[] } {
  const peers = new Map<string, TelegramPeer>();
  return {
    keep(learned) {
      for (const peer of learned) peers.set(`${peer.kind} ${peer.peerId}`, peer);
    },
    all: () => [...peers.values()],
  };
}

/** What was learnt is told after the answer that taught it. */
const told = () => new Promise((resolve) => setImmediate(resolve));

test("somebody never met cannot be asked about, and a later session remembers who was met", async () => {
  const sandbox = await openSandbox();
  const signedIn = await signIn(sandbox);
  const { username, userId } = accountOf(sandbox, 1);
  const ask = { userId: String(userId), cursor: null, signal: never };
  const memory = createMemory();
  const first = openSession(signedIn, { onPeers: memory.keep });
  const before = await first.fetchCommonGroups(ask);
  await first.findUserByUsername({ username: username!, signal: never });
  await told();
  const second = openSession(signedIn, { peers: memory.all() });
  const later = await second.fetchCommonGroups(ask);
  const found = valueOf(await second.findUserByUsername({ username: `@${username!}`, signal: never }));
  expect({
    asked: [before, later].map(codeOf),
    found: found?.userId,
    lookUps: second.usage().callsByMethod["contacts.resolveUsername"] ?? 0,
  }).toEqual({ asked: ["telegram/not-met", "ok"], found: String(userId), lookUps: 0 });
});

test("a username that moved to somebody else is looked up again, and so is one that nobody has any more", async () => {
  const sandbox = await openSandbox();
  const signedIn = await signIn(sandbox);
  const [one, other] = [accountOf(sandbox, 1), accountOf(sandbox, 2)];
  const memory = createMemory();
  const first = openSession(signedIn, { onPeers: memory.keep });
  await first.findUserByUsername({ username: one.username!, signal: never });
  await first.findUserByUsername({ username: other.username!, signal: never });
  await told();
  // As if the names had been the other way round, and a third one somebody's, when they were looked up.
  const names = new Map([
    [String(one.userId), other.username!.toLowerCase()],
    [String(other.userId), "nobody_has_this"],
  ]);
  const peers = memory.all().map((peer) => ({ ...peer, username: names.get(peer.peerId) ?? null }));
  const second = openSession(signedIn, { peers });
  const moved = valueOf(await second.findUserByUsername({ username: other.username!, signal: never }));
  const nobody = valueOf(await second.findUserByUsername({ username: "nobody_has_this", signal: never }));
  expect({
    moved: moved?.userId,
    nobody,
    lookUps: second.usage().callsByMethod["contacts.resolveUsername"],
  }).toEqual({ moved: String(other.userId), nobody: null, lookUps: 2 });
});

test("an address that is not taken any more is learnt anew: a group by listing, a person by their username", async () => {
  const { sandbox, session, truth } = await openLab();
  await session.close();
  const group = truth.find(({ kind, hiddenMembers }) => kind === "supergroup" && !hiddenMembers)!;
  const { userId, username } = accountOf(sandbox, 1);
  const memory = createMemory();
  const stale = (kind: TelegramPeer["kind"], peerId: string, name: string | null): TelegramPeer => {
    return { kind, peerId, accessHash: "12345", username: name };
  };
  const peers = [
    stale("channel", group.id, null),
    stale("user", String(userId), username!.toLowerCase()),
  ] as const;
  const later = openSession(await signIn(sandbox), { peers, onPeers: memory.keep });
  // In this order: a listing names people, too.
  const strange = await later.fetchCommonGroups({ userId: String(userId), cursor: null, signal: never });
  const met = await later.findUserByUsername({ username: username!, signal: never });
  const shared = await later.fetchCommonGroups({ userId: String(userId), cursor: null, signal: never });
  const facts = await later.fetchGroupFacts({
    group: { groupId: group.id, kind: "supergroup" },
    signal: never,
  });
  await told();
  expect({
    asked: [strange, met, shared, facts].map(codeOf),
    stale: memory.all().filter(({ accessHash }) => accessHash === "12345" || accessHash === null),
  }).toEqual({ asked: ["telegram/user-not-found", "ok", "ok", "ok"], stale: [] });
});

test("a group that this session has not listed yet is found by listing once", async () => {
  const { session, truth } = await openLab();
  const [one, two] = truth.filter(({ kind }) => kind === "supergroup");
  const ask = (id: string) =>
    session.fetchGroupFacts({ group: { groupId: id, kind: "supergroup" }, signal: never });
  const told = await Promise.all([ask(one!.id), ask(two!.id), ask("1999999999")]);
  const afterwards = await ask("1999999998");
  const pages = Math.ceil(truth.length / 100);
  expect({
    told: [...told, afterwards].map(codeOf),
    listings: session.usage().callsByMethod["messages.getDialogs"]! <= pages + 1,
  }).toEqual({ told: ["ok", "ok", "telegram/group-not-found", "telegram/group-not-found"], listings: true });
});

test("signing out ends the session on the server, and doing it twice is no failure", async () => {
  const sandbox = await openSandbox();
  const signedIn = await signIn(sandbox);
  const ended = await openSession(signedIn).signOut({ signal: never });
  const after = openSession(signedIn);
  const asked = await after.fetchSelf({ signal: never });
  const again = await openSession(signedIn).signOut({ signal: never });
  expect([ended, asked, again].map(codeOf)).toEqual(["ok", "telegram/session-revoked", "ok"]);
});

test("a title of ten thousand emoji is cut, whole", async () => {
  const { sandbox, session, truth } = await openLab();
  const groupId = truth.find(({ kind }) => kind === "supergroup")!.id;
  sandbox.control.changeTelegram({ kind: "rename-group", group: groupId, title: `x${"🦆".repeat(10_000)}` });
  const group = (await listGroups(session)).find((each) => each.groupId === groupId)!;
  expect({ length: group.title.length <= 1_000, whole: group.title.isWellFormed() }).toEqual({
    length: true,
    whole: true,
  });
});
