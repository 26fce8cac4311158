import type { FailureCode } from "#shared/domain/failure.ts";

/** What `muster` tells the shell. Listed in README.md and docs/command-line.md; never renumber. */
export const exitCodes = {
  ok: 0,
  /** A bug: the reference that was printed is in the log. */
  defect: 1,
  /** The command line or a file given to it is wrong; nothing was done. */
  usage: 2,
  /** Something expected went wrong: signed out, no network, a full disk. */
  failure: 3,
  /** The work ended, but some groups could not be read, or some changes were not made. */
  partial: 4,
  /** The activity log or a check did not hold. */
  unsound: 5,
  /** Another Muster uses this data folder. */
  profileInUse: 6,
  /** Stopped by Ctrl+C or SIGTERM; `muster audit --resume`, or `muster members resume`, goes on. */
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The same for `--help`. */
export const exitCodesHelp = `Exit codes:
  0    done
  1    a bug; the printed reference is in the log
  2    the command line or a file given to it is wrong; nothing was done
  3    something expected went wrong: signed out, no network, a full disk
  4    it ended, but some groups could not be read, or some changes were not made
  5    a check did not hold (activity verify, doctor)
  6    another Muster is using this data folder
  130  stopped by Ctrl+C or SIGTERM; muster audit --resume or muster members resume goes on`;

export function exitCodeOfFailure(code: FailureCode): ExitCode {
  switch (code) {
    case "store/profile-in-use":
      return exitCodes.profileInUse;
    case "job/cancelled":
      return exitCodes.cancelled;
    case "input/not-found":
    case "input/name-taken":
    case "input/file-invalid":
    case "input/file-unreadable":
    case "input/schedule-invalid":
    case "membership/ambiguous-name":
    case "membership/approval-invalid":
    case "membership/bad-pattern":
    case "membership/confirmation-missing":
    case "membership/nobody-matches":
    case "membership/not-planned":
    case "membership/not-recurring":
    case "membership/own-approval":
      return exitCodes.usage;
    default:
      return exitCodes.failure;
  }
}
