import type { Application } from "#main/compose.ts";
import type { GroupLines } from "#shared/contract/membership.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { OperationDetail, OperationId, OperationRequest } from "#shared/domain/operation.ts";
import { hasEnded, isPlan } from "#shared/domain/operation-phase.ts";
import { err, type Result } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { CommandResult } from "../command.ts";
import type { Operator } from "../operator.ts";
import type { Prompt } from "../prompt.ts";
import { tellRuns } from "../tell-runs.ts";
import { describeAnswer, readSteps } from "./answer-operation.ts";
import { describeOperation, describeSteps } from "./operation-words.ts";
import { waitForOperation } from "./wait-for-operation.ts";
import { writeOperationReport } from "./write-operation-report.ts";

/** What a plan needs besides an answer of the platforms; an operation that was confirmed before is left as it is. */
const PLANNING = ["membership.plan"];
/** What carries it out, writes its files and tells of it. */
const RUNNING = [...PLANNING, "membership.run", "membership.report", "insights.tell"];

/** How an operation is conducted. */
export interface Conduct extends Operator {
  readonly prompt: Prompt;
  /** Nothing is changed without it. */
  readonly yes?: true;
  /** What has to be typed before removals. */
  readonly confirm?: string;
  readonly patienceMs: number;
  /** Where to write its report. */
  readonly out?: string;
  readonly groupLines?: GroupLines | null;
}

/** Plans an operation and shows it; with `yes` it is confirmed, run and told of, otherwise it waits as a plan. */
export async function conductRequest(
  application: Application,
  request: OperationRequest,
  how: Conduct,
): Promise<CommandResult> {
  const { membership } = application;
  if (how.interrupted.aborted) return stopped(how);
  const begun = await membership.plan(request);
  if (!begun.ok) return failed(begun.error);
  const { operationId } = begun.value;
  await startJobs(application, operationId, how);
  const planned = await waitForPlan(application, operationId, how);
  if (!planned.ok) {
    if (planned.error !== "interrupted") return failed(planned.error);
    // Nobody saw it.
    await membership.discard({ operationId });
    return stopped(how);
  }
  return showAndRun(application, planned.value, how);
}

/** Shows a plan that was made before; with `yes` it is run as it was shown. */
export async function conductPlanned(
  application: Application,
  operation: OperationDetail,
  how: Conduct,
): Promise<CommandResult> {
  if (operation.state !== "planned")
    return failed(failure("membership/not-planned", { operationId: operation.id, state: operation.state }));
  await startJobs(application, operation.id, how);
  return showAndRun(application, operation, how);
}

/** Goes on with an operation that was confirmed before, as far as it goes. */
export async function conductRest(
  application: Application,
  operation: OperationDetail,
  how: Omit<Conduct, "yes" | "confirm">,
): Promise<CommandResult> {
  const { membership } = application;
  const { id: operationId, state } = operation;
  if (isPlan(state))
    return failed({
      ...failure("membership/not-planned", { operationId, state }, "It was never begun."),
      todo: `Carry it out with muster members run ${operationId} --yes.`,
    });
  // One that was left at work goes on by itself.
  if (state !== "running" && state !== "waiting") {
    const resumed = await membership.resume({ operationId });
    if (!resumed.ok) return failed(resumed.error);
  }
  await startJobs(application, operationId, { ...how, yes: true });
  return runToRest(application, operationId, how);
}

async function startJobs(
  { jobs, membership, insights }: Application,
  operationId: OperationId,
  { yes, terminal }: Pick<Conduct, "yes" | "terminal">,
): Promise<void> {
  if (yes === true) {
    for (const { id, title, state } of (await membership.list({ cursor: null, limit: 100 })).items) {
      if (id !== operationId && (state === "running" || state === "waiting"))
        terminal.note(`Meanwhile going on with “${title}” (${id}), which was confirmed before.`);
    }
  }
  if (yes === true) await insights.beginTelling();
  // What the clock would start belongs to the window.
  await jobs.start({ schedules: false, kinds: yes === true ? RUNNING : PLANNING });
}

async function waitForPlan(
  application: Application,
  operationId: OperationId,
  how: Conduct,
): Promise<Result<OperationDetail, Failure | "interrupted">> {
  const rest = await waitForOperation(application, operationId, how);
  if (!rest.rests) return err(rest.gaveUpOn ?? "interrupted");
  const planned = await application.membership.get({ operationId });
  if (!planned.ok) return planned;
  const { state, failure: why } = planned.value;
  return state === "planned"
    ? planned
    : err(why ?? failure("membership/not-planned", { operationId, state }));
}

