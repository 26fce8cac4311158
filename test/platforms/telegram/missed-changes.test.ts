import type { Socket } from "node:net";
import { expect, test, vi } from "vitest";
import type { TelegramSession } from "#main/platforms/telegram/index.ts";
import type { TelegramChange } from "#shared/domain/telegram-change.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { passOn, startTcp } from "./scripted-tcp.ts";
import { accountOf, never, openSession, readAll, signIn, valueOf } from "./telegram-lab.ts";

const SOON = { timeout: 10_000, interval: 20 };

interface Lab {
  readonly sandbox: Sandbox;
  readonly session: TelegramSession;
  readonly heard: TelegramChange[];
  readonly line: { cut(): void; mend(): void };
  /** Calls of a method since the line was last cut. */
  calls(method: string): number;
}

/** A session that has listed its groups and hears what changes, over a line that can be cut. */
async function openLab({ isListed = true } = {}): Promise<Lab> {
  const sandbox = await openSandbox();
  const signedIn = await signIn(sandbox);
  let isUp = true;
  const open = new Set<Socket>();
  const { server } = await startTcp((socket) => {
    if (!isUp) {
      socket.destroy();
      return;
    }
    open.add(socket);
    passOn(socket, signedIn.server);
  });
  const session = openSession({
    ...signedIn,
    server: { ...server, publicKeyPem: signedIn.server.publicKeyPem },
  });
  if (isListed) await readAll(async (cursor) => session.fetchGroups({ cursor, signal: never }));
  const heard: TelegramChange[] = [];
  session.watchChanges((change) => heard.push(change));
  const countOf = (method: string): number => sandbox.control.calls().counts[method] ?? 0;
  await vi.waitFor(() => expect(countOf("updates.getState")).toBe(1), SOON);
  valueOf(await session.fetchSelf({ signal: never }));
  const before = new Map<string, number>();
  return {
    sandbox,
    session,
    heard,
    calls: (method) => countOf(method) - (before.get(method) ?? 0),
    line: {
      cut() {
        isUp = false;
        for (const socket of open) socket.destroy();
        open.clear();
        for (const method of METHODS) before.set(method, countOf(method));
      },
      mend: () => void (isUp = true),
    },
  };
}

const METHODS = ["updates.getDifference", "updates.getChannelDifference", "messages.getDialogs"];

function pickGroup({ sandbox }: Lab, kind: "supergroup" | "basic", nth = 0) {
  return sandbox.control
    .truth()
    .groups.filter((group) => group.platform === "telegram")
    .filter((group) => group.visibleToAccount && group.kind === kind && group.memberIds.length < 40)[nth]!;
}

function outsiderOf({ sandbox }: Lab, memberIds: readonly string[]): number {
  return sandbox.ready.telegram.accounts.find(({ userId }) => !memberIds.includes(String(userId)))!.userId;
}

function until({ heard }: Lab, count: number): Promise<void> {
  return vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(count), SOON);
}

/** Long enough for a late update to be asked for. */
const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 900));

test.each(["supergroup", "basic"] as const)(
  "who came and went in a %s while the line was cut is told once, in order, and before what comes after",
  async (kind) => {
    const lab = await openLab();
    const { control } = lab.sandbox;
    const group = pickGroup(lab, kind);
    const user = outsiderOf(lab, group.memberIds);
    const named = { groupId: group.id, isBasic: kind === "basic" };
    const userId = String(user);
    control.changeTelegram({ kind: "add-member", group: group.id, user });
    await until(lab, 1);
    lab.line.cut();
    control.changeTelegram({ kind: "remove-member", group: group.id, user });
    control.changeTelegram({ kind: "rename-group", group: group.id, title: "First" });
    control.changeTelegram({ kind: "add-member", group: group.id, user });
    control.changeTelegram({ kind: "rename-group", group: group.id, title: "Second" });
    lab.line.mend();
    await until(lab, 5);
    control.changeTelegram({ kind: "remove-member", group: group.id, user });
    await until(lab, 6);
    await quiet();
    expect(lab.heard).toEqual([
      { change: "member-joined", ...named, userId },
      { change: "member-left", ...named, userId },
      { change: "group-renamed", ...named, before: group.name, title: "First" },
      { change: "member-joined", ...named, userId },
      { change: "group-renamed", ...named, before: "First", title: "Second" },
      { change: "member-left", ...named, userId },
    ]);
  },
);

