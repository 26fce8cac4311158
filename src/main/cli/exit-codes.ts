import type { FailureCode } from "#shared/domain/failure.ts";

/** What `muster` tells the shell. Listed in the README; never renumber. */
export const exitCodes = {
  ok: 0,
  /** A bug: the reference that was printed is in the log. */
  defect: 1,
  /** The command line or a file given to it is wrong; nothing was done. */
  usage: 2,
  /** Something expected went wrong: signed out, no network, a full disk. */
  failure: 3,
  /** The audit ended, but some groups could not be read. */
  partial: 4,
  /** The activity log or a check did not hold. */
  unsound: 5,
  /** Another Muster uses this data folder. */
  profileInUse: 6,
  /** Stopped by Ctrl+C or SIGTERM; `muster audit --resume` goes on. */
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export function exitCodeOfFailure(code: FailureCode): ExitCode {
  if (code === "store/profile-in-use") return exitCodes.profileInUse;
  if (code === "job/cancelled") return exitCodes.cancelled;
  return code.startsWith("input/") ? exitCodes.usage : exitCodes.failure;
}
