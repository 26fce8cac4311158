import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { StrategyChoice } from "#shared/domain/coverage.ts";
import { conductAudit } from "../conduct-audit.ts";
import type { CommandResult, CommonOptions } from "../command.ts";
import type { CommandLine } from "../program.ts";
import { openTerminal } from "../terminal.ts";
import { withApplication } from "../with-application.ts";
import { formatOf } from "../write-report.ts";

export interface AuditOptions extends CommonOptions {
  readonly slack?: boolean;
  readonly sandbox?: boolean;
  readonly seed?: number;
  readonly world?: string;
  readonly limits?: "on" | "off";
  readonly strategy: StrategyChoice;
  readonly out?: string;
  /** A run id, or true for the newest unfinished one. */
  readonly resume?: string | true;
}

/** `muster audit`: one coverage audit, from start to report. */
export function addAuditCommand(commandLine: CommandLine): void {
  commandLine
    .common(commandLine.program.command("audit"))
    .description("find out who is missing from which customer group")
    .option("--slack", "the connected Slack workspaces")
    .option("--sandbox", "start the simulated world and audit that")
    .option("--seed <number>", "which simulated world", parseSeed)
    .option("--world <world>", "reference, small, huge or a file")
    .addOption(
      new Option("--limits <on|off>", "whether the simulated world enforces rate limits").choices([
        "on",
        "off",
      ]),
    )
    .addOption(
      new Option("--strategy <strategy>", "how to ask")
        .choices(StrategyChoice.options)
        .default("auto" satisfies StrategyChoice),
    )
    .option("--out <file>", "write a report: .xlsx, .csv or .json", parseReportFile)
    .option("--resume [run]", "go on with an interrupted audit instead of starting one")
    .action(async (options: AuditOptions) => {
      commandLine.end(await audit(commandLine, options));
    });
}

async function audit(commandLine: CommandLine, options: AuditOptions): Promise<CommandResult> {
  const terminal = openTerminal(options.json === true);
  const isTemporary = options.sandbox === true && options.profile === undefined;
  if (!isTemporary) {
    return withApplication(commandLine, options, "write", (application) =>
      conductAudit(application, options, terminal),
    );
  }
  // A look at the simulated world leaves nothing behind unless a profile is named.
  const profile = await mkdtemp(path.join(tmpdir(), "muster-sandbox-"));
  try {
    return await withApplication(commandLine, { ...options, profile }, "write", (application) =>
      conductAudit(application, options, terminal),
    );
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new InvalidArgumentError("a whole number, 0 or more");
  return seed;
}

function parseReportFile(file: string): string {
  if (formatOf(file) === null) throw new InvalidArgumentError("the name must end in .xlsx, .csv or .json");
  return file;
}
