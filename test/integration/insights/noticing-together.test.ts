import { expect, onTestFinished, test } from "vitest";
import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";
import type { TelegramChange } from "#shared/domain/telegram-change.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { ok } from "#shared/lib/result.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import { labConnection } from "#test/support/coverage-lab.ts";
import { type InsightsConnection, type InsightsLab, openInsightsLab } from "#test/support/insights-lab.ts";
import { createManualClock, type ManualClock } from "#test/support/manual-clock.ts";
import { telegramConnection, telegramTeam } from "#test/support/scripted-audit.ts";
import { createScriptedSlack } from "#test/support/scripted-slack.ts";
import { createScriptedTelegram, type ScriptedChat } from "#test/support/scripted-telegram.ts";
import { TEAM, until } from "./world.ts";

const ACME = { groupId: "1900000001", isBasic: false };

interface Account extends InsightsConnection {
  readonly id: ConnectionId;
  tell(change: TelegramChange): void;
  /** Groups that a listing of the account names, besides those it had. */
  readonly chats: ScriptedChat[];
  listings(): number;
}

/** An account that tells what it is told to. */
function accountOf(userId: string): Account {
  const chats: ScriptedChat[] = [{ id: ACME.groupId, title: "Acme bitsafe", members: [userId, "11", "12"] }];
  const telegram = createScriptedTelegram({ owner: userId, chats });
  const { connection } = telegramConnection(telegram, userId);
  let listener: (change: TelegramChange) => void = () => {};
  let listings = 0;
  const session: TelegramSession = {
    ...telegram.session,
    fetchGroups(options) {
      listings += 1;
      return telegram.session.fetchGroups(options);
    },
    watchChanges(heard) {
      listener = heard;
      return () => (listener = () => {});
    },
  };
  return {
    id: connection.id,
    connection,
    openTelegram: () => ok(session),
    tell: (change) => listener(change),
    chats: telegram.chats,
    listings: () => listings,
  };
}

async function openLab(clock: ManualClock, connections: readonly InsightsConnection[], team = TEAM) {
  const lab = await openInsightsLab({ connections, teamAndRules: () => team, clock });
  onTestFinished(async () => {
    await lab.stop();
    await lab.store.close();
  });
  return lab;
}

async function audit(lab: InsightsLab, clock: ManualClock, connectionIds: ConnectionId[]): Promise<void> {
  const before = (await lab.coverage.listRuns({ cursor: null, limit: 1 })).total ?? 0;
  await lab.coverage.start({ connectionIds, strategy: "auto" }, "console");
  await until(clock, async () => {
    const { items, total } = await lab.coverage.listRuns({ cursor: null, limit: 1 });
    return (total ?? 0) > before && items[0]?.state === "completed";
  });
}

/** What was noticed, oldest first. */
async function seen(lab: InsightsLab): Promise<string[]> {
  const items = await lab.insights.noticed();
  return items
    .toReversed()
    .map(({ kind, groupName, personName }) => [kind, groupName, personName ?? ""].join(" ").trim());
}

test("what two Telegram accounts hear of one group is noticed once, in its order, and stays dismissed, although they were audited apart", async () => {
  const clock = createManualClock();
  const [one, other] = [accountOf("1"), accountOf("2")];
  const lab = await openLab(
    clock,
    [one, other],
    telegramTeam({ ann: { ids: ["11"] }, bob: { ids: ["12"] } }),
  );
  await audit(lab, clock, [one.id]);
  await clock.advance(MINUTE_MS);
  await audit(lab, clock, [other.id]);
  const happened: TelegramChange[] = [
    { change: "member-left", ...ACME, userId: "11" },
    { change: "member-left", ...ACME, userId: "12" },
    { change: "member-joined", ...ACME, userId: "11" },
    { change: "group-renamed", ...ACME, before: "Acme bitsafe", title: "Acme & bitsafe" },
    { change: "group-new", groupId: "1900000002", isBasic: false, title: "Globex bitsafe" },
  ];
  for (const change of happened) one.tell(change);
  await until(clock, async () => (await seen(lab)).length === 5);
  const first = await seen(lab);
  const [newest] = await lab.insights.noticed();
  if (!newest) throw new Error("there are five");
  await lab.insights.dismissNoticed(newest);
  for (const change of happened) other.tell(change);
  other.tell({ change: "group-new", groupId: "1900000003", isBasic: false, title: "Initech bitsafe" });
  await until(clock, async () => (await seen(lab)).includes("group-new Initech bitsafe"));

  const told = [
    "member-left Acme bitsafe ann",
    "member-left Acme bitsafe bob",
    "member-joined Acme bitsafe ann",
    "group-renamed Acme & bitsafe",
  ];
  expect([first, await seen(lab)]).toEqual([
    [...told, "group-new Globex bitsafe"],
    [...told, "group-new Initech bitsafe"],
  ]);
});

