import { CommandFailure } from "#sandbox/cli/command-failure.ts";
import type { CommandOutput } from "#sandbox/cli/command-output.ts";
import { runFault } from "#sandbox/cli/fault-command.ts";
import { UsageError } from "#sandbox/cli/flags.ts";
import { runStart } from "#sandbox/cli/start-command.ts";
import { runRules, runTruth } from "#sandbox/cli/truth-command.ts";
import { WorldFileError } from "#sandbox/world/file-reading.ts";

const USAGE = `Usage:
  start [--seed N] [--world reference|small|huge|FILE.json] [--limits on|off] [--slack-port P]
        [--telegram-port P] [--telegram-state DIR] [--json] [--exit-with-parent]
  truth [--seed N] [--world W] [--json] [--control URL]
  rules [--seed N] [--world W] [--json]
  fault add [--platform slack|telegram] --method M --kind K [--times N] [--after N] [--retry-after S]
            [--delay-ms MS] [--seconds S] [--channel C]   [--control URL | --pid PID]
  fault list | fault clear [--id ID]   [--control URL | --pid PID]
`;

/**
 * Runs one sandbox command; `start` resolves when the sandbox ends. The number is the exit code: 0 done, 2 a bad
 * flag, world file or port, or no running sandbox to talk to.
 */
export async function runCommand(argv: readonly string[], output: CommandOutput): Promise<number> {
  const [command = "", ...rest] = argv;
  try {
    switch (command) {
      case "start":
        return await runStart(rest, output);
      case "truth":
        return await runTruth(rest, output);
      case "rules":
        return runRules(rest, output);
      case "fault":
        return await runFault(rest, output);
      case "--help":
      case "help":
        output.err(USAGE);
        return 0;
      default:
        throw new UsageError(command === "" ? "a command is needed" : `unknown command "${command}"`);
    }
  } catch (error) {
    if (error instanceof UsageError) {
      output.err(`sandbox: ${error.message}\n\n${USAGE}`);
      return 2;
    }
    if (error instanceof WorldFileError || error instanceof CommandFailure) {
      output.err(`sandbox: ${error.message}\n`);
      return 2;
    }
    throw error;
  }
}
