import type { Application } from "#main/compose.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { CommandResult, CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { listenForInterrupts } from "../interrupts.ts";
import { openPrompt } from "../prompt.ts";
import { withApplication } from "../with-application.ts";
import type { Conduct } from "./conduct-operation.ts";
import { endWithUsage, type UsageProblem } from "./usage-problem.ts";

type ConductOptions = CommonOptions &
  Partial<Pick<Conduct, "yes" | "confirm" | "out">> & { patience: number };

/**
 * Opens the profile with everything it takes to conduct an operation: Ctrl+C is heard as a wish to stop, and a person
 * at the terminal can be asked.
 */
export async function withConduct(
  commandLine: CommandLine,
  options: ConductOptions,
  action: (application: Application, how: Conduct) => Promise<CommandResult>,
): Promise<void> {
  const { terminal } = commandLine;
  const interrupts = listenForInterrupts(terminal);
  const prompt = openPromptLazily();
  const { yes, confirm, out, patience } = options;
  const how: Conduct = {
    terminal,
    prompt,
    interrupted: interrupts.signal,
    patienceMs: patience * 1_000,
    ...(yes === undefined ? {} : { yes }),
    ...(confirm === undefined ? {} : { confirm }),
    ...(out === undefined ? {} : { out }),
  };
  try {
    commandLine.end(
      await withApplication(commandLine, options, "write", (application) => action(application, how)),
    );
  } finally {
    prompt.close();
    interrupts.stopListening();
  }
}

/** Standard input may be a list of groups: it is left alone until somebody is asked something. */
function openPromptLazily(): Conduct["prompt"] {
  let prompt: Conduct["prompt"] | null = null;
  return {
    isInteractive: process.stdin.isTTY,
    ask: (question, options) =>
      (prompt ??= openPrompt((text) => process.stderr.write(text))).ask(question, options),
    close: () => prompt?.close(),
  };
}

/** Ends a command that did not say what it is about, or could not learn it. */
export function endWith(
  commandLine: Pick<CommandLine, "terminal">,
  why: Failure | UsageProblem,
): CommandResult {
  return "words" in why ? endWithUsage(commandLine.terminal, why) : { end: "failed", failure: why };
}
