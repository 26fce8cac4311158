import { afterEach, expect, test } from "vitest";
import type { Store } from "#main/store/index.ts";
import type { Strategy } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { Clock } from "#shared/lib/time.ts";
import { openCoverageLab } from "#test/support/coverage-lab.ts";
import {
  reportOf,
  scriptedConnection,
  smallTeam,
  startAudit,
  storedRows,
} from "#test/support/scripted-audit.ts";
import { createScriptedSlack, type ScriptedSlack } from "#test/support/scripted-slack.ts";
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

async function finish(store: Store, runId: RunId): Promise<object> {
  const lab = await openCoverageLab({
    store,
    connections: [scriptedConnection(makeSlack())],
    teamAndRules: () => TEAM,
  });
  const report = await reportOf(lab, runId);
  const rows = await storedRows(store, runId, report);
  await lab.stop();
  return rows;
}

async function uninterrupted(strategy: Strategy): Promise<object> {
  const store = await openTemporaryStore();
  closing.push(() => store.close());
  const lab = await openCoverageLab({
    store,
    connections: [scriptedConnection(makeSlack())],
    teamAndRules: () => TEAM,
  });
  const runId = await startAudit(lab, strategy);
  const rows = await storedRows(store, runId, await reportOf(lab, runId));
  await lab.stop();
  return rows;
}

/** A process that dies before its `lastWrite + 1`st write: nothing of it moves any more after that. */
function makeMortal(store: Store, lastWrite: number): { store: Store; clock: Clock; died: Promise<void> } {
  const death = Promise.withResolvers<void>();
  let writes = 0;
  const never = () => new Promise<never>(() => {});
  return {
    died: death.promise,
    store: {
      ...store,
      write: async (action) => {
        writes += 1;
        if (writes <= lastWrite) return store.write(action);
        death.resolve();
        return never();
      },
    },
    clock: {
      ...systemClock,
      sleep: (delayMs, signal) => (writes > lastWrite ? never() : systemClock.sleep(delayMs, signal)),
    },
  };
}

test.each(["inverse", "roster"] as const)(
  "%s: an audit killed before any of its writes resumes to the same rows",
  async (strategy) => {
    const expected = await uninterrupted(strategy);
    const differing: number[] = [];
    let kills = 0;
    for (let lastWrite = 1; ; lastWrite += 1) {
      const store = await openTemporaryStore();
      const mortal = makeMortal(store, lastWrite);
      const lab = await openCoverageLab({
        store: mortal.store,
        clock: mortal.clock,
        connections: [scriptedConnection(makeSlack())],
        teamAndRules: () => TEAM,
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
      const rows = await finish(store, runId);
      if (JSON.stringify(rows) !== JSON.stringify(expected)) differing.push(lastWrite);
      await store.close();
    }
    expect({ differing, wasKilledOften: kills > 20 }).toEqual({ differing: [], wasKilledOften: true });
  },
  120_000,
);
