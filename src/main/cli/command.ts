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

/** A bug that is in the log already, under the reference a person is shown. */
export class LoggedDefect extends Error {
  override readonly name = "LoggedDefect";
  readonly reference: string;

  constructor(reference: string, cause: unknown) {
    super(`internal error ${reference}`, { cause });
    this.reference = reference;
  }
}
