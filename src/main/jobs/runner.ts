import { randomUUID } from "node:crypto";
import { refreshPendingJobItems } from "#main/store/queries/job-items.ts";
import {
  deleteJobIn,
  findJob,
  insertJob,
  type JobRow,
  listJobs,
  listJobsIn,
  listJobsPausedOn,
  updateJobIn,
} from "#main/store/queries/jobs.ts";
import type { Store, Writer } from "#main/store/store.ts";
import type { ChangeTopic } from "#shared/contract/app.ts";
import { FailureError } from "#shared/domain/failure.ts";
import { JobId } from "#shared/domain/ids.ts";
import type { Job, JobState } from "#shared/domain/job.ts";
import { assert } from "#shared/lib/assert.ts";
import type { Log } from "#shared/lib/log.ts";
import { type Clock, SECOND_MS } from "#shared/lib/time.ts";
import { createAlarm } from "./alarm.ts";
import { type Attempt, type AttemptDependencies, createAttempt } from "./attempt.ts";
import { backoffMs, JOB_BACKOFF, type Random } from "./backoff.ts";
import { createBroadcast } from "./broadcast.ts";
import { reportDefect } from "./defect.ts";
import { endChange, keepOutcome, NO_WAIT, tellKind } from "./job-ending.ts";
import { type JobKind, pausedOnOf } from "./job-kind.ts";
import { decideOutcome, type JobOutcome, type RunResult } from "./job-outcome.ts";
import { openJobRun } from "./job-run.ts";
import type { JobRunner } from "./job-runner.ts";
import { createJobWaits } from "./job-waits.ts";
import { describeJob } from "./live-progress.ts";
import { createLookouts } from "./lookouts.ts";
import { createPersistence, isStoreFailure } from "./persistence.ts";
import { createScheduler } from "./schedule.ts";

export interface JobRunnerDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Called with `jobs` whenever a job changes its state; progress goes to `watch` only. */
  readonly announce: (topic: ChangeTopic) => void;
  readonly random?: Random;
  /** How many jobs run at the same time. */
  readonly jobsAtOnce?: number;
}

/** What somebody may still have to do something about. */
const OPEN: readonly JobState[] = ["queued", "running", "waiting", "paused", "dead"];
const ENDED: readonly JobState[] = ["done", "cancelled", "dead"];
const SETTLED: readonly JobState[] = [...ENDED, "paused"];

/** How many jobs `list` goes back; older ones are listed only if they have not ended well. */
const LISTED = 100;

/** How long `stop` waits for steps that do not listen to their signal. */
const STOP_GRACE_MS = 10 * SECOND_MS;

/** A job that is in a run, from the moment it is chosen until its end is kept. */
interface ActiveJob {
  readonly attempt: Attempt;
  readonly over: Promise<void>;
}

