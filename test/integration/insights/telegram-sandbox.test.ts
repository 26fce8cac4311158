import type { Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { openTelegramSession, type TelegramServer } from "#main/platforms/telegram/index.ts";
import { listMigrations } from "#main/store/queries/coverage-evidence.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { ConnectionId, GroupKey } from "#shared/domain/ids.ts";
import { DEFAULT_TELLING } from "#shared/domain/telling.ts";
import { silentLog } from "#shared/lib/log.ts";
import { ok } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { passOn, startTcp } from "#test/platforms/telegram/scripted-tcp.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { signedInMtcute } from "#test/sandbox/telegram/mtcute-client.ts";
import { labConnection } from "#test/support/coverage-lab.ts";
import { type InsightsLab, openInsightsLab } from "#test/support/insights-lab.ts";
import { bothTeamsOf } from "#test/support/sandbox-telegram-audit.ts";
import { signInTo, valueOf } from "#test/support/telegram-sign-in.ts";

/** The patience is for a machine that does other things as well; each wait ends as soon as what it waits for is so. */
const SOON = { timeout: 20_000, interval: 20 };

interface Lab extends InsightsLab {
  readonly sandbox: Sandbox;
  readonly connectionId: ConnectionId;
  /** Takes the line to Telegram away, and lets it come back. */
  readonly line: { cut(): void; mend(): void };
}

/** The product's Telegram over a line that can be cut, after its first audit of the account. */
async function openLab(): Promise<Lab> {
  const sandbox = await openSandbox();
  const signedIn = await signInTo(sandbox.ready);
  const { server, line } = await startLine(signedIn.server);
  const session = valueOf(
    await openTelegramSession({
      ...signedIn,
      server,
      clock: systemClock,
      log: silentLog,
      retryPauseMs: 10,
      pacing: { windowScale: 0 },
    }),
  );
  const userId = String(sandbox.ready.telegram.accounts[0]?.userId);
  const connectionId = ConnectionId.parse(`telegram:-:${userId}`);
  const connection = labConnection("-", userId, {
    id: connectionId,
    platform: "telegram",
    workspaceId: null,
  });
  const teamAndRules = bothTeamsOf(sandbox);
  const lab = await openInsightsLab({
    connections: [{ connection, openTelegram: () => ok(session) }],
    teamAndRules: () => teamAndRules,
    clock: systemClock,
  });
  onTestFinished(async () => {
    await lab.stop();
    await session.close();
    await lab.store.close();
  });
  await audit(lab);
  return { ...lab, sandbox, connectionId, line };
}

async function startLine(
  target: TelegramServer,
): Promise<{ server: TelegramServer; line: { cut(): void; mend(): void } }> {
  let isUp = true;
  const open = new Set<Socket>();
  const { server } = await startTcp((socket) => {
    if (!isUp) {
      socket.destroy();
      return;
    }
    open.add(socket);
    passOn(socket, target);
  });
  const line = {
    cut() {
      isUp = false;
      for (const socket of open) socket.destroy();
      open.clear();
    },
    mend: () => void (isUp = true),
  };
  return { server: { ...server, publicKeyPem: target.publicKeyPem }, line };
}

async function audit({ coverage }: InsightsLab): Promise<void> {
  const run = valueOf(await coverage.start({ connectionIds: [], strategy: "auto" }, "console"));
  await coverage.waitForEnd(run.runId);
}

/** A group of each kind that the audit read, by the key it has there. */
async function auditedGroups({ coverage, sandbox }: Lab) {
  const { items } = await coverage.listRuns({ cursor: null, limit: 1 });
  const matrix = items[0] && (await coverage.matrix({ runId: items[0].id }));
  const keys = new Set(matrix?.rows.map(({ group }) => group.key));
  const audited = sandbox.control
    .truth()
    .groups.filter((group) => group.platform === "telegram")
    .flatMap((group) => {
      const key = keyOf(group.id, group.kind === "basic");
      return keys.has(key) && !group.hiddenMembers ? [{ ...group, key }] : [];
    });
  const basic = audited.find(({ kind }) => kind === "basic");
  const supergroup = audited.find(({ kind }) => kind === "supergroup");
  if (!basic || !supergroup) throw new Error("the world has customer groups of both kinds");
  return { basic, supergroup };
}

function keyOf(groupId: string, isBasic: boolean): GroupKey {
  return GroupKey.parse(`telegram:-:${isBasic ? "-" : ""}${groupId}`);
}

/** Somebody of the team who is in this group, and somebody who is not; never the account itself. */
function teamAround({ sandbox }: Lab, memberIds: readonly string[]) {
  const [self, ...team] = sandbox.ready.telegram.accounts;
  const inside = team.find(({ userId }) => memberIds.includes(String(userId)));
  const outside = team.find(({ userId }) => !memberIds.includes(String(userId)));
  if (!self || !inside || !outside) throw new Error("the team is in some of the group only");
  return { self, inside, outside };
}

function idOf({ sandbox }: Lab, title: string): string {
  const found = sandbox.control
    .truth()
    .groups.find((group) => group.platform === "telegram" && group.name === title);
  if (!found) throw new Error(`there is no group ${title}`);
  return found.id;
}

/** Waits until this many things were noticed, and answers with what identifies each. */
async function noticed({ insights }: Lab, count: number): Promise<string[]> {
  await vi.waitFor(async () => expect((await insights.noticed()).length).toBeGreaterThanOrEqual(count), SOON);
  return (await insights.noticed())
    .map(({ kind, groupKey, nameBefore, groupName, personId }) =>
      [kind, groupKey, nameBefore, groupName, personId].filter((part) => part !== null).join(" "),
    )
    .sort();
}

test.each(["basic", "supergroup"] as const)(
  "a customer's new %s group, a rename, and who of the team came or left are noticed from Telegram's updates",
  async (kind) => {
    const lab = await openLab();
    const { control } = lab.sandbox;
    const group = (await auditedGroups(lab))[kind];
    const { self, inside, outside } = teamAround(lab, group.memberIds);
    const fresh = `${group.name} & Sons`;
    const renamed = `${group.name}, renamed`;
    control.changeTelegram({
      kind: "create-group",
      groupKind: kind,
      title: fresh,
      members: [self.userId, outside.userId],
      owner: outside.userId,
    });
    control.changeTelegram({ kind: "add-member", group: group.id, user: outside.userId });
    control.changeTelegram({ kind: "remove-member", group: group.id, user: inside.userId });
    control.changeTelegram({ kind: "rename-group", group: group.id, title: renamed });

    expect(await noticed(lab, 4)).toEqual(
      [
        `group-new ${keyOf(idOf(lab, fresh), kind === "basic")} ${fresh}`,
        `group-renamed ${group.key} ${group.name} ${renamed}`,
        `member-joined ${group.key} ${group.name} ${outside.personId}`,
        `member-left ${group.key} ${group.name} ${inside.personId}`,
      ].sort(),
    );
  },
);

test("what happened while the line was down is noticed once it is back: groups, names, and who of the team came and left", async () => {
  const lab = await openLab();
  const { control } = lab.sandbox;
  const { basic, supergroup } = await auditedGroups(lab);
  const { self, inside, outside } = teamAround(lab, supergroup.memberIds);
  const left = teamAround(lab, basic.memberIds).inside;
  const fresh = `${supergroup.name} & Sons`;
  lab.line.cut();
  control.changeTelegram({ kind: "rename-group", group: basic.id, title: `${basic.name}, renamed` });
  control.changeTelegram({ kind: "remove-member", group: basic.id, user: left.userId });
  control.changeTelegram({ kind: "remove-member", group: supergroup.id, user: inside.userId });
  control.changeTelegram({ kind: "add-member", group: supergroup.id, user: outside.userId });
  control.changeTelegram({
    kind: "create-group",
    groupKind: "basic",
    title: fresh,
    members: [self.userId, outside.userId],
    owner: outside.userId,
  });
  const offline = await lab.insights.noticed();
  lab.line.mend();

  expect([offline, await noticed(lab, 5)]).toEqual([
    [],
    [
      `group-new ${keyOf(idOf(lab, fresh), true)} ${fresh}`,
      `group-renamed ${basic.key} ${basic.name} ${basic.name}, renamed`,
      `member-joined ${supergroup.key} ${supergroup.name} ${outside.personId}`,
      `member-left ${basic.key} ${basic.name} ${left.personId}`,
      `member-left ${supergroup.key} ${supergroup.name} ${inside.personId}`,
    ].sort(),
  ]);
});

test.each(["online", "while the line was down"])(
  "a group that becomes a supergroup %s is no new one: what was accepted for it goes on, and its people are noticed in it",
  async (when) => {
    const lab = await openLab();
    const { control } = lab.sandbox;
    const { basic } = await auditedGroups(lab);
    const { inside } = teamAround(lab, basic.memberIds);
    if (when !== "online") lab.line.cut();
    control.changeTelegram({ kind: "migrate-group", group: basic.id });
    lab.line.mend();
    const after = control
      .truth()
      .groups.find((group) => group.platform === "telegram" && group.migratedFrom === basic.id);
    if (!after) throw new Error("it became a supergroup");
    const afterKey = keyOf(after.id, false);
    await vi.waitFor(
      async () => expect((await listMigrations(lab.store.read)).get(afterKey)).toBe(basic.key),
      SOON,
    );
    control.changeTelegram({ kind: "remove-member", group: after.id, user: inside.userId });

    expect(await noticed(lab, 1)).toEqual([`member-left ${afterKey} ${basic.name} ${inside.personId}`]);
  },
);

/** How many messages went over Telegram, once none is on its way. */
async function sentOverTelegram({ insights }: Lab, count: number): Promise<void> {
  await vi.waitFor(async () => {
    const { recent } = await insights.getTelling();
    const states = recent.filter(({ channel }) => channel === "telegram").map(({ state }) => state);
    expect(states).toEqual(Array.from({ length: count }, () => "sent"));
  }, SOON);
}

/** What the account reads in this chat with a client that is not ours, oldest first: the group of each told gap. */
async function readTold({ sandbox }: Lab, title: string | null): Promise<string[][]> {
  const witness = await signedInMtcute(sandbox);
  for await (const { peer } of witness.iterDialogs()) {
    if (title === null || peer.displayName !== title) continue;
    return toldIn(await witness.getHistory(peer, { limit: 50 }));
  }
  return toldIn(await witness.getHistory("me", { limit: 50 }));
}

function toldIn(history: readonly { readonly text: string }[]): string[][] {
  return history
    .map(({ text }) => text)
    .filter((text) => text.startsWith("Muster: "))
    .map((text) => [...text.matchAll(/^• (.+): /gm)].map(([, group]) => group ?? ""))
    .toReversed();
}

test.each(["self", "basic", "supergroup"] as const)(
  "each run's new gaps arrive in Telegram (%s) once, as another client reads them, and a run without any is silent",
  async (target) => {
    const lab = await openLab();
    const { control } = lab.sandbox;
    const groups = await auditedGroups(lab);
    const leave = (group: (typeof groups)["basic"]): void => {
      const { inside } = teamAround(lab, group.memberIds);
      control.changeTelegram({ kind: "remove-member", group: group.id, user: inside.userId });
    };
    const peer = target === "self" ? "self" : `${target === "basic" ? "-" : ""}${groups[target].id}`;
    const telegram = { enabled: true, connectionId: lab.connectionId, target: peer };
    valueOf(await lab.insights.saveTelling({ settings: { ...DEFAULT_TELLING, telegram } }));

    leave(groups.supergroup);
    await audit(lab);
    await sentOverTelegram(lab, 1);
    await audit(lab);
    leave(groups.basic);
    await audit(lab);
    await sentOverTelegram(lab, 2);

    const told = await readTold(lab, target === "self" ? null : groups[target].name);
    expect(told).toEqual([[groups.supergroup.name], [groups.basic.name]]);
  },
);

test("where messages can go is Saved Messages and every open group of the account, customers' groups marked", async () => {
  const lab = await openLab();
  const { connectionId, insights } = lab;
  const page = { connectionId, search: "", cursor: null, limit: 1_000 };
  const all = valueOf(await insights.listDestinations(page)).items;
  const { basic, supergroup } = await auditedGroups(lab);
  const found = valueOf(await insights.listDestinations({ ...page, search: basic.name })).items;
  const calls = lab.sandbox.control.calls().counts["messages.getDialogs"] ?? 0;
  const open = lab.sandbox.control
    .truth()
    .groups.filter((group) => group.platform === "telegram" && group.visibleToAccount)
    .filter(({ kind }) => kind !== "channel");
  lab.sandbox.control.addFault({ platform: "telegram", method: "*", kind: "drop", times: null });
  const again = valueOf(await insights.listDestinations({ ...page, search: supergroup.id })).items;

  expect({
    first: all[0]?.target,
    targets: all.map(({ target }) => target).sort(),
    found: found.map(({ target, isCustomers }) => [target, isCustomers]),
    again: again.map(({ target, isCustomers }) => [target, isCustomers]),
    gone: await insights.listDestinations({ ...page, connectionId: ConnectionId.parse("telegram:-:1") }),
    // The listing of the picker was asked for once.
    asked: (lab.sandbox.control.calls().counts["messages.getDialogs"] ?? 0) - calls,
  }).toMatchObject({
    first: "self",
    targets: ["self", ...open.map(({ id, kind }) => (kind === "basic" ? `-${id}` : id))].sort(),
    found: [[`-${basic.id}`, true]],
    again: [[supergroup.id, true]],
    gone: { ok: false, error: { code: "input/not-found" } },
    asked: 0,
  });
});
