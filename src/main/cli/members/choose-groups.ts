import { existsSync, statSync } from "node:fs";
import type { Application } from "#main/compose.ts";
import type { GroupLines } from "#shared/contract/membership.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { Platform } from "#shared/domain/ids.ts";
import type { GroupsChoice } from "#shared/domain/operation.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { Terminal } from "../terminal.ts";
import { readTextFile } from "../text-file.ts";
import { formatNoun } from "./time-words.ts";
import type { UsageProblem } from "./usage-problem.ts";

/** How a command line names groups. */
export interface GroupOptions {
  /** Files with a group a line, `-` for standard input, or groups by themselves. */
  readonly groups?: readonly string[];
  readonly category?: readonly string[];
  readonly skipUnknown?: true;
}

/** What was named, and what is wrong with the lines; null where no list was read. */
export interface ChosenGroups {
  readonly choice: GroupsChoice;
  readonly lines: GroupLines | null;
}

/**
 * The groups that are meant: those of the lists, of the categories, or all customer groups when neither is given. Every
 * line that is unknown, stands twice, is spelt otherwise or empty is named. One that is unknown, or fits several groups,
 * keeps an operation from being run, unless `skipUnknown` was asked for; a plan only shows it.
 */
export async function chooseGroups(
  application: Pick<Application, "membership" | "team">,
  options: GroupOptions,
  about: {
    readonly platforms: readonly Platform[];
    readonly isToRun: boolean;
    readonly terminal: Pick<Terminal, "note">;
  },
): Promise<Result<ChosenGroups, Failure | UsageProblem>> {
  if (options.category !== undefined) return chooseCategories(application, options.category);
  if (options.groups === undefined) return ok({ choice: { by: "all" }, lines: null });
  const read = await readLines(options.groups);
  if (!read.ok) return read;
  const { platforms, terminal } = about;
  const lines = await application.membership.resolveGroups({ lines: read.value, platforms });
  const wrong = Object.fromEntries([
    ...lines.unknown.map((line) => [line, "no group of the newest audits is called so"]),
    ...lines.ambiguous.map(({ line, names }) => [line, `fits ${names.join("; ")}`]),
  ]) as Record<string, string>;
  // What stops the command is named where it says so.
  const mayGoOn = !about.isToRun || options.skipUnknown === true || Object.keys(wrong).length === 0;
  const [first, ...rest] = lines.found.map(({ groupKey }) => groupKey);
  const isStopped = !mayGoOn || first === undefined;
  for (const line of describeLines(lines, read.value, isStopped)) terminal.note(line);
  if (mayGoOn && first !== undefined)
    return ok({ choice: { by: "key", groupKeys: [first, ...rest] }, lines });
  return err({
    message: first === undefined ? "No group was named." : "Some lines name no group; nothing was done.",
    words: wrong,
    todo:
      first === undefined
        ? "Name groups that the newest audits know (muster audit)."
        : "Correct them, or leave them out with --skip-unknown.",
  });
}

/** The lines of every file; a word that is no file is a line. */
async function readLines(sources: readonly string[]): Promise<Result<string[], Failure>> {
  const lines: string[] = [];
  for (const source of sources) {
    if (source !== "-" && !isFile(source)) {
      lines.push(source);
      continue;
    }
    const text = await readTextFile(source);
    if (!text.ok) return text;
    lines.push(...text.value.replace(/\r?\n$/, "").split(/\r?\n/));
  }
  return ok(lines);
}

function isFile(source: string): boolean {
  return existsSync(source) && statSync(source).isFile();
}

/** What is remarkable about the lines, a line each; where the command stops for unknown and ambiguous ones, it names those. */
function describeLines(lines: GroupLines, given: readonly string[], isStopped: boolean): string[] {
  const asGiven = new Set(given.map((line) => line.trim().replace(/^#/, "").normalize("NFC")));
  const otherwise = lines.found.filter(({ name }) => !asGiven.has(name.normalize("NFC").trim()));
  return [
    `${formatNoun(lines.found.length, "group")} named.`,
    ...(isStopped ? [] : lines.unknown.map((line) => `  ${line}: unknown`)),
    ...(isStopped ? [] : lines.ambiguous.map(({ line, names }) => `  ${line}: fits ${names.join("; ")}`)),
    ...lines.duplicates.map((line) => `  ${line}: stands there again, counted once`),
    ...otherwise.map(({ name }) => `  ${name}: meant by another spelling or an id`),
    ...(lines.emptyLines > 0 ? [`  ${formatNoun(lines.emptyLines, "empty line")}`] : []),
  ];
}

async function chooseCategories(
  { team }: Pick<Application, "team">,
  names: readonly string[],
): Promise<Result<ChosenGroups, UsageProblem>> {
  const { categories } = (await team.get()).rules;
  const found = names.map((name) => {
    const [exact] = categories.filter((category) => category.id === name || category.name === name);
    const folded = categories.filter(({ name: other }) => other.toLowerCase() === name.trim().toLowerCase());
    return { name, category: exact ?? (folded.length === 1 ? folded[0] : undefined) };
  });
  const categoryIds = found.flatMap(({ category }) => (category === undefined ? [] : [category.id]));
  const unknown = found.filter(({ category }) => category === undefined);
  if (unknown.length === 0 && categoryIds.length > 0)
    return ok({ choice: { by: "category", categoryIds }, lines: null });
  return err({
    message: "There is no such category; nothing was done.",
    words: Object.fromEntries(unknown.map(({ name }) => [name, "no category is called so"])),
    todo: `There are: ${categories.map(({ name }) => name).join(", ")}.`,
  });
}