test("a group that is new since the line was cut, and one that was lost, are told; only channels in which something happened are asked about", async () => {
  const lab = await openLab();
  const { control } = lab.sandbox;
  const [self, other] = [accountOf(lab.sandbox), accountOf(lab.sandbox, 1)];
  const [gone, busy] = [pickGroup(lab, "supergroup"), pickGroup(lab, "supergroup", 1)];
  const user = outsiderOf(lab, busy.memberIds);
  lab.line.cut();
  control.changeTelegram({
    kind: "create-group",
    title: "Brand new customer",
    members: [self.userId, other.userId],
    owner: other.userId,
  });
  control.changeTelegram({ kind: "rename-group", group: gone.id, title: "Not ours any more" });
  control.changeTelegram({ kind: "ban-member", group: gone.id, user: self.userId });
  control.changeTelegram({ kind: "add-member", group: busy.id, user });
  lab.line.mend();
  await until(lab, 3);
  await quiet();
  const told = lab.heard.map(({ change, ...rest }) =>
    `${change} ${"title" in rest ? rest.title : ""}`.trim(),
  );
  expect({
    told: told.toSorted(),
    calls: METHODS.map(lab.calls),
  }).toEqual({
    told: ["group-gone " + gone.name, "group-new Brand new customer", "member-joined"],
    calls: [1, 2, 0],
  });
});

test("nothing happened: one call, and nothing is told", async () => {
  const lab = await openLab();
  lab.line.cut();
  lab.line.mend();
  await vi.waitFor(() => expect(lab.calls("updates.getDifference")).toBe(1), SOON);
  await quiet();
  expect([lab.heard, METHODS.map(lab.calls)]).toEqual([[], [1, 0, 0]]);
});

test.each(["supergroup", "basic"] as const)(
  "an update of a %s that got lost on the way is asked for at the next one, and told before it",
  async (kind) => {
    const lab = await openLab();
    const { control } = lab.sandbox;
    const group = pickGroup(lab, kind);
    const user = outsiderOf(lab, group.memberIds);
    const named = { groupId: group.id, isBasic: kind === "basic" };
    control.changeTelegram({ kind: "rename-group", group: group.id, title: "First" });
    await until(lab, 1);
    control.addFault({ platform: "telegram", method: "*", kind: "lose-update", times: 1_000 });
    control.changeTelegram({ kind: "add-member", group: group.id, user });
    control.clearFaults();
    control.changeTelegram({ kind: "rename-group", group: group.id, title: "Second" });
    await until(lab, 3);
    await quiet();
    expect(lab.heard).toEqual([
      { change: "group-renamed", ...named, before: group.name, title: "First" },
      { change: "member-joined", ...named, userId: String(user) },
      { change: "group-renamed", ...named, before: "First", title: "Second" },
    ]);
  },
);

test("what this session did itself is counted, but no news, and others' changes go on after it", async () => {
  const lab = await openLab();
  const created = valueOf(await lab.session.createGroup({ title: "Ours", about: "", signal: never }));
  const ours = { groupId: created.groupId, kind: "supergroup" as const };
  valueOf(await lab.session.renameGroup({ group: ours, title: "Still ours", signal: never }));
  lab.line.cut();
  lab.line.mend();
  await vi.waitFor(() => expect(lab.calls("updates.getDifference")).toBe(1), SOON);
  lab.sandbox.control.changeTelegram({ kind: "rename-group", group: created.groupId, title: "Theirs" });
  await until(lab, 1);
  await quiet();
  expect(lab.heard).toEqual([
    {
      change: "group-renamed",
      groupId: created.groupId,
      isBasic: false,
      before: "Still ours",
      title: "Theirs",
    },
  ]);
});

