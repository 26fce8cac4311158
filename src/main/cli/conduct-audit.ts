import type { Application } from "#main/compose.ts";
import type { Run } from "#shared/domain/coverage.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import type { AuditOptions } from "./audit-options.ts";
import { chooseConnections } from "./choose-connections.ts";
import type { CommandResult } from "./command.ts";
import type { Operator } from "./operator.ts";
import { readAuditEnd } from "./read-audit-end.ts";
import { tellRuns } from "./tell-runs.ts";
import type { Terminal } from "./terminal.ts";
import { findAuditToGoOnWith, goOnWith } from "./unfinished-audit.ts";
import { waitForAudit } from "./wait-for-audit.ts";
import { writeReport } from "./write-report.ts";

/**
 * Runs (or goes on with) one audit in an open profile: plan, progress, report, and the messages about it. Ctrl+C cancels
 * it in good order.
 */
export async function conductAudit(
  application: Application,
  options: AuditOptions,
  operator: Operator,
): Promise<CommandResult> {
  const { terminal, interrupted } = operator;
  const connectionIds = await chooseConnections(application, options);
  if (!connectionIds.ok) return { end: "failed", failure: connectionIds.error };
  if (interrupted.aborted) return { end: "failed", failure: failure("job/cancelled") };

  await application.insights.beginTelling();
  const run = await beginOrGoOn(application, options, connectionIds.value, terminal);
  if (!run.ok) return { end: "failed", failure: run.error };
  // What the clock would start belongs to the window.
  await application.jobs.start({ schedules: false });
  const patienceMs = options.patience * 1_000;
  const { gaveUpOn } = await waitForAudit(application, run.value, { terminal, interrupted, patienceMs });
  if (gaveUpOn) terminal.note(`Given up for now after ${options.patience} s; muster audit goes on with it.`);
  const result = await report(application, run.value, options, terminal, gaveUpOn);
  await tellRuns(application, operator);
  return result;
}

async function beginOrGoOn(
  application: Application,
  options: AuditOptions,
  connectionIds: ConnectionId[],
  terminal: Terminal,
): Promise<Result<Run, Failure>> {
  const { coverage } = application;
  const unfinished = await findAuditToGoOnWith(application, options, connectionIds);
  if (!unfinished.ok) return unfinished;
  if (unfinished.value) {
    const run = unfinished.value;
    terminal.note(
      `Going on with audit ${run.id} of ${new Date(run.startedAtMs).toISOString()}, ${run.calls} calls made so far.`,
    );
    const resumed = await goOnWith(application, run);
    return resumed.ok ? ok(run) : resumed;
  }
  if (options.new === true) {
    const left = await coverage.findUnfinishedRun({ connectionIds, orCancelled: false });
    if (left) await coverage.cancel({ runId: left.id });
  }
  const input = { connectionIds, strategy: options.strategy, facts: options.facts };
  await notePlan(application, input, terminal);
  const started = await coverage.start(input, "command-line");
  if (!started.ok) return started;
  const begun = await coverage.getRun(started.value);
  return begun.ok ? ok(begun.value.run) : begun;
}

async function notePlan(
  { coverage }: Application,
  input: Parameters<Application["coverage"]["plan"]>[0],
  terminal: Terminal,
): Promise<void> {
  const plan = await coverage.plan(input);
  for (const { label, chosen, costs, allFacts, problem } of plan.connections) {
    if (problem) terminal.note(`${label}: ${problem.message} [${problem.code}]`);
    for (const { strategy, calls, durationMs } of costs) {
      const mark = strategy === chosen ? "→" : " ";
      terminal.note(
        `${mark} ${label}: ${strategy}, about ${calls} calls, ${Math.ceil(durationMs / 1_000)} s`,
      );
    }
    if (allFacts && input.facts !== "all") {
      const { calls, durationMs } = allFacts;
      terminal.note(
        `  ${label}: every group's settings (--facts all) are ${calls} calls, ${Math.ceil(durationMs / 1_000)} s`,
      );
    }
  }
}

/** The results are the answer however the audit ended; a report that cannot be written takes none of them away. */
async function report(
  application: Application,
  { id: runId }: Run,
  options: AuditOptions,
  terminal: Terminal,
  gaveUpOn: Failure | null,
): Promise<CommandResult> {
  const end = await readAuditEnd(application, runId, gaveUpOn);
  if (!end.ok) return { end: "failed", failure: end.error };
  const { answer, lines, result, state } = end.value;
  terminal.answer(answer);
  for (const line of lines) {
    if (result.end === "failed") terminal.note(line);
    else terminal.say(line);
  }
  const hasEnded = state !== "running" && state !== "waiting" && state !== "paused";
  if (options.out === undefined || !hasEnded) return result;
  const written = await writeReport(application.coverage, runId, options.out);
  if (!written.ok) return { end: "failed", failure: written.error };
  terminal.note(`Report: ${written.value.path}`);
  return result;
}
