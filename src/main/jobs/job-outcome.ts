import type { Failure } from "#shared/domain/failure.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { type JobEnd, pausedOnOf } from "./job-kind.ts";

/** Why a run was told to stop before it ended by itself. */
export type Interruption = "cancel" | "stop";

/** How a call of `run` came back. */
export type RunResult =
  | { readonly returned: JobEnd }
  /** It gave up because it was told to stop. */
  | { readonly aborted: true }
  /** It could not save its work. */
  | { readonly storeFailed: Failure }
  /** A bug, already in the log; `failure` is what the operator sees of it. */
  | { readonly defect: Failure };

/** What becomes of the job. */
export type JobOutcome =
  | { readonly next: "ended"; readonly state: "done" | "cancelled" | "paused" | "dead"; readonly end: JobEnd }
  | {
      readonly next: "retry";
      readonly failure: Failure;
      readonly untilMs: EpochMs;
      readonly attempts: number;
      /** What has it tried at once. */
      readonly pausedOn: readonly string[];
    }
  /** Taken up where it is by the next start. */
  | { readonly next: "interrupted" };

/**
 * Decides what becomes of a job after a run. Pure. A wish to cancel wins over a failure or a pause, but not over work
 * that got done. A shutdown ends nothing. A failure of the store is no failed attempt: the work itself met no problem.
 */
export function decideOutcome(
  result: RunResult,
  job: {
    readonly interruption: Interruption | null;
    /** Failed attempts before this one. */
    readonly attempts: number;
    readonly maxAttempts: number;
    /** When it may be tried again, if the failure names no time itself. */
    readonly retryAtMs: EpochMs;
  },
): JobOutcome {
  if ("returned" in result && result.returned.end === "done") {
    return { next: "ended", state: "done", end: result.returned };
  }
  if (job.interruption === "cancel" || (job.interruption === null && isCancelled(result))) {
    return { next: "ended", state: "cancelled", end: { end: "cancelled" } };
  }
  if ("returned" in result && result.returned.end === "paused") {
    return { next: "ended", state: "paused", end: result.returned };
  }
  if ("defect" in result) return gaveUp(result.defect);
  if (job.interruption === "stop") return { next: "interrupted" };
  if ("storeFailed" in result) {
    return {
      next: "retry",
      failure: result.storeFailed,
      untilMs: job.retryAtMs,
      attempts: job.attempts,
      pausedOn: [],
    };
  }
  if ("returned" in result && result.returned.end === "failed") {
    const { failure, notBeforeMs } = result.returned;
    const attempts = job.attempts + 1;
    if (attempts >= job.maxAttempts) return gaveUp(failure);
    const pausedOn = pausedOnOf(result.returned);
    return { next: "retry", failure, untilMs: notBeforeMs ?? job.retryAtMs, attempts, pausedOn };
  }
  return { next: "interrupted" };
}

function isCancelled(result: RunResult): boolean {
  return "returned" in result && result.returned.end === "cancelled";
}

function gaveUp(failure: Failure): JobOutcome {
  return { next: "ended", state: "dead", end: { end: "failed", failure } };
}
