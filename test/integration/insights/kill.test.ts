import { expect, test } from "vitest";
import { listActivity } from "#main/store/queries/activity.ts";
import { startChild } from "#test/support/child.ts";
import { openInsightsLab } from "#test/support/insights-lab.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";
import { createWorld, TEAM, until } from "./world.ts";

test("a message whose process was killed while it was sent is not sent again until the operator says so", async () => {
  const folder = makeTemporaryFolder();
  const child = startChild("test/integration/insights/posting-process.ts", folder);
  await child.said("posting");
  await child.kill();

  const clock = createManualClock(Date.now());
  const world = createWorld();
  const store = await openTemporaryStore({ folder, clock });
  const lab = await openInsightsLab({
    connections: [world.connection],
    teamAndRules: () => TEAM,
    clock,
    store,
  });
  const state = async () => (await lab.insights.getTelling()).recent.map((telling) => telling.state);
  await until(clock, async () => (await state())[0] === "unknown");
  await clock.advance(60_000);
  const afterRestart = [await state(), world.posts.length];
  const [telling] = (await lab.insights.getTelling()).recent;
  if (!telling) throw new Error("there is one");
  const retried = await lab.insights.retryTelling(telling);
  const twice = await lab.insights.retryTelling(telling);
  await until(clock, async () => (await state())[0] === "sent");

  const lines = await listActivity(store.read, { beforeSeq: null, search: "telling.", limit: 10 });

  expect({
    lines: lines.toReversed().map(({ actor, action, outcome }) => `${actor}: ${action} ${outcome}`),
    afterRestart,
    retried: retried.ok,
    twice: twice.ok,
    end: [await state(), world.posts.length],
  }).toEqual({
    lines: [
      "tester: telling.changed done",
      "job-runner: telling.sent failed",
      "tester: telling.retried done",
      "job-runner: telling.sent done",
    ],
    afterRestart: [["unknown"], 0],
    retried: true,
    twice: false,
    end: [["sent"], 1],
  });
  await lab.stop();
  await store.close();
});
