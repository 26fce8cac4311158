import { say } from "./say.mjs";

/** Something the person at the terminal can act on: shown as one message, without a stack. */
export class ScriptFailure extends Error {
  /** @param {string} message @param {number} exitCode */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs a script's main function and turns how it ended into the process's exit code. */
export async function runScript(main) {
  try {
    const exitCode = await main(process.argv.slice(2));
    process.exitCode = exitCode ?? 0;
  } catch (error) {
    if (error instanceof ScriptFailure) {
      say(error.message);
      process.exitCode = error.exitCode;
      return;
    }
    // A bug in a script: the stack is the message.
    console.error(error);
    process.exitCode = 1;
  }
}
