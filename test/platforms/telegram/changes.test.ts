import { expect, test, vi } from "vitest";
import type { TelegramSession } from "#main/platforms/telegram/index.ts";
import type { TelegramChange } from "#shared/domain/telegram-change.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { passOn, startTcp } from "./scripted-tcp.ts";
import { accountOf, never, openSession, readAll, signIn, type SignedIn } from "./telegram-lab.ts";

interface Lab {
  readonly sandbox: Sandbox;
  readonly session: TelegramSession;
  readonly heard: TelegramChange[];
}

/** A session that has listed its groups, and hears what changes. */
async function listen(sandbox: Sandbox, signedIn: SignedIn): Promise<Lab> {
  const session = openSession(signedIn);
  await readAll(async (cursor) => session.fetchGroups({ cursor, signal: never }));
  const heard: TelegramChange[] = [];
  session.watchChanges((change) => heard.push(change));
  const tuned = (): boolean =>
    sandbox.control.calls().calls.some(({ method }) => method === "users.getUsers");
  await vi.waitFor(() => expect(tuned()).toBe(true), { timeout: 5_000 });
  await session.fetchSelf({ signal: never });
  return { sandbox, session, heard };
}

async function openLab(): Promise<Lab> {
  const sandbox = await openSandbox();
  return listen(sandbox, await signIn(sandbox));
}

function pickGroup(sandbox: Sandbox, kind: "supergroup" | "basic") {
  return sandbox.control
    .truth()
    .groups.filter((group) => group.platform === "telegram")
    .find((group) => group.visibleToAccount && group.kind === kind && group.memberIds.length < 40)!;
}

function until(heard: readonly TelegramChange[], count: number): Promise<void> {
  return vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(count), { timeout: 5_000 });
}

test.each(["supergroup", "basic"] as const)(
  "hears of a rename, of who comes and who goes in a %s, each once",
  async (kind) => {
    const { sandbox, heard } = await openLab();
    const group = pickGroup(sandbox, kind);
    const groupId = group.id;
    const outsider = sandbox.ready.telegram.accounts.find(
      ({ userId }) => !group.memberIds.includes(String(userId)),
    )!;
    sandbox.control.changeTelegram({ kind: "rename-group", group: groupId, title: "Renamed by somebody" });
    sandbox.control.changeTelegram({ kind: "add-member", group: groupId, user: outsider.userId });
    sandbox.control.changeTelegram({ kind: "remove-member", group: groupId, user: outsider.userId });
    await until(heard, 3);
    const userId = String(outsider.userId);
    const named = { groupId, isBasic: kind === "basic" };
    expect(heard).toEqual([
      { change: "group-renamed", ...named, before: group.name, title: "Renamed by somebody" },
      { change: "member-joined", ...named, userId },
      { change: "member-left", ...named, userId },
    ]);
  },
);

test("hears of a group that is new, and of one this account was removed from", async () => {
  const { sandbox, heard } = await openLab();
  const [self, other] = [accountOf(sandbox), accountOf(sandbox, 1)];
  const gone = pickGroup(sandbox, "supergroup");
  sandbox.control.changeTelegram({
    kind: "create-group",
    title: "Brand new customer",
    members: [self.userId, other.userId],
    owner: other.userId,
  });
  await until(heard, 1);
  sandbox.control.changeTelegram({ kind: "ban-member", group: gone.id, user: self.userId });
  await until(heard, 2);
  expect(heard).toEqual([
    {
      change: "group-new",
      groupId: expect.any(String) as string,
      isBasic: false,
      title: "Brand new customer",
    },
    { change: "group-gone", groupId: gone.id, isBasic: false, title: gone.name },
  ]);
});

test("an update that comes twice is told once", async () => {
  const { sandbox, heard } = await openLab();
  const group = pickGroup(sandbox, "supergroup");
  sandbox.control.addFault({ platform: "telegram", method: "*", kind: "duplicate-update", times: null });
  sandbox.control.changeTelegram({ kind: "rename-group", group: group.id, title: "First" });
  sandbox.control.changeTelegram({ kind: "rename-group", group: group.id, title: "Second" });
  await until(heard, 2);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(heard.map((change) => "title" in change && change.title)).toEqual(["First", "Second"]);
});

test("whoever listens before the server is there hears what changes once it is", async () => {
  const sandbox = await openSandbox();
  const signedIn = await signIn(sandbox);
  let isUp = false;
  const relay = await startTcp((socket) => {
    if (!isUp) socket.destroy();
    else passOn(socket, signedIn.server);
  });
  const session = openSession({
    ...signedIn,
    server: { ...relay.server, publicKeyPem: signedIn.server.publicKeyPem },
  });
  const heard: TelegramChange[] = [];
  session.watchChanges((change) => heard.push(change));
  await vi.waitFor(() => expect(relay.connections()).toBe(1));
  isUp = true;
  const group = pickGroup(sandbox, "supergroup");
  await vi.waitFor(
    () => {
      sandbox.control.changeTelegram({ kind: "rename-group", group: group.id, title: `Named ${Date.now()}` });
      expect(heard.length).toBeGreaterThan(0);
    },
    { timeout: 10_000, interval: 100 },
  );
  expect(heard[0]?.change).toBe("group-renamed");
});

test("nobody is told any more after they stopped listening, or after the end", async () => {
  const { sandbox, session, heard } = await openLab();
  const group = pickGroup(sandbox, "supergroup");
  const quiet: TelegramChange[] = [];
  session.watchChanges((change) => quiet.push(change))();
  sandbox.control.changeTelegram({ kind: "rename-group", group: group.id, title: "Heard" });
  await until(heard, 1);
  await session.close();
  expect({ quiet, heard: heard.length }).toEqual({ quiet: [], heard: 1 });
});
