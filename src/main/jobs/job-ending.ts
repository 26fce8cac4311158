import { shiftJobItemWaits } from "#main/store/queries/job-items.ts";
import { type JobChange, type JobRow, updateJob, updateJobIn } from "#main/store/queries/jobs.ts";
import type { Writer } from "#main/store/store.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { type JobEnd, type JobKind, pausedOnOf } from "./job-kind.ts";
import type { JobOutcome } from "./job-outcome.ts";

/** Nothing is waited for. */
export const NO_WAIT = { waitWhy: null, waitSinceMs: null, waitUntilMs: null } as const;

/** Writes what became of a job after a run, and lets its kind add to it, in the transaction of `writer`. */
export async function keepOutcome(
  writer: Writer,
  kind: JobKind<unknown> | null,
  row: JobRow,
  outcome: JobOutcome,
  now: { readonly nowMs: EpochMs; readonly workedMs: number },
): Promise<void> {
  const { nowMs, workedMs } = now;
  switch (outcome.next) {
    case "interrupted":
      await updateJob(writer, row.id, { workedMs });
      // One that waits keeps waiting while Muster is closed.
      await updateJobIn(writer, row.id, ["running"], { state: "queued" });
      return;
    case "retry":
      await updateJob(writer, row.id, {
        state: "waiting",
        attempts: outcome.attempts,
        failure: outcome.failure,
        waitWhy: outcome.failure.message,
        waitSinceMs: nowMs,
        waitUntilMs: outcome.untilMs,
        pausedOn: keepNames(outcome.pausedOn),
        workedMs,
      });
      return;
    case "ended":
      await updateJob(writer, row.id, { ...endChange(outcome.state, outcome.end, nowMs), workedMs });
      await tellKind(writer, kind, row, outcome.end, workedMs);
  }
}

/** What a job's row says once it has ended or paused. */
export function endChange(
  state: "done" | "cancelled" | "paused" | "dead",
  end: JobEnd,
  nowMs: EpochMs,
): JobChange {
  return {
    ...NO_WAIT,
    state,
    failure: failureOf(end),
    pausedOn: state === "paused" ? keepNames(pausedOnOf(end)) : null,
    cancelRequested: false,
    finishedAtMs: state === "paused" ? null : nowMs,
  };
}

/** One a line, as `listJobsPausedOn` looks for them. */
function keepNames(pausedOn: readonly string[]): string | null {
  return pausedOn.length === 0 ? null : pausedOn.join("\n");
}

/** Calls the kind's `onEnd`. A payload that no longer fits the kind never ran, so there is nothing to tell. */
export async function tellKind(
  writer: Writer,
  kind: JobKind<unknown> | null,
  row: JobRow,
  end: JobEnd,
  workedMs: number,
): Promise<void> {
  const payload = kind?.payload.safeParse(row.payload);
  if (!kind?.onEnd || !payload?.success) return;
  await kind.onEnd(end, { jobId: row.id, payload: payload.data, workedMs }, writer);
}

/**
 * The time a persisted wait ends. When the clock now shows less than it did when the wait began, it was set back
 * meanwhile: the wait and those of the job's items then count from now.
 */
export async function reanchorWait(writer: Writer, row: JobRow, nowMs: EpochMs): Promise<EpochMs> {
  const { waitSinceMs, waitUntilMs } = row;
  if (waitUntilMs === null) return nowMs;
  if (waitSinceMs === null || waitSinceMs <= nowMs) return waitUntilMs;
  const byMs = nowMs - waitSinceMs;
  await shiftJobItemWaits(writer, row.id, byMs);
  await updateJob(writer, row.id, { waitSinceMs: nowMs, waitUntilMs: waitUntilMs + byMs });
  return waitUntilMs + byMs;
}

function failureOf(end: JobEnd): Failure | null {
  return end.end === "paused" || end.end === "failed" ? end.failure : null;
}
