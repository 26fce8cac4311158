import { type Command, Option } from "commander";
import type { Application } from "#main/compose.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { Recurrence } from "#shared/domain/recurrence.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { CommandResult, CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import type { Conduct } from "../members/conduct-operation.ts";
import { addWaitOptions } from "../members/member-options.ts";
import { findOperationNamed } from "../members/name-operation.ts";
import { waitForOperation } from "../members/wait-for-operation.ts";
import { withConduct } from "../members/with-conduct.ts";
import { tellRuns } from "../tell-runs.ts";
import { table } from "../terminal.ts";
import { withApplication } from "../with-application.ts";

interface AddOptions extends CommonOptions {
  readonly name?: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly confirmed?: true;
  readonly off?: true;
}

/** `muster members schedule …`: operations that are planned again and again. */
export function addScheduleCommand(commandLine: CommandLine, members: Command): void {
  const { terminal } = commandLine;
  const schedule = members
    .command("schedule")
    .description("operations that are planned again and again, while the window is open or by run");

  commandLine
    .common(schedule.command("list", { isDefault: true }))
    .description("show them, with the next time and the last turn of each")
    .action(async (options: CommonOptions) => {
      const result = await withApplication(commandLine, options, "read", async ({ membership }) => {
        const recurrences = await membership.listRecurrences();
        terminal.answer({ recurrences });
        const head = ["NAME", "RULE", "TIME ZONE", "ON", "BY ITSELF", "NEXT (UTC)", "LAST TURN"];
        const lines = recurrences.length === 0 ? ["None yet."] : table([head, ...recurrences.map(rowOf)]);
        for (const line of lines) terminal.say(line);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });

  commandLine
    .common(schedule.command("add").argument("<operation>", "which one to repeat: its id, or latest"))
    .description("plan what an operation was planned from again and again")
    .option("--name <name>", "what to call it; else by what it does")
    .requiredOption("--cron <fields>", "minute, hour, day of the month, month, day of the week")
    .option("--time-zone <zone>", "the time zone of the hours, as in Europe/Berlin", "UTC")
    .option("--confirmed", "run it without being looked at: adds, history and deprecated names only")
    .addOption(new Option("--off", "keep it switched off for now"))
    .action(async (name: string, options: AddOptions) => {
      const result = await withApplication(commandLine, options, "write", async ({ membership }) => {
        const operation = await findOperationNamed(membership, name);
        if (!operation.ok) return failed(operation.error);
        const request = await membership.requestOf({ operationId: operation.value.id });
        if (!request.ok) return failed(request.error);
        const saved = await membership.saveRecurrence({
          id: null,
          name: options.name ?? request.value.name,
          request: request.value.request,
          isConfirmed: options.confirmed === true,
          cron: options.cron,
          timeZone: options.timeZone,
          enabled: options.off !== true,
        });
        if (!saved.ok) return failed(saved.error);
        const { nextAtMs } = saved.value;
        terminal.answer({ recurrence: saved.value });
        terminal.say(nextAtMs === null ? "It is off." : `Next at ${new Date(nextAtMs).toISOString()}.`);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });

  commandLine
    .common(schedule.command("remove").argument("<name>", "its name or id"))
    .description("do not repeat it any more; the operations that it planned stay")
    .action(async (name: string, options: CommonOptions) => {
      const result = await withApplication(commandLine, options, "write", async ({ membership }) => {
        const found = await findNamed(membership, name);
        const removed = found.ok ? await membership.removeRecurrence({ id: found.value.id }) : found;
        if (!removed.ok) return failed(removed.error);
        terminal.answer({ removed: name });
        terminal.say(`Removed “${name}”.`);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });

  addWaitOptions(commandLine.common(schedule.command("run").argument("[name]", "this one, due or not")))
    .description("take the turns that are due, or that of one, and see them through; for cron and systemd")
    .action(async (name: string | undefined, options: CommonOptions & { readonly patience: number }) => {
      await withConduct(commandLine, options, async (application, how) => {
        const found = name === undefined ? null : await findNamed(application.membership, name);
        if (found?.ok === false) return failed(found.error);
        return runTurns(application, found?.value.id ?? "due", how);
      });
    });
}

async function runTurns(
  application: Application,
  which: Recurrence["id"] | "due",
  how: Conduct,
): Promise<CommandResult> {
  const { membership, insights, jobs } = application;
  const { terminal } = how;
  await insights.beginTelling();
  await jobs.start({ schedules: false });
  const turns = await membership.takeRecurrenceTurns(which);
  if (turns.length === 0) terminal.say("Nothing is due.");
  const answers: object[] = [];
  let worst: CommandResult = { end: "ok" };
  for (const { operationId, outcome, ...turn } of turns) {
    const about = { ...turn, outcome, operationId };
    if (operationId === null || outcome !== "started") {
      answers.push(about);
      terminal.note(
        `The turn was ${outcome === "skipped" ? "skipped: the one before is at work" : outcome}.`,
      );
      if (outcome === "failed") worst = failed(turn.failure ?? failure("job/cancelled"));
      continue;
    }
    const rest = await waitForOperation(application, operationId, how);
    const ended = await membership.get({ operationId });
    if (!ended.ok) return failed(ended.error);
    const { title, state, counts, failure: why } = ended.value;
    answers.push({ ...about, operationState: state, counts, failure: why });
    terminal.say(`${title}: ${state}.`);
    if (!rest.rests) worst = rest.gaveUpOn ? failed(rest.gaveUpOn) : { end: "cancelled" };
    else if (state === "failed" || state === "paused") worst = failed(why ?? failure("job/cancelled"));
    else if (state === "partial" && worst.end === "ok") worst = { end: "partial" };
  }
  terminal.answer({ turns: answers });
  await tellRuns(application, how);
  return worst;
}

async function findNamed(
  membership: Application["membership"],
  name: string,
): Promise<Result<Recurrence, Failure>> {
  const found = (await membership.listRecurrences()).find((one) => one.name === name || one.id === name);
  return found ? ok(found) : err(failure("input/not-found", { name }));
}

function failed(why: Failure): CommandResult {
  return { end: "failed", failure: why };
}

function rowOf({ name, cron, timeZone, enabled, isConfirmed, nextAtMs, turns }: Recurrence): string[] {
  const [last] = turns;
  return [
    name,
    cron,
    timeZone,
    enabled ? "yes" : "no",
    isConfirmed ? "yes" : "no",
    nextAtMs === null ? "" : new Date(nextAtMs).toISOString(),
    last ? `${new Date(last.atMs).toISOString()} ${last.operationState ?? last.outcome}` : "",
  ];
}
