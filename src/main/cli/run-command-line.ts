import { randomUUID } from "node:crypto";
import { CommanderError } from "commander";
import type { SpawnSandbox } from "#main/platforms/sandbox/index.ts";
import { FailureError } from "#shared/domain/failure.ts";
import { type CommandResult, exitCodeOf } from "./command.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { createProgram } from "./program.ts";
import { openTerminal } from "./terminal.ts";

const commands = ["audit", "runs", "team", "connections", "activity", "doctor", "sandbox", "help"];

/** Do these words ask for a command, rather than for the window? */
export function isCommandLine(words: readonly string[]): boolean {
  return words[0] !== undefined && commands.includes(words[0]);
}

/**
 * Runs one command line and answers with its exit code. `bundleFolder` is where the main bundle lies. Never throws:
 * a failure is printed with what to do, a defect with a reference and its stack.
 */
export async function runCommandLine(
  args: readonly string[],
  surroundings: { readonly bundleFolder: string; readonly spawnSandbox: SpawnSandbox },
): Promise<ExitCode> {
  let result: CommandResult = { end: "ok" };
  const program = createProgram(surroundings, (ended) => {
    result = ended;
  });
  const terminal = openTerminal(args.includes("--json"));
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    // Commander has printed its own message: help and version end well, the rest is a usage error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (error instanceof FailureError) result = { end: "failed", failure: error.failure };
    else return reportDefect(error);
  }
  if (result.end === "failed") terminal.fail(result.failure);
  return exitCodeOf(result);
}

function reportDefect(error: unknown): ExitCode {
  const reference = randomUUID().slice(0, 8);
  process.stderr.write(`muster: internal error ${reference}\n`);
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCodes.defect;
}
