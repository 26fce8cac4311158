import type { EndedJob, JobEnd } from "#main/jobs/job-kind.ts";
import { findRun, setRunOutcome } from "#main/store/queries/coverage-runs.ts";
import type { Writer } from "#main/store/store.ts";
import type { RunState } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import type { CoverageDeps } from "./audit-deps.ts";
import type { AuditPayload } from "./audit-payload.ts";
import { type SettledRun, settleRun } from "./settle-run.ts";

/**
 * Settles the run from its evidence and writes what it came to, in the transaction that ends or pauses its job:
 * results, totals, state and a line of the activity log are kept or lost together.
 */
export async function endAudit(
  deps: CoverageDeps,
  end: JobEnd,
  job: EndedJob<AuditPayload>,
  writer: Writer,
): Promise<void> {
  const { runId } = job.payload;
  const settled = await settleRun(writer, runId);
  if (settled === null) return;
  const stopFailure = end.end === "paused" || end.end === "failed" ? end.failure : null;
  const state = stateAfter(end, settled);
  await setRunOutcome(writer, runId, {
    state,
    finishedAtMs: state === "paused" ? null : deps.clock.nowMs(),
    elapsedMs: job.workedMs,
    failure: stopFailure ?? (state === "completed" ? null : settled.failure),
    ...totalsOf(settled),
  });
  const run = await findRun(writer, runId);
  await deps.activity.record(writer, {
    // Only the operator cancels; everything else the job does by itself.
    ...(end.end === "cancelled" ? {} : { actor: "job-runner" }),
    action: `coverage.audit-${end.end === "cancelled" || end.end === "paused" ? end.end : "finished"}`,
    target: runId,
    why: stopFailure?.message ?? null,
    outcome: state === "failed" || state === "paused" ? "failed" : "done",
    details: {
      state,
      groups: settled.groups,
      present: settled.present,
      absent: settled.absent,
      unknown: settled.unknown,
      calls: run?.calls ?? 0,
    },
  });
  deps.store.afterCommit(() => {
    deps.announce("runs");
    deps.announce("activity");
  });
}

/** Settles what is known of a run that goes on only after a long wait; its state stays. */
export async function settleMeanwhile(
  deps: Pick<CoverageDeps, "store" | "announce">,
  runId: RunId,
  writer: Writer,
): Promise<void> {
  const settled = await settleRun(writer, runId);
  if (settled === null) return;
  await setRunOutcome(writer, runId, totalsOf(settled));
  deps.store.afterCommit(() => deps.announce("runs"));
}

function totalsOf(settled: SettledRun) {
  const { groups, people, present, absent, unknown, requiredTotal, requiredPresent } = settled;
  return { groups, people, present, absent, unknown, requiredTotal, requiredPresent };
}

function stateAfter(
  end: JobEnd,
  settled: { readonly isComplete: boolean; readonly sawNothing: boolean },
): RunState {
  switch (end.end) {
    case "done":
      if (settled.sawNothing) return "failed";
      return settled.isComplete ? "completed" : "partial";
    case "cancelled":
      return "cancelled";
    case "paused":
      return "paused";
    case "failed":
      return "failed";
  }
}
