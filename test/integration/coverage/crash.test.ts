import { afterEach, expect, test } from "vitest";
import type { Store } from "#main/store/index.ts";
import type { Strategy } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import { openCoverageLab, type LabConnection } from "#test/support/coverage-lab.ts";
import { makeMortal } from "#test/support/mortal-process.ts";
import {
  reportOf,
  scriptedConnection,
  smallTeam,
  startAudit,
  storedRows,
  telegramConnection,
  telegramTeam,
} from "#test/support/scripted-audit.ts";
import { createScriptedSlack, type ScriptedSlack } from "#test/support/scripted-slack.ts";
import { createScriptedTelegram, type ScriptedTelegram } from "#test/support/scripted-telegram.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const TEAM = smallTeam({
  ann: { userId: "UANN" },
  bob: { userId: "UBOB" },
  gone: { userId: "UGONE" },
  wrong: { userId: "UWRONG" },
  nobody: { userId: null },
});

/** Pages of two, a shared channel that listings miss, somebody deactivated, somebody unknown. */
function makeSlack(): ScriptedSlack {
  return createScriptedSlack({
    owner: "UOWNER",
    pageSize: 2,
    users: [{ id: "UOWNER" }, { id: "UANN" }, { id: "UBOB" }, { id: "UGONE", isDeactivated: true }],
    channels: [
      { id: "C1", name: "acme-bitsafe", members: ["UX", "UY", "UANN", "UZ", "UBOB"] },
      { id: "C2", name: "globex-bitsafe", isPrivate: true, members: ["UOWNER", "UBOB"] },
      {
        id: "C3",
        name: "initech-bitsafe",
        isShared: true,
        isMissedByListings: true,
        members: ["UANN", "UX", "UY"],
      },
      { id: "C4", name: "random", members: ["UANN", "UBOB"] },
      { id: "C5", name: "umbrella-bitsafe", members: ["UX"] },
    ],
  });
}

const TELEGRAM_TEAM = telegramTeam({
  ann: { ids: ["2", "22"] },
  bob: { ids: ["3"] },
  stranger: { ids: ["5"], username: "stranger" },
  wrong: { ids: ["6"] },
  nobody: { ids: [] },
});

/** Pages of two, a hidden member list, a basic group, a stranger, two accounts of one person. */
function makeTelegram(): ScriptedTelegram {
  return createScriptedTelegram({
    owner: "1",
    pageSize: 2,
    accounts: [{ id: "2" }, { id: "22" }, { id: "3" }, { id: "5", username: "stranger", isStranger: true }],
    chats: [
      { id: "100", title: "acme bitsafe", members: ["1", "7", "8", "22", "3"], migratedFrom: "99" },
      { id: "200", title: "globex bitsafe", kind: "basic", members: ["1", "2", "5"] },
      { id: "300", title: "initech bitsafe", hidesMembers: true, admins: ["8"], members: ["1", "8", "3"] },
      { id: "400", title: "lunch", members: ["1", "2"] },
      { id: "500", title: "umbrella bitsafe", kind: "forum", members: ["1"] },
    ],
  });
}

type World = "slack" | "telegram";

const TEAMS = { slack: TEAM, telegram: TELEGRAM_TEAM };

function connectTo(world: World): LabConnection {
  return world === "slack" ? scriptedConnection(makeSlack()) : telegramConnection(makeTelegram());
}

async function finish(world: World, store: Store, runId: RunId): Promise<object> {
  const lab = await openCoverageLab({
    store,
    connections: [connectTo(world)],
    teamAndRules: () => TEAMS[world],
  });
  const report = await reportOf(lab, runId);
  const rows = comparable(world, await storedRows(store, runId, report));
  await lab.stop();
  return rows;
}

async function uninterrupted(world: World, strategy: Strategy): Promise<object> {
  const store = await openTemporaryStore();
  closing.push(() => store.close());
  const lab = await openCoverageLab({
    store,
    connections: [connectTo(world)],
    teamAndRules: () => TEAMS[world],
  });
  const runId = await startAudit(lab, strategy);
  const rows = comparable(world, await storedRows(store, runId, await reportOf(lab, runId)));
  await lab.stop();
  return rows;
}

/** Telegram's absences may be proven one way or another; what they come to is the same. */
function comparable(world: World, rows: Record<string, unknown>): object {
  return world === "slack" ? rows : { ...rows, groups: undefined, denials: undefined };
}

test.each<[World, Strategy]>([
  ["slack", "inverse"],
  ["slack", "roster"],
  ["telegram", "inverse"],
  ["telegram", "roster"],
])(
  "%s, %s: an audit killed before any of its writes resumes to the same end",
  async (world, strategy) => {
    const expected = await uninterrupted(world, strategy);
    const differing: number[] = [];
    let kills = 0;
    for (let lastWrite = 1; ; lastWrite += 1) {
      const store = await openTemporaryStore();
      const mortal = makeMortal(store, lastWrite);
      const lab = await openCoverageLab({
        store: mortal.store,
        clock: mortal.clock,
        connections: [connectTo(world)],
        teamAndRules: () => TEAMS[world],
      });
      const runId = await startAudit(lab, strategy);
      const outlived = lab.coverage.waitForEnd(runId).then(() => "ended" as const);
      const fate = await Promise.race([mortal.died.then(() => "killed" as const), outlived]);
      if (fate === "ended") {
        await lab.stop();
        await store.close();
        break;
      }
      kills += 1;
      const rows = await finish(world, store, runId);
      if (JSON.stringify(rows) !== JSON.stringify(expected)) differing.push(lastWrite);
      await store.close();
    }
    expect({ differing, wasKilledOften: kills > 20 }).toEqual({ differing: [], wasKilledOften: true });
  },
  120_000,
);
