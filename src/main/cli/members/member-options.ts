import { type Command, InvalidArgumentError, Option } from "commander";
import path from "node:path";
import { Platform } from "#shared/domain/ids.ts";
import { DEFAULT_PATIENCE_S, parsePatience } from "../audit-options.ts";
import type { CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { findFolderProblem } from "../folder-problem.ts";
import type { GroupOptions } from "./choose-groups.ts";

/** Which platforms a command is about; both unless one is named. */
export interface PlatformOptions extends CommonOptions {
  readonly slack?: true;
  readonly telegram?: true;
}

/** What every command has that plans a change. */
export interface ChangeOptions extends PlatformOptions, GroupOptions {
  readonly dryRun?: true;
  readonly yes?: true;
  readonly confirm?: string;
  readonly patience: number;
  readonly out?: string;
}

export function platformsOf({ slack, telegram }: PlatformOptions): [Platform, ...Platform[]] {
  const isNamed = { slack: slack === true, telegram: telegram === true };
  const [first, ...rest] = Platform.options.filter((platform) => isNamed[platform]);
  return first === undefined ? ["slack", "telegram"] : [first, ...rest];
}

export function addPlatformOptions(command: Command): Command {
  return command
    .option("--slack", "Slack workspaces; both platforms unless one is named")
    .option("--telegram", "Telegram accounts");
}

export function addGroupOptions(command: Command): Command {
  return command
    .option("--groups <file|name...>", "groups, or files with one a line; - for standard input")
    .option("--category <name...>", "the groups of these categories")
    .option("--skip-unknown", "leave lines out that name no group, instead of stopping");
}

/** How a change is confirmed, waited for and reported. `--dry-run` says what is so anyway. */
export function addRunOptions(commandLine: CommandLine, command: Command): Command {
  return addWaitOptions(commandLine.common(command))
    .addOption(
      new Option("--dry-run", "show what would change, and change nothing; so it is without --yes").conflicts(
        "yes",
      ),
    )
    .option("--yes", "carry it out once it is planned")
    .option("--confirm <text>", "with --yes, for removals: what else has to be typed, as in “remove 37”");
}

export function addWaitOptions(command: Command): Command {
  return addReportOption(
    command.option(
      "--patience <seconds>",
      "how long to stand still when nobody answers; waits for limits do not count",
      parsePatience,
      DEFAULT_PATIENCE_S,
    ),
  );
}

export function addReportOption(command: Command): Command {
  return command.option("--out <file>", "write a report: .xlsx, .log or .json", parseOperationReportFile);
}

/** What is wrong with options that are each right by themselves; null when nothing is. */
export function findContradiction(options: ChangeOptions): string | null {
  if (options.confirm !== undefined && options.yes !== true) return "option '--confirm' needs --yes";
  if (options.groups !== undefined && options.category !== undefined)
    return "options '--groups' and '--category' exclude each other";
  return null;
}

function parseOperationReportFile(file: string): string {
  return parseFile(file, [".xlsx", ".log", ".json"]);
}

export function parseFoundFile(file: string): string {
  return parseFile(file, [".xlsx", ".json"]);
}

function parseFile(file: string, endings: readonly string[]): string {
  if (!endings.includes(path.extname(file).toLowerCase()))
    throw new InvalidArgumentError(
      `the name must end in ${endings.join(", ").replace(/, ([^,]*)$/, " or $1")}`,
    );
  const problem = findFolderProblem(file);
  if (problem !== null) throw new InvalidArgumentError(problem);
  return file;
}
