import { z } from "zod";
import { Failure } from "./failure.ts";
import { EpochMs, JobId } from "./ids.ts";

/**
 * `queued` waits for its turn, `running` works, `waiting` sleeps until `wait.untilMs`, `paused` needs the operator
 * (see `failure`); the rest are ends. `dead` gave up and is a dead letter.
 */
export const JobState = z.enum(["queued", "running", "waiting", "paused", "done", "cancelled", "dead"]);
export type JobState = z.infer<typeof JobState>;

/** Why work stands still, and until when. */
export const Wait = z.object({ why: z.string(), untilMs: EpochMs });
export type Wait = z.infer<typeof Wait>;

/** How far a job is. `etaMs` is the expected remaining time; null while unknown. */
export const Progress = z.object({
  phase: z.string(),
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative().nullable(),
  etaMs: z.number().nonnegative().nullable(),
  waiting: Wait.nullable(),
});
export type Progress = z.infer<typeof Progress>;

export const Job = z.object({
  id: JobId,
  kind: z.string(),
  title: z.string(),
  state: JobState,
  progress: Progress,
  attempts: z.number().int().nonnegative(),
  failure: Failure.nullable(),
  createdAtMs: EpochMs,
  startedAtMs: EpochMs.nullable(),
  finishedAtMs: EpochMs.nullable(),
});
export type Job = z.infer<typeof Job>;
