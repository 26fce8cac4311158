import { needsOperator } from "#shared/domain/connection-failure.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { EpochMs } from "#shared/lib/time.ts";

/**
 * What a failed reading means for the rest of the connection: `sign-in` nothing more can be read until the operator
 * acts, `park` the platform wants a pause longer than anybody sits out, `wait` nobody answers at present, `again` this one thing may work in a moment, `restart` its pages must be
 * read from the first one, `give-up` it will not get better.
 */
export type FailureVerdict = "sign-in" | "park" | "wait" | "again" | "restart" | "give-up";

/** How often one thing is read before it is given up; each time the platform repeats unanswered calls by itself. */
const MAX_TRIES = 3;

/** Decides what to do when reading one group, person or listing failed for the `attempt`-th time. */
export function decideOnFailure(failure: Failure, attempt: number): FailureVerdict {
  if (needsOperator(failure)) return "sign-in";
  switch (failure.code) {
    case "telegram/flood-wait":
      return "park";
    case "network/unreachable":
      return "wait";
    case "network/timed-out":
    case "slack/rate-limited":
      return attempt < MAX_TRIES ? "again" : "give-up";
    case "slack/bad-answer":
    case "telegram/bad-answer":
      if (attempt >= MAX_TRIES) return "give-up";
      return failure.facts["problem"] === "cursor-repeated" ? "restart" : "again";
    case "slack/refused":
      // A cursor kept over a long pause may have lost its meaning.
      return failure.facts["slackError"] === "invalid_cursor" && attempt < MAX_TRIES ? "restart" : "give-up";
    default:
      return "give-up";
  }
}

/** When a parked connection may be asked again; null where the platform did not say. */
export function parkedUntilMs(failure: Failure): EpochMs | null {
  const { untilMs } = failure.facts;
  return failure.code === "telegram/flood-wait" && typeof untilMs === "number" ? untilMs : null;
}
