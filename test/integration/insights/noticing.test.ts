import { afterEach, beforeEach, expect, test } from "vitest";
import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";
import type { TelegramChange } from "#shared/domain/telegram-change.ts";
import { failure } from "#shared/domain/failure.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import { type InsightsLab, openInsightsLab } from "#test/support/insights-lab.ts";
import { createManualClock, type ManualClock } from "#test/support/manual-clock.ts";
import { telegramConnection, telegramTeam } from "#test/support/scripted-audit.ts";
import { createScriptedTelegram } from "#test/support/scripted-telegram.ts";
import { createWorld, type InsightsWorld, TEAM, until } from "./world.ts";

let clock: ManualClock;
let world: InsightsWorld;
let lab: InsightsLab;

beforeEach(async () => {
  clock = createManualClock();
  world = createWorld();
  lab = await openInsightsLab({ connections: [world.connection], teamAndRules: () => TEAM, clock });
});

afterEach(async () => {
  await lab.stop();
  await lab.store.close();
});

async function audit(in_: InsightsLab = lab): Promise<void> {
  const before = (await in_.coverage.listRuns({ cursor: null, limit: 1 })).total ?? 0;
  await in_.coverage.start({ connectionIds: [], strategy: "auto" }, "console");
  await until(clock, async () => {
    const { items, total } = await in_.coverage.listRuns({ cursor: null, limit: 1 });
    return (total ?? 0) > before && items[0]?.state === "completed";
  });
}

async function seen(in_: InsightsLab = lab): Promise<string[]> {
  return (await in_.insights.noticed()).map(({ kind, nameBefore, groupName, personName }) =>
    [kind, nameBefore, groupName, personName].filter((part) => part !== null).join(" "),
  );
}

async function look(): Promise<void> {
  await clock.advance(10 * MINUTE_MS);
  await clock.advance(100);
}

test("nothing is noticed before the first audit, which would find everything anyway", async () => {
  await look();
  expect(await seen()).toEqual([]);
});

test("a new customer channel and a rename are noticed once, others and the offline are not", async () => {
  await audit();
  world.channels[0]!.name = "acme-renamed";
  world.channels.push({ id: "C3", name: "initech-bitsafe", members: [] });
  world.channels.push({ id: "C4", name: "lunch", members: [] });
  world.closed = failure("network/unreachable");
  await look();
  const offline = await seen();
  world.closed = null;
  await look();
  await until(clock, async () => (await seen()).length > 0);
  await look();

  expect({ offline, online: (await seen()).sort() }).toEqual({
    offline: [],
    online: ["group-new initech-bitsafe", "group-renamed acme-bitsafe acme-renamed"],
  });
});

test("what was dismissed stays away, and the next audit settles the rest", async () => {
  await audit();
  world.channels.push({ id: "C3", name: "initech-bitsafe", members: [] });
  world.channels.push({ id: "C4", name: "hooli-bitsafe", members: [] });
  await look();
  await until(clock, async () => (await seen()).length === 2);
  const [first] = await lab.insights.noticed();
  if (!first) throw new Error("there are two");
  const dismissed = await lab.insights.dismissNoticed(first);
  const again = await lab.insights.dismissNoticed(first);
  await look();
  const left = (await seen()).length;
  await audit();
  await until(clock, async () => (await seen()).length === 0);
  await look();

  expect([dismissed.ok, again.ok, left, await seen()]).toEqual([true, false, 1, []]);
});

test("Telegram tells at once: a new group, a rename, and who of the team came or left", async () => {
  const telegram = createScriptedTelegram({
    owner: "1",
    chats: [{ id: "1900000001", title: "Acme × bitsafe", members: ["1", "11"] }],
  });
  let tell: (change: TelegramChange) => void = () => {};
  const session: TelegramSession = {
    ...telegram.session,
    watchChanges(listener) {
      tell = listener;
      return () => (tell = () => {});
    },
  };
  const own = telegramConnection(telegram);
  const other = await openInsightsLab({
    connections: [{ connection: own.connection, openTelegram: () => ({ ok: true, value: session }) }],
    teamAndRules: () => telegramTeam({ ann: { ids: ["11"] } }),
    clock,
  });
  await audit(other);
  tell({
    change: "group-renamed",
    groupId: "1900000001",
    isBasic: false,
    before: null,
    title: "Acme & bitsafe",
  });
  tell({ change: "group-new", groupId: "1900000002", isBasic: false, title: "Globex bitsafe" });
  tell({ change: "group-new", groupId: "1900000003", isBasic: false, title: "Lunch" });
  tell({ change: "member-left", groupId: "1900000001", isBasic: false, userId: "11" });
  tell({ change: "member-left", groupId: "1900000001", isBasic: false, userId: "11" });
  tell({ change: "member-left", groupId: "1900000001", isBasic: false, userId: "99" });
  tell({ change: "member-joined", groupId: "1900000009", isBasic: false, userId: "11" });
  await until(clock, async () => (await seen(other)).length === 3);

  expect((await seen(other)).sort()).toEqual([
    "group-new Globex bitsafe",
    "group-renamed Acme × bitsafe Acme & bitsafe",
    "member-left Acme × bitsafe ann",
  ]);
  await other.stop();
  await other.store.close();
});
