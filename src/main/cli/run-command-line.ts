import { randomUUID } from "node:crypto";
import { CommanderError } from "commander";
import { redact } from "#main/logging/redact.ts";
import { FailureError } from "#shared/domain/failure.ts";
import { type CommandResult, exitCodeOf, LoggedDefect } from "./command.ts";
import type { Surroundings } from "./command-line.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { watchOutputs } from "./outputs.ts";
import { createProgram } from "./program.ts";
import { openTerminal, printable, type Terminal } from "./terminal.ts";

/** First words that ask for a command. The packaged program opens its window for everything else. */
export const firstWords: readonly string[] = [
  "audit",
  "runs",
  "members",
  "team",
  "connections",
  "activity",
  "doctor",
  "sandbox",
  "schedules",
  "backups",
  "help",
  "--help",
  "-h",
  "--version",
  "-V",
];

/** Do these words ask for a command, rather than for the window? */
export function isCommandLine(words: readonly string[]): boolean {
  return words[0] !== undefined && firstWords.includes(words[0]);
}

/**
 * Runs one command line and answers with its exit code, once everything it said has left the process.
 * Never throws: a failure is printed with what to do, a defect with a
 * reference and its stack.
 */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const outputs = watchOutputs();
  const terminal = openTerminal(args.includes("--json"));
  try {
    const exitCode = await runProgram(args, surroundings, terminal);
    await outputs.flushed();
    const problem = outputs.problem();
    if (problem === null) return exitCode;
    process.stderr.write(printable(`muster: the output could not be written: ${problem.message}`) + "\n");
    return exitCode === exitCodes.ok ? exitCodes.failure : exitCode;
  } finally {
    outputs.stopWatching();
  }
}

async function runProgram(
  args: readonly string[],
  surroundings: Surroundings,
  terminal: Terminal,
): Promise<ExitCode> {
  let result: CommandResult = { end: "ok" };
  const end = (ended: CommandResult): void => {
    result = ended;
  };
  try {
    await createProgram({ ...surroundings, terminal, end }).parseAsync([...args], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return endOfParsing(error, terminal);
    if (!(error instanceof FailureError)) return reportDefect(error, terminal);
    result = { end: "failed", failure: error.failure };
  }
  if (result.end === "failed") terminal.fail(result.failure);
  return exitCodeOf(result);
}

/** Commander has printed its own message: help and version end well, the rest is a usage error. */
function endOfParsing(error: CommanderError, terminal: Terminal): ExitCode {
  if (error.exitCode === 0) return exitCodes.ok;
  terminal.answerFailure({
    code: "usage",
    message: error.message.replace(/^error: /, ""),
    todo: "Run the command with --help for what is possible.",
    facts: {},
  });
  return exitCodes.usage;
}

function reportDefect(error: unknown, terminal: Terminal): ExitCode {
  const reference = error instanceof LoggedDefect ? error.reference : randomUUID().slice(0, 8);
  const cause = error instanceof LoggedDefect ? error.cause : error;
  terminal.answerFailure({
    code: "defect",
    message: `Internal error ${reference}.`,
    todo: "Report it with the reference, which finds it in the log.",
    facts: { reference },
  });
  terminal.note(`muster: internal error ${reference}`);
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  for (const line of String(redact(stack)).split("\n")) terminal.note(line);
  return exitCodes.defect;
}
