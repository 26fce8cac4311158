import type { JobId } from "#shared/domain/ids.ts";
import type { Job } from "#shared/domain/job.ts";
import type { Writer } from "#main/store/store.ts";
import type { JobKind } from "./job-kind.ts";
import type { Schedules } from "./schedule.ts";

/** Keeps jobs running across crashes, sleep and restarts. One runner per profile (see the profile lock). */
export interface JobRunner {
  /** What is to be started at set times. */
  readonly schedules: Schedules;
  /** Makes a kind known. All kinds are registered before `start`. */
  register<Payload>(kind: JobKind<Payload>): void;
  /**
   * Takes up everything that was queued, running or waiting when the last process ended. Without `schedules` nothing is
   * started by the clock: for a process that is there for one piece of work. With `kinds` jobs of any other kind stay
   * as they are, for a process that must not go on with them.
   */
  start(options?: { readonly schedules: boolean; readonly kinds?: readonly string[] }): Promise<void>;
  /** Persists a new job inside the caller's transaction; it starts once that commits. */
  enqueue<Payload>(
    writer: Writer,
    job: { readonly kind: JobKind<Payload>; readonly title: string; readonly payload: Payload },
  ): Promise<JobId>;
  /** Asks a job to stop; resolves when it has. Harmless on an ended job. */
  cancel(jobId: JobId): Promise<void>;
  /** Queues a paused, cancelled, dead or waiting job again, the last before its time; false when it is in no such state. */
  resume(jobId: JobId): Promise<boolean>;
  /** Queues every job that is paused on this, or waits for what this makes obsolete. Returns how many. */
  wakePausedOn(pausedOn: string): Promise<number>;
  /** Resolves when the job is done, cancelled, paused or dead; rejects when the runner stops before that. */
  settled(jobId: JobId): Promise<Job>;
  find(jobId: JobId): Promise<Job | null>;
  /** The 100 newest, newest first; behind them older ones that have not ended, and older dead letters. */
  list(): Promise<Job[]>;
  /** Removes a dead letter; false when it is none. */
  discard(jobId: JobId): Promise<boolean>;
  /** Hears every change of any job, progress included, at most ten times a second per job. Returns the way to stop. */
  watch(listener: (job: Job) => void): () => void;
  /** Called when the computer wakes up: due waits and missed schedules are looked at again. */
  wake(): void;
  /** Stops taking work, lets steps in flight end their transaction, leaves the rest for the next start. */
  stop(): Promise<void>;
}
