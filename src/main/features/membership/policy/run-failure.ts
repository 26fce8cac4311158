import { needsOperator } from "#shared/domain/connection-failure.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { EpochMs } from "#shared/lib/time.ts";

/**
 * What a failed call means for the step and for the rest of its connection: `open` nobody knows whether it was done,
 * `wait` it was not and may be asked again later, `offline` nobody answers at present, `operator` nothing more can be done
 * there until the operator acts, `refuse` this target was refused and the others go on.
 */
export type RunVerdict = "open" | "wait" | "offline" | "operator" | "refuse";

/** Decides what the failure of a change means. A change that met no answer, or a failed platform, may have been made. */
export function decideOnChangeFailure(failure: Failure): Exclude<RunVerdict, "offline"> {
  const verdict = decideOnReadFailure(failure);
  return verdict === "offline" ? "open" : verdict;
}

/** Decides what the failure of a reading means; `open` is one that may work in a moment. */
export function decideOnReadFailure(failure: Failure): RunVerdict {
  if (needsOperator(failure)) return "operator";
  switch (failure.code) {
    case "telegram/account-limited":
    case "membership/no-connection":
      return "operator";
    case "telegram/flood-wait":
    case "slack/rate-limited":
      return "wait";
    case "network/unreachable":
      return "offline";
    case "network/timed-out":
    case "slack/bad-answer":
    case "telegram/bad-answer":
      return "open";
    case "telegram/refused":
      // Telegram failed itself, and does not say how far it came.
      return failure.facts["problem"] === "telegram-failed" ? "open" : "refuse";
    default:
      return "refuse";
  }
}

/** When the platform said that it may be asked again; null where it did not say. */
export function mayAskAgainAtMs(failure: Failure): EpochMs | null {
  const { untilMs } = failure.facts;
  return typeof untilMs === "number" ? untilMs : null;
}

/** Signing in again is no help: the operator has to decide when to go on. */
export function isForTheOperatorAlone(failure: Failure): boolean {
  return failure.code === "telegram/account-limited";
}
