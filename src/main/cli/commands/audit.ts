import { type Command, Option } from "commander";
import { FactsChoice, StrategyChoice } from "#shared/domain/coverage.ts";
import {
  type AuditOptions,
  DEFAULT_PATIENCE_S,
  findContradiction,
  parsePatience,
  parseReportFile,
  parseSeed,
  parseWorld,
} from "../audit-options.ts";
import type { CommandResult } from "../command.ts";
import { conductAudit } from "../conduct-audit.ts";
import { listenForInterrupts } from "../interrupts.ts";
import type { CommandLine } from "../command-line.ts";
import { withTemporaryProfile } from "../temporary-profile.ts";
import { applicationOptions, withApplicationOf } from "../with-application.ts";

const notes = `An audit that was cut off is gone on with, whatever cut it off; one that was cancelled is with --resume.
With --sandbox and without --profile, nothing is left behind but the report.`;

/** `muster audit`: one coverage audit, from start to report. */
export function addAuditCommand(commandLine: CommandLine): void {
  commandLine
    .common(commandLine.program.command("audit"))
    .description("find out who is missing from which customer group")
    .option("--slack", "Slack workspaces; with neither this nor --telegram, every connection")
    .option("--telegram", "Telegram accounts")
    .option("--skip-telegram", "every connection but Telegram's; another word for --slack alone")
    .option("--sandbox", "start the simulated world and audit that")
    .option("--seed <number>", "with --sandbox: which people, groups and ids (default: 1)", parseSeed)
    .option(
      "--world <world>",
      "with --sandbox: reference, small, huge or a file (default: reference)",
      parseWorld,
    )
    .addOption(
      new Option(
        "--limits <on|off>",
        "with --sandbox: whether rate limits are enforced (default: on)",
      ).choices(["on", "off"]),
    )
    .addOption(
      new Option(
        "--strategy <strategy>",
        "ask where each person is, or who is in each group; auto: the cheaper",
      )
        .choices(StrategyChoice.options)
        .default("auto" satisfies StrategyChoice),
    )
    .addOption(
      new Option(
        "--facts <facts>",
        "Telegram: read the settings of groups where needed, or of all (one call each), which fills the report's history column",
      )
        .choices(FactsChoice.options)
        .default("needed" satisfies FactsChoice),
    )
    .option("--out <file>", "write a report: .xlsx, .csv or .json", parseReportFile)
    .option("--resume [run]", "go on with this audit, or with the newest that was cut off or cancelled")
    .option("--new", "leave an audit that was cut off as it is, and start a new one")
    .option(
      "--patience <seconds>",
      "how long to stand still when nobody answers; waits for rate limits do not count",
      parsePatience,
      DEFAULT_PATIENCE_S,
    )
    .addHelpText("after", `\n${notes}`)
    .action(async (options: AuditOptions, command: Command) => {
      const contradiction = findContradiction(options);
      if (contradiction !== null) command.error(`error: ${contradiction}`);
      commandLine.end(await audit(commandLine, options));
    });
}

async function audit(commandLine: CommandLine, options: AuditOptions): Promise<CommandResult> {
  const { terminal } = commandLine;
  const interrupts = listenForInterrupts(terminal);
  const auditIn = (opening: ReturnType<typeof applicationOptions>) =>
    withApplicationOf(commandLine, opening, (application) =>
      conductAudit(application, options, { terminal, interrupted: interrupts.signal }),
    );
  try {
    if (options.sandbox !== true || options.profile !== undefined) {
      return await auditIn(applicationOptions(commandLine, options, "write"));
    }
    return await withTemporaryProfile((profile) =>
      auditIn(applicationOptions(commandLine, { ...options, profile }, "write", "temporary")),
    );
  } finally {
    interrupts.stopListening();
  }
}
