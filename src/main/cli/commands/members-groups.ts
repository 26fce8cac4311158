import type { Command } from "commander";
import type { OperationRequest, RenameRule } from "#shared/domain/operation.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import type { CommandLine } from "../command-line.ts";
import { chooseGroups } from "../members/choose-groups.ts";
import { conductRequest } from "../members/conduct-operation.ts";
import { makeTemplate, type TemplateOptions } from "../members/make-template.ts";
import {
  addGroupOptions,
  addPlatformOptions,
  addRunOptions,
  type ChangeOptions,
  findContradiction,
  platformsOf,
} from "../members/member-options.ts";
import { readMappingFile } from "../members/read-mapping-file.ts";
import { endWith, withConduct } from "../members/with-conduct.ts";

interface RenameOptions extends ChangeOptions {
  readonly find?: string;
  readonly replace?: string;
  readonly regex?: true;
  readonly ignoreCase?: true;
  readonly mapping?: string;
  readonly deprecated?: true;
}

interface HistoryOptions extends ChangeOptions {
  readonly visible?: true;
  readonly hidden?: true;
}

/** `muster members rename|history|create`: what groups are called, show, and that they are there. */
export function addGroupCommands(commandLine: CommandLine, members: Command): void {
  addGroupOptions(addPlatformOptions(addRunOptions(commandLine, members.command("rename"))))
    .description("rename groups by a pattern, a list of names, or the deprecated terms of the rules")
    .option("--find <text>", "what to look for in the names")
    .option("--replace <text>", "what to put in its place; $1 is what the first group of an expression found")
    .option("--regex", "what is looked for is a regular expression")
    .option("--ignore-case", "upper and lower case are the same")
    .option("--mapping <file>", 'a JSON object of names, {"old": "new"}; - for standard input')
    .option("--deprecated", "replace the deprecated terms as the rules say")
    .action(async (options: RenameOptions, command: Command) => {
      const problem = findContradiction(options) ?? findRenameProblem(options);
      if (problem !== null) command.error(`error: ${problem}`);
      await withConduct(commandLine, options, async (application, how) => {
        const rule = await readRule(options);
        if (!rule.ok) return { end: "failed", failure: rule.error };
        const platforms = platformsOf(options);
        const groups = await chooseGroups(application, options, {
          platforms,
          isToRun: options.yes === true,
          terminal: how.terminal,
        });
        if (!groups.ok) return endWith(commandLine, groups.error);
        const { choice, lines: groupLines } = groups.value;
        const request = { kind: "rename", rule: rule.value, groups: choice, platforms } as const;
        return conductRequest(application, request, { ...how, groupLines });
      });
    });

  addGroupOptions(addRunOptions(commandLine, members.command("history")))
    .description("let new members of Telegram groups see what was written before, or not")
    .option("--visible", "they see it")
    .option("--hidden", "they do not")
    .action(async (options: HistoryOptions, command: Command) => {
      const isOne = (options.visible === true) !== (options.hidden === true);
      const problem = findContradiction(options) ?? (isOne ? null : "choose one of --visible and --hidden");
      if (problem !== null) command.error(`error: ${problem}`);
      await withConduct(commandLine, options, async (application, how) => {
        const groups = await chooseGroups(application, options, {
          platforms: ["telegram"],
          isToRun: options.yes === true,
          terminal: how.terminal,
        });
        if (!groups.ok) return endWith(commandLine, groups.error);
        const { choice, lines: groupLines } = groups.value;
        const request = { kind: "history", visible: options.visible === true, groups: choice } as const;
        return conductRequest(application, request, { ...how, groupLines });
      });
    });

  addRunOptions(commandLine, members.command("create"))
    .description("make customer groups from a template")
    .requiredOption("--template <file>", "a JSON file, see docs/command-line.md; - for standard input")
    .option("--customer <name...>", "for whom; instead of those of the template")
    .option("--connection <connection>", "where, by id or label; instead of that of the template")
    .action(async (options: ChangeOptions & TemplateOptions, command: Command) => {
      const problem = findContradiction(options);
      if (problem !== null) command.error(`error: ${problem}`);
      await withConduct(commandLine, options, async (application, how) => {
        const template = await makeTemplate(application, options, how);
        if (!template.ok) return endWith(commandLine, template.error);
        const request: OperationRequest = { kind: "create", template: template.value };
        return conductRequest(application, request, how);
      });
    });
}

function findRenameProblem(options: RenameOptions): string | null {
  const ways = [options.find, options.mapping, options.deprecated].filter((way) => way !== undefined);
  if (ways.length !== 1) return "choose one of --find, --mapping and --deprecated";
  if ((options.find === undefined) !== (options.replace === undefined))
    return "options '--find' and '--replace' belong together";
  const isPattern = options.regex === true || options.ignoreCase === true;
  if (isPattern && options.find === undefined)
    return "options '--regex' and '--ignore-case' are about --find";
  if (options.find === "") return "option '--find' must not be empty";
  return null;
}

async function readRule(options: RenameOptions): Promise<Result<RenameRule, Failure>> {
  const { find, replace, mapping, regex, ignoreCase } = options;
  if (mapping !== undefined) return readMappingFile(mapping);
  if (find === undefined || replace === undefined) return ok({ by: "deprecated" });
  return ok({
    by: "pattern",
    find,
    replacement: replace,
    isRegularExpression: regex === true,
    ignoreCase: ignoreCase === true,
  });
}
