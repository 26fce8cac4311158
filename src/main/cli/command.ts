import type { Failure } from "#shared/domain/failure.ts";
import { type ExitCode, exitCodeOfFailure, exitCodes } from "./exit-codes.ts";

/** How a command ended. */
export type CommandResult =
  | { readonly end: "ok" | "partial" | "unsound" | "usage" | "cancelled" }
  | { readonly end: "failed"; readonly failure: Failure };

/** Options every command knows. */
export interface CommonOptions {
  readonly profile?: string;
  readonly json?: boolean;
}

export function exitCodeOf(result: CommandResult): ExitCode {
  return result.end === "failed" ? exitCodeOfFailure(result.failure.code) : exitCodes[result.end];
}
