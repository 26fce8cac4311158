import type { z } from "zod";
import type { Writer } from "#main/store/store.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { JobId } from "#shared/domain/ids.ts";
import type { Wait } from "#shared/domain/job.ts";

/**
 * A kind of durable work. The runner persists every job before it starts and calls `run` again after a crash, a
 * closed lid, a pause or a retry: `run` must therefore be safe to repeat, and is, when all its effects are either
 * inside `save` or checked before they are repeated.
 */
export interface JobKind<Payload> {
  readonly kind: string;
  readonly payload: z.ZodType<Payload>;
  /** How often the whole job is tried again after a failure that may pass; then it is a dead letter. */
  readonly maxAttempts: number;
  /** How many jobs of this kind may run at the same time; 1 when left out. Others wait in the queue. */
  readonly atOnce?: number;
  run(job: JobRun<Payload>): Promise<JobEnd>;
  /** Called once, in the transaction that ends (or pauses) the job, with its final state. */
  onEnd?(end: JobEnd, job: EndedJob<Payload>, writer: Writer): Promise<void>;
}

export interface EndedJob<Payload> {
  readonly jobId: JobId;
  readonly payload: Payload;
  readonly workedMs: number;
}

/** How one call of `run` ended. */
export type JobEnd =
  | { readonly end: "done" }
  | { readonly end: "cancelled" }
  /**
   * Needs the operator; a later `wakePausedOn` must name one of `pausedOn` (connection ids). None: only the operator
   * resumes it.
   */
  | {
      readonly end: "paused";
      readonly failure: Failure;
      readonly pausedOn: string | readonly string[] | null;
    }
  /**
   * May pass: tried again after a growing delay, or not before `notBeforeMs`; earlier when `wakePausedOn` names one of
   * `pausedOn`.
   */
  | {
      readonly end: "failed";
      readonly failure: Failure;
      readonly notBeforeMs?: number;
      readonly pausedOn?: readonly string[];
    };

/** What a job's end names as waking it. */
export function pausedOnOf(end: JobEnd): readonly string[] {
  const named = end.end === "paused" || end.end === "failed" ? end.pausedOn : null;
  return typeof named === "string" ? [named] : (named ?? []);
}

/** What a running job may do. */
export interface JobRun<Payload> {
  readonly jobId: JobId;
  readonly payload: Payload;
  /** Aborted on cancel, pause and shutdown. */
  readonly signal: AbortSignal;
  /** Adds items that are not there yet; naming one twice is harmless. */
  addItems(phase: string, keys: readonly string[]): Promise<void>;
  /**
   * Calls `step` for every item of `phase` that is not done, at most `concurrency` at once. A step's `save` and the
   * item's new state are one transaction. One item's failure never stops the others; `stop` ends the phase early.
   */
  forEachItem(
    phase: string,
    options: { readonly concurrency: number },
    step: (item: JobItem) => Promise<ItemEnd>,
  ): Promise<PhaseEnd>;
  /** Shows (and persists) why the job stands still, until it is called with null. */
  showWait(wait: Wait | null): void;
  /** One transaction that belongs to no item. */
  save(action: (writer: Writer) => Promise<void>): Promise<void>;
}

export interface JobItem {
  readonly key: string;
  /** 1 on the first try. */
  readonly attempt: number;
  /** What the last `checkpoint` kept; undefined at first. */
  readonly checkpoint: unknown;
  readonly signal: AbortSignal;
  /** Keeps part of the item's work, so that a restart goes on from `checkpoint`. */
  saveCheckpoint(checkpoint: unknown, action: (writer: Writer) => Promise<void>): Promise<void>;
}

export type ItemEnd =
  | { readonly end: "done"; readonly save?: (writer: Writer) => Promise<void> }
  /** This item cannot be done; named and left. */
  | { readonly end: "failed"; readonly failure: Failure; readonly save?: (writer: Writer) => Promise<void> }
  /** Try this item again, not before `notBeforeMs`; after `maxItemAttempts` (5) it counts as failed. */
  | { readonly end: "again"; readonly failure: Failure; readonly notBeforeMs?: number }
  /** Stop the phase: no item after this can succeed either (a revoked token). The item stays pending. */
  | { readonly end: "stop"; readonly failure: Failure };

export interface PhaseEnd {
  readonly done: number;
  readonly failed: number;
  /** Set when a step ended with `stop`. */
  readonly stopped: Failure | null;
}
