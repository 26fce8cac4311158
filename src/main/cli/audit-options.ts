import { existsSync } from "node:fs";
import path from "node:path";
import { InvalidArgumentError } from "commander";
import type { FactsChoice, StrategyChoice } from "#shared/domain/coverage.ts";
import { Platform } from "#shared/domain/ids.ts";
import type { CommonOptions } from "./command.ts";
import { findFolderProblem } from "./folder-problem.ts";
import { formatOf } from "./write-report.ts";

/** What `muster audit` was asked. */
export interface AuditOptions extends CommonOptions {
  readonly slack?: boolean;
  readonly telegram?: boolean;
  /** Says the same as `slack` alone. */
  readonly skipTelegram?: boolean;
  readonly sandbox?: boolean;
  readonly seed?: number;
  readonly world?: string;
  readonly limits?: "on" | "off";
  readonly strategy: StrategyChoice;
  readonly facts: FactsChoice;
  readonly out?: string;
  /** A run id, or true for the newest unfinished one. */
  readonly resume?: string | true;
  /** Leave an unfinished audit and start a new one. */
  readonly new?: boolean;
  /** How long the audit may stand still for want of an answer, in seconds. */
  readonly patience: number;
}

/** For how long nobody may answer, unless `--patience` says otherwise. */
export const DEFAULT_PATIENCE_S = 300;

const namedWorlds = ["reference", "small", "huge"];

/** What is wrong with options that are each right by themselves; null when nothing is. */
export function findContradiction(options: AuditOptions): string | null {
  if (options.sandbox !== true) {
    const lone = (["seed", "world", "limits"] as const).find((name) => options[name] !== undefined);
    if (lone !== undefined) return `option '--${lone}' is about the simulated world and needs --sandbox`;
  }
  if (options.telegram === true && options.skipTelegram === true) {
    return "options '--telegram' and '--skip-telegram' exclude each other";
  }
  if (options.resume !== undefined && options.new === true) {
    return "options '--resume' and '--new' exclude each other";
  }
  return null;
}

/** The platforms that are audited: those named, or both when none is. */
export function wantedPlatforms({
  slack,
  telegram,
  skipTelegram,
}: Pick<AuditOptions, "slack" | "telegram" | "skipTelegram">): Platform[] {
  const isNamed = { slack: slack === true, telegram: telegram === true };
  const named = Platform.options.filter((platform) => isNamed[platform]);
  const wanted = named.length === 0 ? Platform.options : named;
  return wanted.filter((platform) => platform !== "telegram" || skipTelegram !== true);
}

export function parseSeed(text: string): number {
  const seed = Number(text);
  if (text.trim() === "" || !Number.isInteger(seed) || seed < 0 || seed > 2 ** 31)
    throw new InvalidArgumentError("a whole number from 0 to 2147483648");
  return seed;
}

export function parsePatience(text: string): number {
  const seconds = Number(text);
  if (text.trim() === "" || !Number.isInteger(seconds) || seconds < 1 || seconds > 864_000)
    throw new InvalidArgumentError("whole seconds, from 1 to 864000 (ten days)");
  return seconds;
}

export function parseWorld(world: string): string {
  if (namedWorlds.includes(world)) return world;
  if (!existsSync(world)) throw new InvalidArgumentError("reference, small, huge, or a file that exists");
  return path.resolve(world);
}

/** An audit can take an hour, so a report that could never be written is refused before it begins. */
export function parseReportFile(file: string): string {
  if (formatOf(file) === null) throw new InvalidArgumentError("the name must end in .xlsx, .csv or .json");
  const problem = findFolderProblem(file);
  if (problem !== null) throw new InvalidArgumentError(problem);
  return file;
}
