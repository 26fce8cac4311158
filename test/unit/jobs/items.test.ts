import { describe, expect, it } from "vitest";
import type { ItemEnd, JobEnd, JobItem, JobRun, PhaseEnd } from "#main/jobs/index.ts";
import { countJobItems } from "#main/store/queries/job-items.ts";
import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import { failure, FailureError } from "#shared/domain/failure.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import { kindOf, startJobs } from "#test/support/job-bench.ts";
import { settle } from "#test/support/manual-clock.ts";

const notFound = failure("slack/channel-not-found");
const limited = failure("slack/rate-limited");
const revoked = failure("slack/token-revoked");

/** A kind whose only phase has these items; `ends` collects how each run of the phase ended. */
function kindWithItems(keys: readonly string[], step: (item: JobItem) => Promise<ItemEnd>, concurrency = 1) {
  const ends: PhaseEnd[] = [];
  const kind = kindOf(async (job: JobRun<string>): Promise<JobEnd> => {
    await job.addItems("p", keys);
    const end = await job.forEachItem("p", { concurrency }, step);
    ends.push(end);
    return end.stopped ? { end: "paused", failure: end.stopped, pausedOn: "c1" } : { end: "done" };
  });
  return { kind, ends };
}

describe("the items of a job", () => {
  it("are done in the order they were added, each once, however often they are added", async () => {
    const order: string[] = [];
    const { kind, ends } = kindWithItems(["b", "a", "b", "c"], async ({ key }) => {
      order.push(key);
      return { end: "done" };
    });
    const { runner, enqueue } = await startJobs([kind]);
    await runner.settled(await enqueue(kind));
    expect({ order, ends }).toEqual({
      order: ["b", "a", "c"],
      ends: [{ done: 3, failed: 0, stopped: null }],
    });
  });

  it("are done at most so many at once", async () => {
    let atOnce = 0;
    let most = 0;
    const { kind } = kindWithItems(
      Array.from({ length: 20 }, (_, n) => `${n}`),
      async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await settle();
        atOnce -= 1;
        return { end: "done" };
      },
      4,
    );
    const { runner, enqueue } = await startJobs([kind]);
    await runner.settled(await enqueue(kind));
    expect(most).toBe(4);
  });

  it("can add further items to their own phase", async () => {
    const order: string[] = [];
    const kind = kindOf(async (job) => {
      await job.addItems("p", ["page 1"]);
      await job.forEachItem("p", { concurrency: 2 }, async ({ key }) => {
        order.push(key);
        if (key !== "page 3") await job.addItems("p", [`page ${order.length + 1}`]);
        return { end: "done" };
      });
      return { end: "done" };
    });
    const { runner, enqueue } = await startJobs([kind]);
    const job = await runner.settled(await enqueue(kind));
    expect([order, job.progress.done, job.progress.total]).toEqual([["page 1", "page 2", "page 3"], 3, 3]);
  });

  it("fail alone: a failure, and even a bug, is named and left", async () => {
    const { kind, ends } = kindWithItems(["a", "bad", "thrown", "bug", "e"], async ({ key }) => {
      if (key === "thrown") throw new FailureError(notFound);
      if (key === "bug") throw new TypeError("x is undefined");
      return key === "bad"
        ? { end: "failed", failure: notFound, save: (writer) => saveSetting(writer, "bad", "named") }
        : { end: "done" };
    });
    const { store, runner, enqueue } = await startJobs([kind]);
    const job = await runner.settled(await enqueue(kind));
    expect([ends, job.state, job.progress.done, await findSetting(store.read, "bad")]).toEqual([
      [{ done: 2, failed: 3, stopped: null }],
      "done",
      5,
      "named",
    ]);
  });

  it("keep their work and their state together: when one cannot be saved, neither is", async () => {
    let tries = 0;
    const { kind } = kindWithItems(["a"], async () => {
      tries += 1;
      return {
        end: "done",
        save: async (writer) => {
          await saveSetting(writer, "a", tries);
          if (tries === 1) throw new FailureError(failure("store/disk-full"));
        },
      };
    });
    const { store, clock, runner, enqueue } = await startJobs([kind]);
    const id = await enqueue(kind);
    await settle();
    const during = [
      (await runner.find(id))?.progress.waiting?.why,
      await findSetting(store.read, "a"),
      await countJobItems(store.read, { jobId: id, phase: "p" }),
    ];
    await clock.advance(60 * SECOND_MS);
    const job = await runner.settled(id);
    expect({ during, after: [job.state, job.attempts, await findSetting(store.read, "a")] }).toEqual({
      during: [failure("store/disk-full").message, undefined, { pending: 1, done: 0, failed: 0 }],
      after: ["done", 0, 2],
    });
  });

  it("are tried again after a growing delay, five times, and then count as failed", async () => {
    const times: [number, number][] = [];
    const { kind, ends } = kindWithItems(["a"], async ({ attempt }) => {
      times.push([attempt, clock.nowMs() - startMs]);
      return { end: "again", failure: limited };
    });
    const { clock, runner, enqueue } = await startJobs([kind]);
    const startMs = clock.nowMs();
    const id = await enqueue(kind);
    await clock.advance(60 * SECOND_MS);
    await runner.settled(id);
    expect({ times, ends }).toEqual({
      times: [
        [1, 0],
        [2, 1_000],
        [3, 3_000],
        [4, 7_000],
        [5, 15_000],
      ],
      ends: [{ done: 0, failed: 1, stopped: null }],
    });
  });

  it("wait exactly as long as the server said, while the others go on, and show it when all wait", async () => {
    const times: [string, number][] = [];
    const { kind } = kindWithItems(["slow", "a", "b"], async ({ key, attempt }) => {
      times.push([key, clock.nowMs() - startMs]);
      return key === "slow" && attempt === 1
        ? { end: "again", failure: limited, notBeforeMs: startMs + 42_000 }
        : { end: "done" };
    });
    const { clock, runner, enqueue } = await startJobs([kind]);
    const startMs = clock.nowMs();
    const id = await enqueue(kind);
    await clock.advance(10 * SECOND_MS);
    const waiting = await runner.find(id);
    await clock.advance(60 * SECOND_MS);
    const end = await runner.settled(id);
    expect({
      times,
      waiting: [waiting?.state, waiting?.progress.waiting],
      end: end.progress.waiting,
    }).toEqual({
      times: [
        ["slow", 0],
        ["a", 0],
        ["b", 0],
        ["slow", 42_000],
      ],
      waiting: ["waiting", { why: limited.message, untilMs: startMs + 42_000 }],
      end: null,
    });
  });

  it("keep their time also when Muster was closed meanwhile", async () => {
    const times: number[] = [];
    const { kind } = kindWithItems(["a"], async ({ attempt }) => {
      times.push(first.clock.nowMs() - startMs);
      return attempt === 1
        ? { end: "again", failure: limited, notBeforeMs: startMs + 42_000 }
        : { end: "done" };
    });
    const first = await startJobs([kind]);
    const startMs = first.clock.nowMs();
    const id = await first.enqueue(kind);
    await first.clock.advance(10 * SECOND_MS);
    await first.runner.stop();
    const second = await startJobs([kind], first);
    await first.clock.advance(60 * SECOND_MS);
    await second.runner.settled(id);
    expect(times).toEqual([0, 42_000]);
  });

  it("keep their time also when the others were still at work as Muster was closed", async () => {
    const times: [string, number][] = [];
    const { kind } = kindWithItems(
      ["slow", "long"],
      async ({ key, attempt, signal }) => {
        times.push([key, first.clock.nowMs() - startMs]);
        if (key === "long") await first.clock.sleep(20 * SECOND_MS, signal);
        return key === "slow" && attempt === 1
          ? { end: "again", failure: limited, notBeforeMs: startMs + 42_000 }
          : { end: "done" };
      },
      2,
    );
    const first = await startJobs([kind]);
    const startMs = first.clock.nowMs();
    const id = await first.enqueue(kind);
    await first.clock.advance(10 * SECOND_MS);
    await first.runner.stop();
    const second = await startJobs([kind], first);
    await first.clock.advance(60 * SECOND_MS);
    await second.runner.settled(id);
    expect(times).toEqual([
      ["slow", 0],
      ["long", 0],
      ["long", 10_000],
      ["slow", 42_000],
    ]);
  });

  it("stop the phase when none after them can succeed, and stay to be done", async () => {
    let isSignedIn = false;
    const tried: string[] = [];
    const { kind, ends } = kindWithItems(["a", "b", "c"], async ({ key }) => {
      tried.push(key);
      return key === "b" && !isSignedIn ? { end: "stop", failure: revoked } : { end: "done" };
    });
    const { runner, enqueue } = await startJobs([kind]);
    const id = await enqueue(kind);
    const paused = await runner.settled(id);
    isSignedIn = true;
    await runner.wakePausedOn("c1");
    await runner.settled(id);
    expect({ paused: [paused.state, paused.progress.done], tried, ends }).toEqual({
      paused: ["paused", 1],
      tried: ["a", "b", "b", "c"],
      ends: [
        { done: 1, failed: 0, stopped: revoked },
        { done: 3, failed: 0, stopped: null },
      ],
    });
  });

  it("go on from their checkpoint", async () => {
    const began: unknown[] = [];
    const { kind } = kindWithItems(["a"], async (item) => {
      began.push(item.checkpoint);
      const page = (item.checkpoint as number | undefined) ?? 0;
      await item.saveCheckpoint(page + 1, (writer) => saveSetting(writer, `page ${page}`, "kept"));
      return page < 2 ? { end: "again", failure: limited } : { end: "done" };
    });
    const { store, clock, runner, enqueue } = await startJobs([kind]);
    const id = await enqueue(kind);
    await clock.advance(2 * SECOND_MS);
    await runner.stop();
    const second = await startJobs([kind], { store, clock });
    await clock.advance(60 * SECOND_MS);
    await second.runner.settled(id);
    expect([began, await findSetting(store.read, "page 2")]).toEqual([[undefined, 1, 2], "kept"]);
  });

  it("stop when the job is cancelled, and what a step still brings home is kept", async () => {
    const tried: string[] = [];
    const { kind } = kindWithItems(["a", "b", "c"], async ({ key, signal }) => {
      tried.push(key);
      if (key === "b") {
        await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      }
      return { end: "done" };
    });
    const { store, runner, enqueue } = await startJobs([kind]);
    const id = await enqueue(kind);
    await settle();
    await runner.cancel(id);
    expect([
      tried,
      (await runner.find(id))?.state,
      await countJobItems(store.read, { jobId: id, phase: "p" }),
    ]).toEqual([["a", "b"], "cancelled", { pending: 1, done: 2, failed: 0 }]);
  });

  it("of several phases at once are shown as one", async () => {
    const gate = Promise.withResolvers<void>();
    const kind = kindOf(async (job) => {
      await job.addItems("one", ["a", "b"]);
      await job.addItems("two", ["c", "d", "e"]);
      const step = async ({ key }: JobItem): Promise<ItemEnd> => {
        if (key !== "a" && key !== "c") await gate.promise;
        return { end: "done" };
      };
      await Promise.all(["one", "two"].map((phase) => job.forEachItem(phase, { concurrency: 1 }, step)));
      return { end: "done" };
    });
    const { runner, enqueue } = await startJobs([kind]);
    const id = await enqueue(kind);
    await settle();
    const { phase, done, total } = (await runner.find(id))?.progress ?? {};
    gate.resolve();
    await runner.settled(id);
    expect({ phase, done, total }).toEqual({ phase: "one", done: 2, total: 5 });
  });

  it("cannot be worked on by two loops at once", async () => {
    const kind = kindOf(async (job) => {
      await job.addItems("p", ["a"]);
      const loop = () => job.forEachItem("p", { concurrency: 1 }, async () => ({ end: "done" }));
      await Promise.all([loop(), loop()]);
      return { end: "done" };
    });
    const { runner, enqueue } = await startJobs([kind]);
    expect((await runner.settled(await enqueue(kind))).failure?.code).toBe("job/internal-error");
  });

  it("are taken up in thousands without reading them all at once", async () => {
    const keys = Array.from({ length: 1_500 }, (_, n) => `${n}`);
    const order: string[] = [];
    const { kind, ends } = kindWithItems(
      keys,
      async ({ key }) => {
        order.push(key);
        return { end: "done" };
      },
      8,
    );
    const { runner, enqueue } = await startJobs([kind]);
    await runner.settled(await enqueue(kind));
    expect([order, ends]).toEqual([keys, [{ done: 1_500, failed: 0, stopped: null }]]);
  });
});
