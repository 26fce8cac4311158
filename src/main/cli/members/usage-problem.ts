import type { CommandResult } from "../command.ts";
import type { Terminal } from "../terminal.ts";

/** What of a command line does not say clearly enough what is meant; nothing was done. */
export interface UsageProblem {
  readonly message: string;
  /** One line for each thing that is wrong: the word that was given, and what is wrong with it. */
  readonly words: Readonly<Record<string, string>>;
  readonly todo: string;
}

/** Says it, and ends the command with 2. */
export function endWithUsage(terminal: Terminal, { message, words, todo }: UsageProblem): CommandResult {
  terminal.answerFailure({ code: "usage", message, todo, facts: words });
  terminal.note(`muster: ${message}`);
  for (const [word, why] of Object.entries(words)) terminal.note(`  ${word}: ${why}`);
  terminal.note(todo);
  return { end: "usage" };
}
