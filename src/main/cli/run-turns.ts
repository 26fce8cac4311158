import type { Application } from "#main/compose.ts";
import type { TakenTurn } from "#main/features/insights/index.ts";
import { failure } from "#shared/domain/failure.ts";
import type { ScheduleId } from "#shared/domain/schedule.ts";
import type { CommandResult } from "./command.ts";
import type { Operator } from "./operator.ts";
import { type AuditEnd, readAuditEnd } from "./read-audit-end.ts";
import { tellRuns } from "./tell-runs.ts";
import { waitForAudit } from "./wait-for-audit.ts";

/** The worse the later: how a command with several audits ends is how the worst of them did. */
const FROM_BAD_TO_WORSE: readonly CommandResult["end"][] = ["ok", "partial", "cancelled", "failed"];

/**
 * Takes the turn of what is due, or of one schedule, waits for its audits and tells of them, as the window would have
 * done. Ctrl+C cancels them in good order.
 */
export async function runTurns(
  application: Application,
  which: ScheduleId | "due",
  how: Operator & { readonly patienceMs: number },
): Promise<CommandResult> {
  const { insights, jobs } = application;
  const { terminal, interrupted } = how;
  if (interrupted.aborted) return { end: "failed", failure: failure("job/cancelled") };
  await insights.beginTelling();
  // The clock starts nothing here: one turn, and no second one while the first is at work.
  await jobs.start({ schedules: false });
  const turns = await insights.takeTurns(which);
  if (turns.length === 0) await sayWhatIsNext(application, terminal);

  const ended: { answer: object; result: CommandResult }[] = [];
  for (const turn of turns) ended.push(await endTurn(application, turn, how));
  terminal.answer({ turns: ended.map(({ answer }) => answer) });
  await tellRuns(application, how);
  return ended.map(({ result }) => result).reduce(worse, { end: "ok" });
}

async function endTurn(
  application: Application,
  turn: TakenTurn,
  how: Operator & { readonly patienceMs: number },
): Promise<{ answer: object; result: CommandResult }> {
  const { terminal } = how;
  const { scheduleId, dueAtMs, missed, isLate, outcome, runId } = turn;
  const about = { schedule: scheduleId, dueAtMs, missed, isLate, outcome, failure: turn.failure };
  const run = runId === null ? null : await application.coverage.getRun({ runId });
  if (run === null || !run.ok) {
    const why = run?.error ?? turn.failure ?? failure("job/cancelled");
    return { answer: { ...about, failure: why, run: null }, result: { end: "failed", failure: why } };
  }
  if (outcome === "skipped") terminal.note(`${scheduleId}: its audit ${run.value.run.id} has not ended yet.`);
  const { gaveUpOn } = await waitForAudit(application, run.value.run, how);
  const end = await readAuditEnd(application, run.value.run.id, gaveUpOn);
  if (!end.ok) {
    return { answer: { ...about, run: null }, result: { end: "failed", failure: end.error } };
  }
  sayEnd(end.value, how);
  return { answer: { ...about, run: end.value.answer }, result: end.value.result };
}

function sayEnd({ lines, result }: AuditEnd, { terminal }: Operator): void {
  for (const line of lines) {
    if (result.end === "failed") terminal.note(line);
    else terminal.say(line);
  }
}

async function sayWhatIsNext({ insights }: Application, terminal: Operator["terminal"]): Promise<void> {
  const times = (await insights.listSchedules()).flatMap(({ nextAtMs }) => nextAtMs ?? []);
  const next =
    times.length === 0 ? "every schedule is off" : `next at ${new Date(Math.min(...times)).toISOString()}`;
  terminal.say(`Nothing is due; ${next}.`);
}

function worse(one: CommandResult, other: CommandResult): CommandResult {
  return FROM_BAD_TO_WORSE.indexOf(other.end) > FROM_BAD_TO_WORSE.indexOf(one.end) ? other : one;
}
