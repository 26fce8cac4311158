import { describe, expect, it, vi } from "vitest";
import type { JobEnd, JobRun } from "#main/jobs/index.ts";
import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import { failure, FailureError } from "#shared/domain/failure.ts";
import type { Job } from "#shared/domain/job.ts";
import { MINUTE_MS, SECOND_MS } from "#shared/lib/time.ts";
import { kindOf, startJobs } from "#test/support/job-bench.ts";
import { settle } from "#test/support/manual-clock.ts";

const offline = failure("network/unreachable");
const revoked = failure("slack/token-revoked");
const done: JobEnd = { end: "done" };

/** Resolves when the job is told to stop, as a request that listens to its signal does. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

describe("a job", () => {
  it("runs once its transaction has committed, and tells its kind in the transaction that ends it", async () => {
    const ends: unknown[] = [];
    const kind = kindOf(
      async (job) => {
        await job.save((writer) => saveSetting(writer, "ran", job.payload));
        return done;
      },
      {
        onEnd: async (end, { payload }, writer) => {
          ends.push([end.end, payload, await findSetting(writer, "ran")]);
        },
      },
    );
    const { store, clock, runner, announced, enqueue } = await startJobs([kind]);
    const id = await enqueue(kind, "the payload");
    expect({
      job: await runner.settled(id),
      ends,
      ran: await findSetting(store.read, "ran"),
      announced,
    }).toEqual({
      job: {
        id,
        kind: "test",
        title: "the test job",
        state: "done",
        progress: { phase: "", done: 0, total: null, etaMs: null, waiting: null },
        attempts: 0,
        failure: null,
        createdAtMs: clock.nowMs(),
        startedAtMs: clock.nowMs(),
        finishedAtMs: clock.nowMs(),
      },
      ends: [["done", "the payload", "the payload"]],
      ran: "the payload",
      announced: ["jobs", "jobs", "jobs"],
    });
  });

  it("of a kind that a process was not started for is left as it is, for one that is", async () => {
    const ran: string[] = [];
    const kinds = ["wanted", "left"].map((kind) =>
      kindOf(
        () => {
          ran.push(kind);
          return Promise.resolve(done);
        },
        { kind },
      ),
    );
    const first = await startJobs(kinds, undefined, {}, { schedules: false, kinds: ["wanted"] });
    for (const kind of kinds) await first.enqueue(kind);
    await settle();
    const states = (await first.runner.list()).map(({ kind, state }) => `${kind} ${state}`).sort();
    await first.runner.stop();
    const ranFirst = [...ran];
    await startJobs(kinds, first);
    await settle();
    expect({ states, ranFirst, ran }).toEqual({
      states: ["left queued", "wanted done"],
      ranFirst: ["wanted"],
      ran: ["wanted", "left"],
    });
  });

  it("that was rolled back never was", async () => {
    const run = vi.fn(async () => done);
    const kind = kindOf(run);
    const { store, runner } = await startJobs([kind]);
    await store
      .write(async (writer) => {
        await runner.enqueue(writer, { kind, title: "", payload: "" });
        throw new Error("no");
      })
      .catch(() => {});
    await settle();
    expect([await runner.list(), run.mock.calls]).toEqual([[], []]);
  });

  it("waits for its turn behind one of its own kind, while one of another kind runs beside it", async () => {
    const running: string[] = [];
    const gate = Promise.withResolvers<void>();
    const run = async (job: JobRun<string>) => {
      running.push(job.payload);
      await gate.promise;
      return done;
    };
    const [one, other] = [kindOf(run), kindOf(run, { kind: "other" })];
    const { runner, enqueue } = await startJobs([one, other]);
    const ids = [await enqueue(one, "first"), await enqueue(one, "second"), await enqueue(other, "third")];
    await settle();
    const together = [...running];
    gate.resolve();
    await Promise.all(ids.map((id) => runner.settled(id)));
    expect({ together, all: running }).toEqual({
      together: ["first", "third"],
      all: ["first", "third", "second"],
    });
  });

  it("is tried again after a growing delay, shown as a wait, and becomes a dead letter in the end", async () => {
    const onEnd = vi.fn(async () => {});
    const kind = kindOf(async () => ({ end: "failed", failure: offline }), { onEnd });
    const { clock, runner, enqueue } = await startJobs([kind]);
    const startMs = clock.nowMs();
    const id = await enqueue(kind);
    await settle();
    const waits: unknown[] = [];
    for (let tries = 0; tries < 2; tries += 1) {
      const job = await runner.find(id);
      waits.push([job?.state, job?.attempts, (job?.progress.waiting?.untilMs ?? 0) - startMs]);
      await clock.advance(30 * SECOND_MS);
      await settle();
    }
    const dead = await runner.settled(id);
    expect({ waits, dead: [dead.state, dead.failure], ends: onEnd.mock.calls.length }).toEqual({
      waits: [
        ["waiting", 1, 15 * SECOND_MS],
        ["waiting", 2, 45 * SECOND_MS],
      ],
      dead: ["dead", offline],
      ends: 1,
    });
  });

  it("is tried again at once when somebody resumes it, and not a second time when its wait would have ended", async () => {
    let tries = 0;
    const kind = kindOf(async () => {
      tries += 1;
      return tries > 1 ? done : { end: "failed", failure: offline };
    });
    const { clock, runner, enqueue } = await startJobs([kind]);
    const id = await enqueue(kind);
    await settle();
    const waiting = await runner.find(id);
    const resumed = await runner.resume(id);
    const ended = await runner.settled(id);
    await clock.advance(60 * MINUTE_MS);
    await settle();
    expect([waiting?.state, resumed, ended.state, tries]).toEqual(["waiting", true, "done", 2]);
  });

  it("is tried again exactly when the server said", async () => {
    const times: number[] = [];
    const kind = kindOf(async () => {
      times.push(clock.nowMs());
      return times.length > 1 ? done : { end: "failed", failure: offline, notBeforeMs: startMs + 77_000 };
    });
    const { clock, runner, enqueue } = await startJobs([kind]);
    const startMs = clock.nowMs();
    const id = await enqueue(kind);
    await clock.advance(2 * MINUTE_MS);
    await runner.settled(id);
    expect(times.map((atMs) => atMs - startMs)).toEqual([0, 77_000]);
  });

  it("that throws an expected failure counts it as a failed attempt", async () => {
    const kind = kindOf(() => Promise.reject(new FailureError(offline)), { maxAttempts: 1 });
    const { runner, enqueue } = await startJobs([kind]);
    expect(await runner.settled(await enqueue(kind))).toMatchObject({ state: "dead", failure: offline });
  });

  it("with a bug becomes a dead letter at once, with a reference that is in the log", async () => {
    const error = vi.fn();
    const log = { debug() {}, info() {}, warn() {}, error };
    const kind = kindOf(() => Promise.reject(new TypeError("x is not a function")));
    const { runner, enqueue } = await startJobs([kind], undefined, { log });
    const job = await runner.settled(await enqueue(kind));
    expect([job.state, job.failure?.code, job.failure?.facts]).toEqual([
      "dead",
      "job/internal-error",
      { reference: error.mock.calls[0]?.[1].reference },
    ]);
    expect(error.mock.calls[0]?.[1].error).toBe("TypeError: x is not a function");
  });

  it("whose end its kind cannot keep becomes a dead letter instead of running for ever", async () => {
    const kind = kindOf(async () => done, { onEnd: () => Promise.reject(new Error("bug in onEnd")) });
    const { runner, enqueue } = await startJobs([kind]);
    expect(await runner.settled(await enqueue(kind))).toMatchObject({
      state: "dead",
      failure: { code: "job/internal-error" },
    });
  });

  it("whose payload no longer fits its kind becomes a dead letter", async () => {
    const before = await startJobs([kindOf(async () => done)]);
    await before.runner.stop();
    const kind = kindOf(async () => done);
    const id = await before.store.write(async (writer) =>
      before.runner.enqueue(writer, { kind, title: "", payload: "not a number" }),
    );
    const { runner } = await startJobs(
      [{ ...kind, payload: kind.payload.refine((text) => text === "a number") }],
      before,
    );
    expect((await runner.settled(id)).state).toBe("dead");
  });

  it("counts only the time it worked", async () => {
    const worked: number[] = [];
    const kind = kindOf(
      async (job) => {
        await clock.sleep(10 * SECOND_MS, job.signal);
        runs += 1;
        return runs === 2 ? done : { end: "failed", failure: offline };
      },
      {
        onEnd: async (_end, { workedMs }) => {
          worked.push(workedMs);
        },
      },
    );
    let runs = 0;
    const { clock, enqueue } = await startJobs([kind]);
    await enqueue(kind);
    await clock.advance(MINUTE_MS);
    await settle();
    expect(worked).toEqual([20 * SECOND_MS]);
  });

  it("keeps its end for as long as the store cannot take it", async () => {
    let isFull = false;
    const kind = kindOf(async () => {
      isFull = true;
      return done;
    });
    const { store, clock } = await startJobs([kind]);
    const full: typeof store = {
      ...store,
      write: (action) =>
        isFull ? Promise.reject(new FailureError(failure("store/disk-full"))) : store.write(action),
    };
    const { runner, enqueue } = await startJobs([kind], { store: full, clock });
    const id = await enqueue(kind);
    await clock.advance(MINUTE_MS);
    const during = await runner.find(id);
    isFull = false;
    await clock.advance(MINUTE_MS);
    expect([during?.state, (await runner.find(id))?.state]).toEqual(["running", "done"]);
  });
});

describe("cancelling", () => {
  it("stops a running job, and resolves when it has stopped", async () => {
    const ends: unknown[] = [];
    const kind = kindOf((job) => untilAborted(job.signal), {
      onEnd: async (end) => {
        ends.push(end);
      },
    });
    const { runner, enqueue } = await startJobs([kind]);
    const id = await enqueue(kind);
    await settle();
    await runner.cancel(id);
    expect([(await runner.find(id))?.state, ends]).toEqual(["cancelled", [{ end: "cancelled" }]]);
  });

  it("ends a job that is queued, waits or is paused, without running it", async () => {
    const ran: string[] = [];
    const kind = kindOf(async ({ payload, signal }): Promise<JobEnd> => {
      ran.push(payload);
      if (payload === "blocks") await untilAborted(signal);
      return payload === "pauses"
        ? { end: "paused", failure: revoked, pausedOn: "c1" }
        : { end: "failed", failure: offline };
    });
    const { clock, runner, enqueue } = await startJobs([kind]);
    const waits = await enqueue(kind, "waits");
    const pauses = await enqueue(kind, "pauses");
    await settle();
    const blocks = await enqueue(kind, "blocks");
    const queued = await enqueue(kind, "queued");
    await settle();
    const before = [];
    for (const id of [waits, pauses, blocks, queued]) before.push((await runner.find(id))?.state);
    for (const id of [waits, pauses, queued, blocks]) await runner.cancel(id);
    await clock.advance(5 * MINUTE_MS);
    const states = [];
    for (const id of [waits, pauses, blocks, queued]) states.push((await runner.find(id))?.state);
    expect({ before, states, ran }).toEqual({
      before: ["waiting", "paused", "running", "queued"],
      states: ["cancelled", "cancelled", "cancelled", "cancelled"],
      ran: ["waits", "pauses", "blocks"],
    });
  });

  it("wins over a pause that the job is on its way to", async () => {
    const atWork = Promise.withResolvers<void>();
    const kind = kindOf(async () => {
      await atWork.promise;
      return { end: "paused", failure: revoked, pausedOn: "c1" };
    });
    const { runner, enqueue } = await startJobs([kind]);
    const id = await enqueue(kind);
    await settle();
    const cancelled = runner.cancel(id);
    atWork.resolve();
    await cancelled;
    expect((await runner.find(id))?.state).toBe("cancelled");
  });

  it("is remembered over a wait, too", async () => {
    const kind = kindOf(async (job) => {
      job.showWait({ why: "asked to slow down", untilMs: first.clock.nowMs() + 60 * MINUTE_MS });
      return new Promise<never>(() => {});
    });
    const first = await startJobs([kind]);
    const id = await first.enqueue(kind);
    await settle();
    void first.runner.cancel(id);
    await settle();
    const second = await startJobs([kind], first);
    expect((await second.runner.settled(id)).state).toBe("cancelled");
  });

  it("is remembered when the process dies before the job has stopped", async () => {
    const ran: string[] = [];
    const kind = kindOf((job) => {
      ran.push(job.payload);
      return new Promise<never>(() => {});
    });
    const first = await startJobs([kind]);
    const id = await first.enqueue(kind, "stubborn");
    await settle();
    void first.runner.cancel(id);
    await settle();
    const second = await startJobs([kind], first);
    expect([(await second.runner.settled(id)).state, ran]).toEqual(["cancelled", ["stubborn"]]);
  });

  it("leaves an ended job, and one that nobody knows, alone", async () => {
    const kind = kindOf(async () => done);
    const { runner, enqueue } = await startJobs([kind]);
    const id = await enqueue(kind);
    await runner.settled(id);
    await runner.cancel(id);
    await runner.cancel("nobody" as typeof id);
    expect((await runner.find(id))?.state).toBe("done");
  });

  it("lets the job go on from where it was when it is resumed", async () => {
    const steps: string[] = [];
    const kind = kindOf(async (job) => {
      await job.addItems("p", ["a", "b"]);
      await job.forEachItem("p", { concurrency: 1 }, async ({ key, signal }) => {
        steps.push(key);
        if (steps.length === 2) await untilAborted(signal);
        return { end: "done" };
      });
      return done;
    });
    const { runner, enqueue } = await startJobs([kind]);
    const id = await enqueue(kind);
    await settle();
    await runner.cancel(id);
    const resumed = await runner.resume(id);
    await runner.settled(id);
    expect({ resumed, again: await runner.resume(id), steps }).toEqual({
      resumed: true,
      again: false,
      steps: ["a", "b", "b"],
    });
  });
});

describe("a paused job", () => {
  const pausing = (isSignedIn: () => boolean) =>
    kindOf(async ({ payload }) =>
      isSignedIn() ? done : { end: "paused", failure: revoked, pausedOn: payload },
    );

  it("shows why, and runs again when what it is paused on is woken", async () => {
    let isSignedIn = false;
    const kind = pausing(() => isSignedIn);
    const { runner, enqueue } = await startJobs([kind]);
    const [mine, other] = [await enqueue(kind, "c1"), await enqueue(kind, "c2")];
    const paused = await runner.settled(mine);
    await runner.settled(other);
    isSignedIn = true;
    const woken = await runner.wakePausedOn("c1");
    const after = await runner.settled(mine);
    expect({
      paused: [paused.state, paused.failure],
      woken,
      after: [after.state, after.failure],
      other: (await runner.find(other))?.state,
    }).toEqual({ paused: ["paused", revoked], woken: 1, after: ["done", null], other: "paused" });
  });

  it("is tried before its time when one of what it named is put right, while it waits or on its way there", async () => {
    let runs = 0;
    const atWork = Promise.withResolvers<void>();
    const kind = kindOf(async () => {
      runs += 1;
      if (runs === 3) await atWork.promise;
      if (runs > 3) return done;
      return { end: "failed", failure: revoked, notBeforeMs: Date.UTC(2100, 0), pausedOn: ["c1", "c2"] };
    });
    const { runner, enqueue } = await startJobs([kind]);
    const id = await enqueue(kind);
    await settle();
    const first = [runs, await runner.wakePausedOn("c"), await runner.wakePausedOn("c2")];
    await settle();
    const second = [runs, await runner.wakePausedOn("c1")];
    await settle();
    const onItsWay = [runs, await runner.wakePausedOn("c1")];
    atWork.resolve();
    expect([first, second, onItsWay, (await runner.settled(id)).state, runs]).toEqual([
      [1, 0, 1],
      [2, 1],
      [3, 0],
      "done",
      4,
    ]);
  });

  it("does not miss being woken while it was on its way to the pause", async () => {
    let runs = 0;
    const atWork = Promise.withResolvers<void>();
    const kind = kindOf(async () => {
      runs += 1;
      if (runs > 1) return done;
      await atWork.promise;
      return { end: "paused", failure: revoked, pausedOn: "c1" };
    });
    const { runner, enqueue } = await startJobs([kind]);
    const id = await enqueue(kind);
    await settle();
    await runner.wakePausedOn("c1");
    atWork.resolve();
    expect([(await runner.settled(id)).state, runs]).toEqual(["done", 2]);
  });

  it("stays paused over a restart", async () => {
    const kind = pausing(() => false);
    const first = await startJobs([kind]);
    const id = await first.enqueue(kind, "c1");
    await first.runner.settled(id);
    await first.runner.stop();
    const { runner } = await startJobs([kind], first);
    expect((await runner.settled(id)).state).toBe("paused");
  });
});

describe("a dead letter", () => {
  it("can be tried again with all its attempts, or removed", async () => {
    let isBroken = true;
    const kind = kindOf(async () => (isBroken ? { end: "failed", failure: offline } : done), {
      maxAttempts: 1,
    });
    const { runner, enqueue } = await startJobs([kind]);
    const [one, two] = [await enqueue(kind), await enqueue(kind)];
    await runner.settled(one);
    await runner.settled(two);
    isBroken = false;
    await runner.resume(one);
    const resumed = await runner.settled(one);
    expect({
      resumed: [resumed.state, resumed.failure, resumed.attempts],
      discarded: [await runner.discard(two), await runner.discard(two), await runner.discard(one)],
      left: (await runner.list()).map(({ id }) => id),
    }).toEqual({ resumed: ["done", null, 0], discarded: [true, false, false], left: [one] });
  });
});

describe("the list of jobs", () => {
  it("has the hundred newest, newest first, and behind them older dead letters", async () => {
    const kind = kindOf(
      async ({ payload }) => (payload === "dies" ? { end: "failed", failure: offline } : done),
      { maxAttempts: 1 },
    );
    const { runner, enqueue } = await startJobs([kind]);
    const ids = [];
    for (const payload of ["dies", "old", ...Array.from({ length: 100 }, () => "new")]) {
      const id = await enqueue(kind, payload);
      await runner.settled(id);
      ids.push(id);
    }
    expect((await runner.list()).map(({ id }) => id)).toEqual([...ids.slice(2).toReversed(), ids[0]]);
  });
});

describe("stopping", () => {
  it("lets the step in flight keep its work and leaves the rest to the next start", async () => {
    const steps: string[] = [];
    const inStep = Promise.withResolvers<void>();
    const kind = kindOf(async (job) => {
      await job.addItems("p", ["a", "b", "c"]);
      await job.forEachItem("p", { concurrency: 1 }, async ({ key }) => {
        steps.push(key);
        if (steps.length === 2) {
          inStep.resolve();
          await settle();
        }
        return { end: "done", save: (writer) => saveSetting(writer, key, steps.length) };
      });
      return done;
    });
    const first = await startJobs([kind]);
    const id = await first.enqueue(kind);
    await inStep.promise;
    await first.runner.stop();
    const between = await first.runner.find(id);
    const second = await startJobs([kind], first);
    await second.runner.settled(id);
    expect({ between: [between?.state, between?.progress.done], steps }).toEqual({
      between: ["queued", 2],
      steps: ["a", "b", "c"],
    });
  });

  it("keeps what the job waited for, and the next start goes on at that time", async () => {
    const times: number[] = [];
    const kind = kindOf(async (job) => {
      times.push(clock.nowMs() - startMs);
      if (times.length > 1) return done;
      job.showWait({ why: "asked to slow down", untilMs: startMs + 20 * MINUTE_MS });
      try {
        await clock.sleep(20 * MINUTE_MS, job.signal);
      } finally {
        job.showWait(null);
      }
      return done;
    });
    const first = await startJobs([kind]);
    const { clock } = first;
    const startMs = clock.nowMs();
    const id = await first.enqueue(kind);
    await settle();
    await first.runner.stop();
    clock.suspend(5 * MINUTE_MS);
    const second = await startJobs([kind], first);
    const waiting = await second.runner.find(id);
    await clock.advance(20 * MINUTE_MS);
    await settle();
    expect({ waiting: [waiting?.state, waiting?.progress.waiting], times }).toEqual({
      waiting: ["waiting", { why: "asked to slow down", untilMs: startMs + 20 * MINUTE_MS }],
      times: [0, 20 * MINUTE_MS],
    });
  });

  it("does not wait for ever for a job that does not listen", async () => {
    const kind = kindOf(() => new Promise<never>(() => {}));
    const { clock, runner, enqueue } = await startJobs([kind]);
    await enqueue(kind);
    await settle();
    const stopped = runner.stop();
    await clock.advance(MINUTE_MS);
    await expect(stopped).resolves.toBeUndefined();
  });

  it("tells those who wait for a job that it will not end now", async () => {
    const kind = kindOf((job) => untilAborted(job.signal));
    const { runner, enqueue } = await startJobs([kind]);
    const waiting = runner.settled(await enqueue(kind)).catch(String);
    await settle();
    await runner.stop();
    expect(await waiting).toContain("the job runner stopped");
  });
});

describe("a wait", () => {
  async function waitingJob() {
    const times: number[] = [];
    const kind = kindOf(async () => {
      times.push(bench.clock.monotonicMs() - startMs);
      return times.length > 1
        ? done
        : { end: "failed", failure: offline, notBeforeMs: bench.clock.nowMs() + 30 * MINUTE_MS };
    });
    const bench = await startJobs([kind]);
    const startMs = bench.clock.monotonicMs();
    await bench.enqueue(kind);
    await settle();
    return { ...bench, kind, times };
  }

  it("is over when the computer slept past its end, as soon as it is told that it woke", async () => {
    const { clock, runner, times } = await waitingJob();
    clock.suspend(31 * MINUTE_MS);
    runner.wake();
    await settle();
    expect(times).toEqual([0, 0]);
  });

  it("is over half a minute after the computer slept past its end, told or not", async () => {
    const { clock, times } = await waitingJob();
    clock.suspend(31 * MINUTE_MS);
    await clock.advance(30 * SECOND_MS);
    expect(times).toEqual([0, 30 * SECOND_MS]);
  });

  it("is not prolonged by a clock that is set back", async () => {
    const { clock, times } = await waitingJob();
    clock.setWall(clock.nowMs() - 24 * 60 * MINUTE_MS);
    await clock.advance(31 * MINUTE_MS);
    expect(times).toEqual([0, 30 * MINUTE_MS]);
  });

  it("is not prolonged by a clock that was set back while Muster was closed", async () => {
    const first = await waitingJob();
    await first.runner.stop();
    first.clock.setWall(first.clock.nowMs() - 24 * 60 * MINUTE_MS);
    await startJobs([first.kind], first);
    await first.clock.advance(31 * MINUTE_MS);
    expect(first.times).toEqual([0, 30 * MINUTE_MS]);
  });
});

describe("watching", () => {
  it("hears of a job at most ten times a second, and always its last state", async () => {
    const seen: Job[] = [];
    const kind = kindOf(async (job) => {
      await job.addItems(
        "p",
        Array.from({ length: 100 }, (_, n) => `${n}`),
      );
      await job.forEachItem("p", { concurrency: 1 }, async () => {
        await clock.sleep(20);
        return { end: "done" };
      });
      return done;
    });
    const { clock, runner, enqueue } = await startJobs([kind]);
    const unwatch = runner.watch((job) => seen.push(job));
    runner.watch(() => {
      throw new Error("a listener with a bug");
    });
    await enqueue(kind);
    await clock.advance(3 * SECOND_MS);
    unwatch();
    const heard = seen.length;
    await enqueue(kind);
    await clock.advance(SECOND_MS);
    expect(seen.length).toBe(heard);
    expect(heard).toBeLessThanOrEqual(23);
    expect(heard).toBeGreaterThan(15);
    expect(seen.at(-1)).toMatchObject({ state: "done", progress: { phase: "p", done: 100, total: 100 } });
  });

  it("shows counts, phase and expected time of a job at work", async () => {
    const kind = kindOf(async (job) => {
      await job.addItems("channels", ["a", "b", "c", "d", "e", "f"]);
      await job.forEachItem("channels", { concurrency: 2 }, async () => {
        await clock.sleep(10 * SECOND_MS, job.signal);
        return { end: "done" };
      });
      return done;
    });
    const { clock, runner, enqueue } = await startJobs([kind]);
    const id = await enqueue(kind);
    await clock.advance(20 * SECOND_MS);
    await settle();
    expect((await runner.find(id))?.progress).toEqual({
      phase: "channels",
      done: 4,
      total: 6,
      etaMs: 10 * SECOND_MS,
      waiting: null,
    });
  });
});