test("more than a channel tells is said to be missed, once, and the rest goes on", async () => {
  const lab = await openLab();
  const { control } = lab.sandbox;
  const group = pickGroup(lab, "supergroup");
  lab.line.cut();
  const user = Number(group.memberIds[0]);
  for (let time = 0; time < 1_001; time += 1) {
    control.changeTelegram({ kind: "post-message", group: group.id, user, text: "busy" });
  }
  lab.line.mend();
  await until(lab, 1);
  control.changeTelegram({ kind: "rename-group", group: group.id, title: "Afterwards" });
  await until(lab, 2);
  await quiet();
  expect(lab.heard.map(({ change }) => change)).toEqual(["missed", "group-renamed"]);
});

test.each([
  ["the server does not know our place any more", "error:PERSISTENT_TIMESTAMP_INVALID"],
  ["the server refuses", "error:CHANNEL_INVALID"],
])("where %s, it is said that changes were missed, and counting begins anew", async (_why, kind) => {
  const lab = await openLab();
  const { control } = lab.sandbox;
  const group = pickGroup(lab, "basic");
  lab.line.cut();
  control.addFault({ platform: "telegram", method: "updates.getDifference", kind });
  control.changeTelegram({ kind: "rename-group", group: group.id, title: "While away" });
  lab.line.mend();
  await until(lab, 1);
  control.changeTelegram({ kind: "rename-group", group: group.id, title: "Afterwards" });
  await until(lab, 2);
  await quiet();
  expect(lab.heard.map(({ change }) => change)).toEqual(["missed", "group-renamed"]);
});

test("channels that no listing has named cannot be asked about: that is said once, however many they are", async () => {
  const lab = await openLab({ isListed: false });
  const { control } = lab.sandbox;
  lab.line.cut();
  for (const nth of [0, 1, 2]) {
    const group = pickGroup(lab, "supergroup", nth);
    control.changeTelegram({ kind: "rename-group", group: group.id, title: `Renamed ${nth}` });
  }
  lab.line.mend();
  await until(lab, 1);
  await quiet();
  expect([lab.heard, lab.calls("updates.getChannelDifference")]).toEqual([[{ change: "missed" }], 0]);
});

test.each(["online", "while the line was cut"])(
  "a basic group that becomes a supergroup %s is told as that, not as a new group",
  async (when) => {
    const lab = await openLab();
    const { control } = lab.sandbox;
    const group = pickGroup(lab, "basic");
    if (when !== "online") lab.line.cut();
    control.changeTelegram({ kind: "migrate-group", group: group.id });
    lab.line.mend();
    await until(lab, 1);
    const after = control
      .truth()
      .groups.find((each) => each.platform === "telegram" && each.migratedFrom === group.id)!;
    const user = outsiderOf(lab, group.memberIds);
    control.changeTelegram({ kind: "add-member", group: after.id, user });
    await until(lab, 2);
    await quiet();
    expect(lab.heard).toEqual([
      { change: "group-migrated", groupId: group.id, isBasic: true, toGroupId: after.id, title: group.name },
      { change: "member-joined", groupId: after.id, isBasic: false, userId: String(user) },
    ]);
  },
);

test.each([
  ["updates.getDifference", "drop"],
  ["updates.getChannelDifference", "drop"],
  ["updates.getDifference", "flood"],
  ["updates.getChannelDifference", "flood"],
])("what was missed is told once although %s first meets a %s", async (method, kind) => {
  const lab = await openLab();
  const { control } = lab.sandbox;
  const group = pickGroup(lab, "supergroup");
  const user = outsiderOf(lab, group.memberIds);
  lab.line.cut();
  control.addFault({ platform: "telegram", method, kind, ...(kind === "flood" && { seconds: 1 }) });
  control.changeTelegram({ kind: "add-member", group: group.id, user });
  lab.line.mend();
  await until(lab, 1);
  await quiet();
  expect(lab.heard).toEqual([
    { change: "member-joined", groupId: group.id, isBasic: false, userId: String(user) },
  ]);
});
