import type { Application } from "#main/compose.ts";
import type { Run } from "#shared/domain/coverage.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { RunId } from "#shared/domain/ids.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import type { CommandResult } from "./command.ts";
import { describeReport } from "./report-answer.ts";

/** An audit that came to rest: what `--json` prints of it, what a person reads, and how the command ends for it. */
export interface AuditEnd {
  readonly answer: object;
  readonly lines: readonly string[];
  readonly result: CommandResult;
  readonly state: Run["state"];
}

/** `gaveUpOn` is why the command does not wait for the audit any longer; null when it ended or waits for somebody. */
export async function readAuditEnd(
  { coverage, team }: Pick<Application, "coverage" | "team">,
  runId: RunId,
  gaveUpOn: Failure | null,
): Promise<Result<AuditEnd, Failure>> {
  const made = await coverage.getReport(runId);
  if (!made.ok) return made;
  const { run } = made.value;
  const { answer, lines } = describeReport(made.value, (await team.get()).team);
  return ok({
    answer: gaveUpOn ? { ...answer, state: "waiting", failure: gaveUpOn } : answer,
    lines,
    result: resultOf(run, gaveUpOn),
    state: run.state,
  });
}

function resultOf(run: Run, gaveUpOn: Failure | null): CommandResult {
  const problem = gaveUpOn ?? problemOf(run);
  if (problem) return { end: "failed", failure: problem };
  if (run.state === "cancelled") return { end: "cancelled" };
  return { end: run.state === "partial" ? "partial" : "ok" };
}

function problemOf({ state, failure: why }: Run): Failure | null {
  return state === "failed" || state === "paused" ? (why ?? failure("job/cancelled")) : null;
}
