import { findJob, type JobRow, listJobsIn, updateJobIn } from "#main/store/queries/jobs.ts";
import type { Store } from "#main/store/store.ts";
import type { JobId } from "#shared/domain/ids.ts";
import type { Log } from "#shared/lib/log.ts";
import type { Clock, EpochMs } from "#shared/lib/time.ts";
import { type Alarm, createDeadline } from "./alarm.ts";
import { reportDefect } from "./defect.ts";
import { NO_WAIT, reanchorWait } from "./job-ending.ts";
import type { Persistently } from "./persistence.ts";

/** Jobs that wait for a time without being in a run: queued again when it has come. */
export interface JobWaits {
  /** Takes up every wait that the last process left. */
  armAll(): Promise<void>;
  armIfWaiting(jobId: JobId): Promise<void>;
  disarm(jobId: JobId): void;
}

export function createJobWaits(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly alarm: Alarm;
  readonly persistently: Persistently;
  /** Called once a job is queued again. */
  readonly requeued: (jobId: JobId) => void;
  readonly signal: AbortSignal;
}): JobWaits {
  const { store, clock, log, alarm, persistently } = deps;
  const armed = new Map<JobId, AbortController>();

  function arm(row: JobRow): void {
    const disarmed = new AbortController();
    const signal = AbortSignal.any([disarmed.signal, deps.signal]);
    armed.set(row.id, disarmed);
    waitAndRequeue(row, signal)
      .catch((error: unknown) => {
        if (!signal.aborted) reportDefect(log, "job-wait-defect", error, { jobId: row.id });
      })
      .finally(() => {
        if (armed.get(row.id) === disarmed) armed.delete(row.id);
      });
  }

  async function waitAndRequeue(row: JobRow, signal: AbortSignal): Promise<void> {
    await alarm.sleepUntil(createDeadline(clock, await findEnd(row)), signal);
    await persistently(() => requeue(row.id));
  }

  async function findEnd(row: JobRow): Promise<EpochMs> {
    let untilMs = row.cancelRequested ? clock.nowMs() : (row.waitUntilMs ?? clock.nowMs());
    if (row.waitSinceMs !== null && row.waitSinceMs > clock.nowMs()) {
      await persistently(() =>
        store.write(async (writer) => {
          untilMs = await reanchorWait(writer, row, clock.nowMs());
        }),
      );
    }
    return untilMs;
  }

  async function requeue(jobId: JobId): Promise<void> {
    await store.write(async (writer) => {
      const isOurs = await updateJobIn(writer, jobId, ["waiting"], { ...NO_WAIT, state: "queued" });
      if (isOurs) store.afterCommit(() => deps.requeued(jobId));
    });
  }

  return {
    async armAll() {
      for (const row of await listJobsIn(store.read, ["waiting"])) arm(row);
    },
    async armIfWaiting(jobId) {
      const row = await findJob(store.read, jobId);
      if (row?.state === "waiting" && !deps.signal.aborted) arm(row);
    },
    disarm(jobId) {
      armed.get(jobId)?.abort(new Error("disarmed"));
    },
  };
}