/** Makes the runner of a profile. See `JobRunner` for what it guarantees. */
export function createJobRunner(deps: JobRunnerDependencies): JobRunner {
  const { store, clock, log, announce, random = Math.random, jobsAtOnce = 4 } = deps;
  const kinds = new Map<string, JobKind<unknown>>();
  const active = new Map<JobId, ActiveJob>();
  const lookouts = createLookouts();
  const stopping = new AbortController();
  const alarm = createAlarm(clock);
  const broadcast = createBroadcast({ describe: find, clock, log });
  const persistently = createPersistence({ clock, log, alarm, random, signal: stopping.signal });
  const waits = createJobWaits({ store, clock, log, alarm, persistently, requeued, signal: stopping.signal });
  const schedules = createScheduler({ store, clock, log, alarm, kinds, enqueue, signal: stopping.signal });
  let isStarted = false;
  let startedKinds: readonly string[] | null = null;
  let pumping: Promise<void> | null = null;
  let pumpAgain = false;

  function changedState(jobId: JobId): void {
    announce("jobs");
    broadcast.changed(jobId);
    lookouts.changed(jobId);
  }

  function requeued(jobId: JobId): void {
    changedState(jobId);
    pump();
  }

  // Starting jobs

  /** Starts what is queued and has room; called whenever either may have changed. */
  function pump(): void {
    if (!isStarted || stopping.signal.aborted) return;
    pumpAgain = true;
    pumping ??= pumpUntilQuiet()
      .catch((error: unknown) => {
        reportDefect(log, "job-queue-defect", error, {});
      })
      .finally(() => {
        pumping = null;
      });
  }

  async function pumpUntilQuiet(): Promise<void> {
    while (pumpAgain) {
      pumpAgain = false;
      // A running one that is not ours was left by a process that died.
      for (const row of await listJobsIn(store.read, ["queued", "running"])) {
        if (stopping.signal.aborted) return;
        if (!active.has(row.id) && hasRoomFor(row)) launch(row);
      }
    }
  }

  function hasRoomFor({ kind }: JobRow): boolean {
    const ofKind = [...active.values()].filter(({ attempt }) => attempt.row.kind === kind).length;
    if (startedKinds?.includes(kind) === false) return false;
    return active.size < jobsAtOnce && ofKind < (kinds.get(kind)?.atOnce ?? 1);
  }

  function launch(row: JobRow): void {
    const changed = () => broadcast.changed(row.id);
    const tools: AttemptDependencies = { store, clock, log, alarm, random, changed };
    const attempt = createAttempt(row, tools);
    const over = runToOutcome(attempt, tools)
      .catch((error: unknown) => {
        reportDefect(log, "job-runner-defect", error, { jobId: row.id });
      })
      .then(async () => {
        attempt.close();
        active.delete(row.id);
        await waits.armIfWaiting(row.id);
        changedState(row.id);
        pump();
      });
    active.set(row.id, { attempt, over });
  }

  async function runToOutcome(attempt: Attempt, tools: AttemptDependencies): Promise<void> {
    const { row } = attempt;
    const result = await run(attempt, tools);
    if (result === null) return;
    const outcome = decideOutcome(result, {
      interruption: attempt.interruption(),
      attempts: row.attempts,
      maxAttempts: kinds.get(row.kind)?.maxAttempts ?? 1,
      retryAtMs: clock.nowMs() + backoffMs(row.attempts + 1, JOB_BACKOFF, random),
    });
    await keep(attempt, requeueIfWoken(attempt, outcome));
  }

  /** Null when the job was taken away (cancelled, discarded) before it could begin. */
  async function run(attempt: Attempt, tools: AttemptDependencies): Promise<RunResult | null> {
    const { row } = attempt;
    try {
      if (row.cancelRequested) {
        attempt.interrupt("cancel");
        return { aborted: true };
      }
      const kind = kinds.get(row.kind);
      assert(kind, `no such kind of job: ${row.kind}`);
      const payload = kind.payload.parse(row.payload);
      if (!(await markRunning(row))) return null;
      return { returned: await kind.run(openJobRun(attempt, payload, tools)) };
    } catch (error) {
      if (attempt.signal.aborted && (error === attempt.signal.reason || isAbort(error)))
        return { aborted: true };
      if (isStoreFailure(error)) return { storeFailed: error.failure };
      if (error instanceof FailureError) return { returned: { end: "failed", failure: error.failure } };
      return { defect: reportDefect(log, "job-defect", error, { jobId: row.id, kind: row.kind }) };
    }
  }

  function markRunning(row: JobRow): Promise<boolean> {
    return store.write(async (writer) => {
      const startedAtMs = row.startedAtMs ?? clock.nowMs();
      const change = { ...NO_WAIT, state: "running" as const, pausedOn: null, failure: null, startedAtMs };
      const isOurs = await updateJobIn(writer, row.id, ["queued", "running"], change);
      if (isOurs) store.afterCommit(() => changedState(row.id));
      return isOurs;
    });
  }

  // Ending jobs

  /** What a job pauses on may have been put right while it was still on its way to the pause, or to a long wait. */
  function requeueIfWoken(attempt: Attempt, outcome: JobOutcome): JobOutcome {
    const isWoken = (names: readonly string[]) => names.some((name) => attempt.wokenOn.has(name));
    if (outcome.next === "retry")
      return isWoken(outcome.pausedOn) ? { ...outcome, untilMs: clock.nowMs(), pausedOn: [] } : outcome;
    if (outcome.next !== "ended" || outcome.end.end !== "paused" || !isWoken(pausedOnOf(outcome.end)))
      return outcome;
    const { failure } = outcome.end;
    const untilMs = clock.nowMs();
    return { next: "retry", failure, untilMs, attempts: attempt.row.attempts, pausedOn: [] };
  }

  /** Keeps an outcome, for as long as it takes: a full disk holds up the end of a job, but does not change it. */
  async function keep(attempt: Attempt, outcome: JobOutcome): Promise<void> {
    const { row } = attempt;
    const kind = kinds.get(row.kind) ?? null;
    const now = { nowMs: clock.nowMs(), workedMs: attempt.workedMs() };
    try {
      await persistently(() => store.write((writer) => keepOutcome(writer, kind, row, outcome, now)));
    } catch (error) {
      const defect = reportDefect(log, "job-end-defect", error, { jobId: row.id, kind: row.kind });
      const end = { end: "failed" as const, failure: defect };
      const dead: JobOutcome = { next: "ended", state: "dead", end };
      // Without the kind, whose part of the ending is what failed.
      await persistently(() => store.write((writer) => keepOutcome(writer, null, row, dead, now)));
    }
  }

  // What others ask for

  async function find(jobId: JobId): Promise<Job | null> {
    const row = await findJob(store.read, jobId);
    return row && describeJob(store.read, row, active.get(jobId)?.attempt.live ?? null);
  }

  async function enqueue<Payload>(
    writer: Writer,
    job: { readonly kind: JobKind<Payload>; readonly title: string; readonly payload: Payload },
  ): Promise<JobId> {
    assert(kinds.has(job.kind.kind), `a kind of job that was not registered: ${job.kind.kind}`);
    const id = JobId.parse(randomUUID());
    const payload = job.kind.payload.parse(job.payload);
    await insertJob(writer, {
      id,
      kind: job.kind.kind,
      title: job.title,
      payload,
      createdAtMs: clock.nowMs(),
    });
    store.afterCommit(() => requeued(id));
    return id;
  }

  async function cancel(jobId: JobId): Promise<void> {
    for (;;) {
      const running = active.get(jobId);
      if (running) {
        running.attempt.interrupt("cancel");
        await keepCancelWish(jobId);
        await running.over;
        return;
      }
      const row = await findJob(store.read, jobId);
      if (row === null || ENDED.includes(row.state)) return;
      if (await cancelAtRest(row)) return;
    }
  }

  /** So that the job is not taken up again should the process die before the run has stopped. */
  async function keepCancelWish(jobId: JobId): Promise<void> {
    try {
      await store.write(async (writer) => {
        await updateJobIn(writer, jobId, ["queued", "running", "waiting"], { cancelRequested: true });
      });
    } catch (error) {
      if (!isStoreFailure(error)) throw error;
      log.warn("job-cancel-not-kept", { jobId, code: error.failure.code });
    }
  }

  /** False when the job began to run meanwhile. */
  async function cancelAtRest(row: JobRow): Promise<boolean> {
    const states: JobState[] = isStarted
      ? ["queued", "waiting", "paused"]
      : ["queued", "waiting", "paused", "running"];
    const end = { end: "cancelled" } as const;
    return store.write(async (writer) => {
      const change = endChange("cancelled", end, clock.nowMs());
      if (!(await updateJobIn(writer, row.id, states, change))) return false;
      await tellKind(writer, kinds.get(row.kind) ?? null, row, end, row.workedMs);
      store.afterCommit(() => {
        waits.disarm(row.id);
        changedState(row.id);
      });
      return true;
    });
  }

  async function resumeIn(writer: Writer, jobId: JobId): Promise<boolean> {
    const isResumed = await updateJobIn(writer, jobId, ["paused", "cancelled", "dead", "waiting"], {
      ...NO_WAIT,
      state: "queued",
      pausedOn: null,
      attempts: 0,
      failure: null,
      cancelRequested: false,
      finishedAtMs: null,
    });
    if (!isResumed) return false;
    await refreshPendingJobItems(writer, jobId);
    store.afterCommit(() => {
      waits.disarm(jobId);
      requeued(jobId);
    });
    return true;
  }

  function settled(jobId: JobId): Promise<Job> {
    return lookouts.until(jobId, async () => {
      const job = await find(jobId);
      assert(job, `no such job: ${jobId}`);
      return SETTLED.includes(job.state) && !active.has(jobId) ? job : null;
    });
  }

  async function stop(): Promise<void> {
    if (stopping.signal.aborted) return;
    stopping.abort(new DOMException("the job runner stops", "AbortError"));
    const running = [...active.values()];
    for (const { attempt } of running) attempt.interrupt("stop");
    const grace = new AbortController();
    await Promise.race([
      Promise.all([...running.map(({ over }) => over), pumping, schedules.ended()]),
      clock.sleep(STOP_GRACE_MS, grace.signal).catch(() => {}),
    ]);
    grace.abort();
    for (const [jobId, { attempt }] of active) {
      attempt.close();
      log.warn("job-did-not-stop", { jobId });
    }
    await broadcast.flush();
    lookouts.giveUp(new Error("the job runner stopped"));
  }

  return {
    schedules,
    register(kind) {
      assert(!isStarted, "a kind of job was registered after the start");
      assert(!kinds.has(kind.kind), `two kinds of job with the name ${kind.kind}`);
      kinds.set(kind.kind, kind);
    },
    async start(options = { schedules: true }) {
      assert(!isStarted, "the job runner was started twice");
      for (const kind of options.kinds ?? []) assert(kinds.has(kind), `there is no kind of job ${kind}`);
      isStarted = true;
      startedKinds = options.kinds ?? null;
      await waits.armAll();
      if (options.schedules) schedules.start();
      pump();
    },
    enqueue,
    cancel,
    resume: (jobId) => store.write((writer) => resumeIn(writer, jobId)),
    async wakePausedOn(pausedOn) {
      for (const { attempt } of active.values()) attempt.wokenOn.add(pausedOn);
      return store.write(async (writer) => {
        const paused = await listJobsPausedOn(writer, pausedOn);
        for (const { id } of paused) await resumeIn(writer, id);
        return paused.length;
      });
    },
    settled,
    find,
    async list() {
      const newest = await listJobs(store.read, LISTED);
      const ids = new Set(newest.map(({ id }) => id));
      const open = await listJobsIn(store.read, OPEN);
      const older = open.filter(({ id }) => !ids.has(id)).toReversed();
      return Promise.all(
        [...newest, ...older].map((row) =>
          describeJob(store.read, row, active.get(row.id)?.attempt.live ?? null),
        ),
      );
    },
    discard: (jobId) =>
      store.write(async (writer) => {
        const isDiscarded = await deleteJobIn(writer, jobId, ["dead"]);
        if (isDiscarded) store.afterCommit(() => changedState(jobId));
        return isDiscarded;
      }),
    watch: broadcast.watch,
    wake: alarm.wake,
    stop,
  };
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
