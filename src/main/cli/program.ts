import { Command, Option } from "commander";
import { readVersion } from "#main/platforms/system/index.ts";
import type { CommandLine, Surroundings } from "./command-line.ts";
import { addActivityCommand } from "./commands/activity.ts";
import { addAuditCommand } from "./commands/audit.ts";
import { addBackupsCommand } from "./commands/backups.ts";
import { addConnectionsCommand } from "./commands/connections.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addMembersCommand } from "./commands/members.ts";
import { addRunsCommand } from "./commands/runs.ts";
import { addSandboxCommand } from "./commands/sandbox.ts";
import { addSchedulesCommand } from "./commands/schedules.ts";
import { addTeamCommand } from "./commands/team.ts";
import { exitCodesHelp } from "./exit-codes.ts";
import { printable } from "./terminal.ts";

const examples = `Examples:
  muster audit --slack --sandbox --out coverage.xlsx
  muster connections add slack --token-stdin < token.txt
  muster team import team.json
  muster audit --slack --json > coverage.json
  muster runs show latest
  muster members add aliya kevin --slack --dry-run`;

/** Every command of `muster`, each from its own file. */
export function createProgram(surroundings: Surroundings & Pick<CommandLine, "terminal" | "end">): Command {
  const program = new Command("muster")
    .description(
      "Who is missing from which customer group: audits, reports and the sandbox without a window.",
    )
    .version(readVersion(surroundings.bundleFolder))
    .showHelpAfterError("(run with --help for what is possible)")
    .addHelpText("after", `\n${examples}\n\n${exitCodesHelp}`)
    // What follows a command is the command's, also where the sandbox takes it over.
    .enablePositionalOptions()
    .configureOutput({ outputError: (text, write) => write(text.split("\n").map(printable).join("\n")) })
    .exitOverride();
  const commandLine: CommandLine = {
    ...surroundings,
    program,
    common: (command) =>
      command
        .addOption(new Option("--profile <folder>", "data folder; the usual one of this system unless given"))
        .addOption(new Option("--json", "print one JSON object on standard output and nothing else")),
  };
  addAuditCommand(commandLine);
  addRunsCommand(commandLine);
  addMembersCommand(commandLine);
  addTeamCommand(commandLine);
  addConnectionsCommand(commandLine);
  addActivityCommand(commandLine);
  addDoctorCommand(commandLine);
  addSchedulesCommand(commandLine);
  addBackupsCommand(commandLine);
  addSandboxCommand(commandLine);
  return program;
}
