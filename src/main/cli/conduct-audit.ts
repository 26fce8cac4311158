import type { Application } from "#main/compose.ts";
import type { Run } from "#shared/domain/coverage.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { type ConnectionId, RunId } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { CommandResult } from "./command.ts";
import type { AuditOptions } from "./commands/audit.ts";
import { followProgress } from "./follow-progress.ts";
import { describeReport } from "./report-answer.ts";
import type { Terminal } from "./terminal.ts";
import { writeReport } from "./write-report.ts";

/** Runs (or goes on with) one audit in an open profile: plan, progress, report. Ctrl+C cancels it in good order. */
export async function conductAudit(
  application: Application,
  options: AuditOptions,
  terminal: Terminal,
): Promise<CommandResult> {
  const connectionIds = await chooseConnections(application, options);
  if (!connectionIds.ok) return { end: "failed", failure: connectionIds.error };
  const interrupted = await findInterrupted(application, options);
  if (!interrupted.ok) return { end: "failed", failure: interrupted.error };

  await application.jobs.start();
  const runId = interrupted.value
    ? await goOn(application, interrupted.value, terminal)
    : await begin(application, options, connectionIds.value, terminal);
  if (!runId.ok) return { end: "failed", failure: runId.error };

  const stopFollowing = followProgress(application, runId.value, terminal);
  const cancel = () => {
    terminal.note("Cancelling…");
    void application.coverage.cancel({ runId: runId.value });
  };
  process.once("SIGINT", cancel);
  process.once("SIGTERM", cancel);
  try {
    await application.coverage.waitForEnd(runId.value);
  } finally {
    process.off("SIGINT", cancel);
    process.off("SIGTERM", cancel);
    await stopFollowing();
  }
  return report(application, runId.value, options, terminal);
}

async function chooseConnections(
  { connections }: Application,
  options: AuditOptions,
): Promise<Result<ConnectionId[], Failure>> {
  if (options.sandbox === true) {
    const opened = await connections.openSandbox({
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.world === undefined ? {} : { world: options.world }),
      ...(options.limits === undefined ? {} : { limits: options.limits }),
    });
    return opened.ok ? ok([opened.value.id]) : opened;
  }
  const known = await connections.list();
  const wanted = known.filter(
    ({ platform, isSandbox }) => !isSandbox && (options.slack !== true || platform === "slack"),
  );
  return wanted.length === 0 ? err(failure("input/nothing-to-audit")) : ok(wanted.map(({ id }) => id));
}

/** The run to go on with: the one asked for, or one that a killed command line left behind. */
async function findInterrupted(
  { coverage }: Application,
  options: AuditOptions,
): Promise<Result<Run | null, Failure>> {
  if (typeof options.resume === "string") {
    const found = await coverage.getRun({ runId: RunId.parse(options.resume) });
    return found.ok ? ok(found.value.run) : found;
  }
  const { items } = await coverage.listRuns({ cursor: null, limit: 20 });
  const unfinished = items.find(
    ({ state }) => state === "running" || state === "waiting" || state === "paused",
  );
  if (unfinished) return ok(unfinished);
  if (options.resume !== true) return ok(null);
  const cancelled = items.find(({ state }) => state === "cancelled");
  return cancelled ? ok(cancelled) : err(failure("job/not-resumable", {}, "There is no interrupted audit."));
}

async function goOn(
  { coverage }: Application,
  run: Run,
  terminal: Terminal,
): Promise<Result<RunId, Failure>> {
  terminal.note(`Going on with audit ${run.id}, interrupted after ${run.calls} calls.`);
  if (run.state === "running" || run.state === "waiting") return ok(run.id);
  const resumed = await coverage.resume({ runId: run.id });
  return resumed.ok ? ok(run.id) : resumed;
}

async function begin(
  { coverage }: Application,
  options: AuditOptions,
  connectionIds: ConnectionId[],
  terminal: Terminal,
): Promise<Result<RunId, Failure>> {
  const input = { connectionIds, strategy: options.strategy };
  const plan = await coverage.plan(input);
  for (const { label, chosen, costs, problem } of plan.connections) {
    if (problem) terminal.note(`${label}: ${problem.message} [${problem.code}]`);
    for (const { strategy, calls, durationMs } of costs) {
      const mark = strategy === chosen ? "→" : " ";
      terminal.note(
        `${mark} ${label}: ${strategy}, about ${calls} calls, ${Math.ceil(durationMs / 1_000)} s`,
      );
    }
  }
  const started = await coverage.start(input, "command-line");
  return started.ok ? ok(started.value.runId) : started;
}

async function report(
  { coverage, team }: Application,
  runId: RunId,
  options: AuditOptions,
  terminal: Terminal,
): Promise<CommandResult> {
  const made = await coverage.getReport(runId);
  if (!made.ok) return { end: "failed", failure: made.error };
  const { run } = made.value;
  if (options.out !== undefined) {
    const written = await writeReport(coverage, runId, options.out);
    if (!written.ok) return { end: "failed", failure: written.error };
    terminal.note(`Report: ${written.value.path}`);
  }
  const { answer, lines } = describeReport(made.value, (await team.get()).team);
  if (run.state === "failed" || run.state === "paused") {
    for (const line of lines) terminal.note(line);
    return { end: "failed", failure: run.failure ?? failure("job/cancelled") };
  }
  terminal.answer(answer);
  for (const line of lines) terminal.say(line);
  if (run.state === "cancelled") return { end: "cancelled" };
  return { end: run.state === "partial" ? "partial" : "ok" };
}