test("a channel that two Slack workspaces share is noticed once; two that only happen to have one id are two", async () => {
  const clock = createManualClock();
  const workspaces = ["T1", "T2"].map((workspaceId) => {
    const channels = [
      { id: `C${workspaceId}`, name: `acme-${workspaceId.toLowerCase()}-bitsafe`, members: ["UOWNER"] },
    ] as { id: string; name: string; members: string[]; isShared?: boolean }[];
    const slack = () => createScriptedSlack({ owner: "UOWNER", users: [{ id: "UOWNER" }], channels });
    return {
      channels,
      connection: labConnection(workspaceId, "UOWNER"),
      openSlack: () => ok(slack().session),
    };
  });
  const lab = await openLab(clock, workspaces);
  await audit(lab, clock, []);
  for (const { channels } of workspaces) {
    channels.push({ id: "C8", name: "globex-bitsafe", members: ["UOWNER"], isShared: true });
    channels.push({ id: "C9", name: "initech-bitsafe", members: ["UOWNER"] });
  }
  await clock.advance(10 * MINUTE_MS);
  await until(clock, async () => (await seen(lab)).length >= 3);
  await clock.advance(10 * MINUTE_MS);
  await until(clock, async () => (await seen(lab)).length >= 3);

  expect((await seen(lab)).toSorted()).toEqual([
    "group-new globex-bitsafe",
    "group-new initech-bitsafe",
    "group-new initech-bitsafe",
  ]);
});

test("a basic group that became a supergroup is the same group: its people are noticed there, and it is not new, whichever is heard first", async () => {
  const clock = createManualClock();
  const account = accountOf("1");
  account.chats.push({ id: "500", kind: "basic", title: "Globex bitsafe", members: ["1", "11"] });
  const lab = await openLab(clock, [account], telegramTeam({ ann: { ids: ["11"] } }));
  await audit(lab, clock, []);
  const after = { groupId: "1900000005", isBasic: false };
  account.tell({ change: "group-new", ...after, title: "Globex bitsafe" });
  await until(clock, async () => (await seen(lab)).length === 1);
  account.tell({
    change: "group-migrated",
    groupId: "500",
    isBasic: true,
    toGroupId: after.groupId,
    title: "Globex bitsafe",
  });
  account.tell({ change: "group-new", ...after, title: "Globex bitsafe" });
  account.tell({ change: "member-left", ...after, userId: "11" });
  await until(clock, async () => (await seen(lab)).includes("member-left Globex bitsafe ann"));
  expect(await seen(lab)).toEqual(["member-left Globex bitsafe ann"]);
});

test("ten thousand changes at once become one look at the listing; fewer are each looked at", async () => {
  const clock = createManualClock();
  const account = accountOf("1");
  const lab = await openLab(clock, [account], telegramTeam({ ann: { ids: ["11"] } }));
  await audit(lab, clock, []);
  const before = account.listings();
  for (let time = 0; time < 4_000; time += 1) {
    account.tell({ change: "member-joined", ...ACME, userId: String(20 + time) });
  }
  account.tell({ change: "member-left", ...ACME, userId: "11" });
  await until(clock, async () => (await seen(lab)).length === 1);
  const each = { seen: await seen(lab), listings: account.listings() - before };
  account.chats.push({ id: "1900000002", title: "Initech bitsafe", members: ["1"] });
  for (let time = 0; time < 10_000; time += 1) {
    account.tell({ change: time % 2 === 0 ? "member-joined" : "member-left", ...ACME, userId: "99" });
  }
  await until(clock, async () => (await seen(lab)).length === 2);
  account.tell({ change: "member-joined", ...ACME, userId: "11" });
  await until(clock, async () => (await seen(lab)).length === 3);

  expect({ each, after: await seen(lab), listings: account.listings() - before }).toEqual({
    each: { seen: ["member-left Acme bitsafe ann"], listings: 0 },
    after: ["member-left Acme bitsafe ann", "group-new Initech bitsafe", "member-joined Acme bitsafe ann"],
    listings: 1,
  });
});
