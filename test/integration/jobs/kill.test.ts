import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createActivity } from "#main/features/activity/index.ts";
import type { ActivityEntry } from "#shared/domain/activity.ts";
import { HOUR_MS, MINUTE_MS } from "#shared/lib/time.ts";
import { startChild } from "#test/support/child.ts";
import { kindOf, startJobs } from "#test/support/job-bench.ts";
import { createManualClock, settle } from "#test/support/manual-clock.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";
import { ITEMS } from "./kinds.ts";

const program = "test/integration/jobs/working-process.ts";

async function readLines(folder: string): Promise<{ lines: ActivityEntry[]; isIntact: boolean }> {
  const store = await openTemporaryStore({ folder });
  const activity = createActivity({ store, clock: createManualClock(), actor: "test", announce: () => {} });
  const { items } = await activity.list({ cursor: null, limit: 1_000, search: "" });
  const { intact } = await activity.verify();
  await store.close();
  return { lines: items.toReversed(), isIntact: intact };
}

describe("a job whose process is killed", () => {
  it("ends with every item done exactly once, wherever and however often it was killed", async () => {
    const folder = makeTemporaryFolder();
    let kills = 0;
    for (; kills < 8; kills += 1) {
      const child = startChild(program, folder, "listing");
      // At least one of the four items at once has then been saved, and eight times 30 steps are not all 300.
      await child.said(`step ${5 + Math.floor(Math.random() * 20)}.`);
      await sleep(Math.random() * 5);
      await child.kill();
    }
    const { lines: before } = await readLines(folder);
    const last = startChild(program, folder, "listing");
    const ended = await last.said("ended");
    await last.ended();
    const { lines, isIntact } = await readLines(folder);
    const targets = (action: string) =>
      lines
        .filter((line) => line.action === action)
        .map(({ target }) => Number(target))
        .sort((a, b) => a - b);
    expect({
      ended,
      isIntact,
      lines: targets("line"),
      halves: targets("half"),
      ends: targets("end").length,
      // Nothing that was there when it was killed is gone, and the last process had work left.
      kept: lines.slice(0, before.length),
      isResumed: before.length > 0 && before.length < lines.length,
    }).toEqual({
      ended: "done",
      isIntact: true,
      lines: Array.from({ length: ITEMS }, (_, n) => n),
      halves: Array.from({ length: ITEMS / 2 }, (_, n) => 2 * n),
      ends: 1,
      kept: before,
      isResumed: true,
    });
  }, 60_000);

  it("still waits for what it waited for, and goes on at that time", async () => {
    const folder = makeTemporaryFolder();
    const child = startChild(program, folder, "waiting");
    await child.said("waiting");
    await child.kill();

    const clock = createManualClock(Date.now());
    const store = await openTemporaryStore({ folder, clock });
    let runs = 0;
    const kind = kindOf(
      async () => {
        runs += 1;
        return { end: "done" };
      },
      { kind: "waiting" },
    );
    const { runner } = await startJobs([kind], { store, clock });
    await settle();
    const [waiting] = await runner.list();
    await clock.advance(HOUR_MS - 5 * MINUTE_MS);
    const runsBefore = runs;
    await clock.advance(6 * MINUTE_MS);
    await settle();
    expect({
      waiting: [waiting?.state, waiting?.progress.waiting?.why],
      runsBefore,
      runs,
      after: (await runner.list())[0]?.state,
    }).toEqual({ waiting: ["waiting", "asked to slow down"], runsBefore: 0, runs: 1, after: "done" });
  });
});