async function showAndRun(
  application: Application,
  operation: OperationDetail,
  how: Conduct,
): Promise<CommandResult> {
  const { terminal } = how;
  const { id: operationId, counts } = operation;
  const steps = await readSteps(application, operationId);
  if (!steps.ok) return failed(steps.error);
  const lines = [
    ...describeSteps(steps.value, operation.state),
    ...describeOperation(operation, systemClock.nowMs()),
  ];
  const isNothing = counts.planned === 0;
  if (how.yes !== true || isNothing) {
    for (const line of lines) terminal.say(line);
    terminal.answer(
      describeAnswer(operation, steps.value, {
        dryRun: how.yes !== true,
        groupLines: how.groupLines ?? null,
      }),
    );
    if (isNothing) terminal.say("There is nothing to change.");
    else terminal.say(`Nothing was changed. ${howToRun(operation)}`);
    const written = await writeOperationReport(application, operationId, how);
    if (written !== null) return failed(written);
    return { end: isIncomplete(operation, how.yes === true) ? "partial" : "ok" };
  }
  for (const line of lines) terminal.note(line);
  const typed =
    operation.typedConfirmation === null ? null : await readTyped(operation.typedConfirmation, how);
  // Ctrl+C at the question, or no answer to it, is no mistyped one.
  const isLeft = typed === null && operation.typedConfirmation !== null && how.prompt.isInteractive;
  if (how.interrupted.aborted || isLeft) return stopped(how);
  const confirmed = await application.membership.confirm({ operationId, typed });
  if (!confirmed.ok) return failed(confirmed.error);
  if (confirmed.value.state === "awaiting-approval")
    return waitForApproval(application, confirmed.value, how);
  return runToRest(application, operationId, how);
}

/** What was given with `--confirm`, else what the person at the terminal types. */
async function readTyped(wanted: string, { confirm, prompt }: Conduct): Promise<string | null> {
  if (confirm !== undefined || !prompt.isInteractive) return confirm ?? null;
  return prompt.ask(`Type “${wanted}” to confirm:`);
}

function howToRun({ id, typedConfirmation }: OperationDetail): string {
  const confirm = typedConfirmation === null ? "" : ` --confirm "${typedConfirmation}"`;
  return `To carry it out: muster members run ${id} --yes${confirm}`;
}

/** Some of what was asked for cannot be done, or nobody could be asked about it. */
function isIncomplete({ problems, counts }: OperationDetail, isToRun: boolean): boolean {
  return problems.length > 0 || (isToRun && counts.refused > 0);
}

async function waitForApproval(
  application: Application,
  operation: OperationDetail,
  { terminal }: Conduct,
): Promise<CommandResult> {
  const steps = await readSteps(application, operation.id);
  if (!steps.ok) return failed(steps.error);
  terminal.answer(describeAnswer(operation, steps.value, { dryRun: false }));
  terminal.say(`It is confirmed, and begins once somebody else has approved it: ${operation.id}`);
  return { end: "partial" };
}

async function runToRest(
  application: Application,
  operationId: OperationId,
  how: Omit<Conduct, "yes" | "confirm">,
): Promise<CommandResult> {
  const { terminal } = how;
  const rest = await waitForOperation(application, operationId, how);
  if (rest.rests) await application.membership.settleLogs({ operationId });
  // In good order: what is under way comes to its end first, and is in the answer.
  else await application.jobs.stop();
  const operation = await application.membership.get({ operationId });
  if (!operation.ok) return failed(operation.error);
  const steps = await readSteps(application, operationId);
  if (!steps.ok) return failed(steps.error);
  const result = resultOf(operation.value, rest.rests ? null : (rest.gaveUpOn ?? "interrupted"));
  const lines = [
    ...describeSteps(steps.value, operation.value.state),
    ...describeOperation(operation.value, systemClock.nowMs()),
  ];
  for (const line of lines) {
    if (result.end === "failed") terminal.note(line);
    else terminal.say(line);
  }
  terminal.answer(
    describeAnswer(operation.value, steps.value, { dryRun: false, groupLines: how.groupLines ?? null }),
  );
  if (rest.rests) await tellRuns(application, how);
  if (!hasEnded(operation.value.state))
    terminal.note(
      `It can be gone on with: muster members resume ${operationId}, or the window when it next opens.`,
    );
  const written = await writeOperationReport(application, operationId, how);
  return written === null ? result : failed(written);
}

function resultOf(
  { state, counts, failure: why }: OperationDetail,
  leftFor: Failure | "interrupted" | null,
): CommandResult {
  if (hasEnded(state)) {
    if (state === "failed") return failed(why ?? failure("job/internal-error"));
    if (state === "cancelled") return { end: "cancelled" };
    const isAllDone = state === "done" && counts.refused + counts.failed + counts.unclear === 0;
    return { end: isAllDone ? "ok" : "partial" };
  }
  if (leftFor === "interrupted") return { end: "cancelled" };
  return failed(leftFor ?? why ?? failure("job/cancelled"));
}

/** Before anything was confirmed. */
function stopped({ terminal }: Pick<Conduct, "terminal">): CommandResult {
  const why = { ...failure("job/cancelled"), todo: "Nothing was changed. Start it again." };
  terminal.answerFailure(why);
  terminal.note(`${why.message} ${why.todo}`);
  return { end: "cancelled" };
}

function failed(why: Failure): CommandResult {
  return { end: "failed", failure: why };
}
