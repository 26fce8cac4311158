import type { Command } from "commander";
import type { Operation } from "#shared/domain/operation.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { hasEnded, isPlan } from "#shared/domain/operation-phase.ts";
import type { CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { describeAnswer, readSteps } from "../members/answer-operation.ts";
import { conductPlanned, conductRequest, conductRest } from "../members/conduct-operation.ts";
import {
  addReportOption,
  addRunOptions,
  addWaitOptions,
  type ChangeOptions,
  findContradiction,
} from "../members/member-options.ts";
import { findOperationNamed } from "../members/name-operation.ts";
import {
  describeCounts,
  describeOperation,
  describeSteps,
  OPERATION_STATES,
} from "../members/operation-words.ts";
import { withConduct } from "../members/with-conduct.ts";
import { writeOperationReport } from "../members/write-operation-report.ts";
import { table } from "../terminal.ts";
import { withApplication } from "../with-application.ts";

interface ShowOptions extends CommonOptions {
  readonly steps?: true;
  readonly out?: string;
}

const OPERATION = "its id, or latest: the newest that this command can be about";

/** `muster members list|show|run|undo|rest|resume|cancel`: operations that were planned or run before. */
export function addOperationCommands(commandLine: CommandLine, members: Command): void {
  addLookingCommands(commandLine, members);
  addSequelCommands(commandLine, members);

  addWaitOptions(commandLine.common(members.command("resume").argument("<operation>", OPERATION)))
    .description("go on with one that was confirmed and left, or needed you")
    .action(async (name: string, options: ChangeOptions) => {
      await withConduct(commandLine, options, async (application, how) => {
        const operation = await findOperationNamed(application.membership, name, "left");
        if (!operation.ok) return { end: "failed", failure: operation.error };
        return conductRest(application, operation.value, how);
      });
    });

  commandLine
    .common(members.command("cancel").argument("<operation>", OPERATION))
    .description("leave it for good: what was done stays, the rest is not done")
    .action(async (name: string, options: CommonOptions) => {
      const { terminal } = commandLine;
      const result = await withApplication(commandLine, options, "write", async ({ membership }) => {
        const operation = await findOperationNamed(membership, name, "unfinished");
        if (!operation.ok) return { end: "failed", failure: operation.error } as const;
        const { id: operationId, state: before } = operation.value;
        const cancelled = await membership.cancel({ operationId });
        if (!cancelled.ok) return { end: "failed", failure: cancelled.error } as const;
        const after = await membership.get({ operationId });
        if (!after.ok) return { end: "failed", failure: after.error } as const;
        terminal.answer(describeAnswer(after.value, null));
        terminal.say(
          hasEnded(before)
            ? `It had ended already: ${OPERATION_STATES[before]}.`
            : `It is ${OPERATION_STATES[after.value.state]}.`,
        );
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });
}

function addLookingCommands(commandLine: CommandLine, members: Command): void {
  const { terminal } = commandLine;
  commandLine
    .common(members.command("list"))
    .description("list the operations, newest first")
    .action(async (options: CommonOptions) => {
      const result = await withApplication(commandLine, options, "read", async ({ membership }) => {
        const operations: Operation[] = [];
        for (let cursor: string | null = null; ;) {
          const page = await membership.list({ cursor, limit: 1_000 });
          operations.push(...page.items);
          cursor = page.nextCursor;
          if (cursor === null) break;
        }
        terminal.answer({
          operations: operations.map(({ id: operationId, isSandbox: sandbox, ...rest }) => {
            return { operationId, ...rest, sandbox };
          }),
        });
        const rows = operations.map(({ id, createdAtMs, state, title, counts }) => [
          id,
          new Date(createdAtMs).toISOString(),
          OPERATION_STATES[state],
          title,
          describeCounts(counts, isPlan(state)),
        ]);
        const head = ["OPERATION", "PLANNED (UTC)", "STATE", "WHAT", "STEPS"];
        for (const line of rows.length === 0 ? ["No operation yet."] : table([head, ...rows]))
          terminal.say(line);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });

  addReportOption(commandLine.common(members.command("show").argument("[operation]", OPERATION, "latest")))
    .description("show one")
    .option("--steps", "with every step")
    .action(async (name: string, options: ShowOptions) => {
      const result = await withApplication(commandLine, options, "read", async (application) => {
        const operation = await findOperationNamed(application.membership, name);
        if (!operation.ok) return { end: "failed", failure: operation.error } as const;
        const { id, state } = operation.value;
        const steps = options.steps === true ? await readSteps(application, id) : null;
        if (steps?.ok === false) return { end: "failed", failure: steps.error } as const;
        terminal.answer(describeAnswer(operation.value, steps?.value ?? null));
        for (const line of [
          ...describeSteps(steps?.value ?? [], state),
          ...describeOperation(operation.value, systemClock.nowMs()),
        ])
          terminal.say(line);
        const written = await writeOperationReport(application, id, {
          terminal,
          ...(options.out === undefined ? {} : { out: options.out }),
        });
        return written === null ? ({ end: "ok" } as const) : ({ end: "failed", failure: written } as const);
      });
      commandLine.end(result);
    });
}

function addSequelCommands(commandLine: CommandLine, members: Command): void {
  const sequels = {
    undo: "plan to take back what one did, and nothing else",
    rest: "plan anew what one that has ended did not do",
  } as const;
  for (const [kind, description] of Object.entries(sequels) as ["undo" | "rest", string][]) {
    addRunOptions(commandLine, members.command(kind).argument("<operation>", OPERATION))
      .description(description)
      .action(async (name: string, options: ChangeOptions, command: Command) => {
        const problem = findContradiction(options);
        if (problem !== null) command.error(`error: ${problem}`);
        await withConduct(commandLine, options, async (application, how) => {
          const operation = await findOperationNamed(application.membership, name, "ended");
          if (!operation.ok) return { end: "failed", failure: operation.error };
          return conductRequest(application, { kind, operationId: operation.value.id }, how);
        });
      });
  }

  addRunOptions(commandLine, members.command("run").argument("<operation>", OPERATION))
    .description("show a plan that was made before, and carry out exactly that with --yes")
    .action(async (name: string, options: ChangeOptions, command: Command) => {
      const problem = findContradiction(options);
      if (problem !== null) command.error(`error: ${problem}`);
      await withConduct(commandLine, options, async (application, how) => {
        const operation = await findOperationNamed(application.membership, name, "planned");
        if (!operation.ok) return { end: "failed", failure: operation.error };
        return conductPlanned(application, operation.value, how);
      });
    });
}
