import { isOutOfReach, isSecretDead } from "#shared/domain/connection-failure.ts";
import type { Failure } from "#shared/domain/failure.ts";

/**
 * What a failed reading says: something about the one group or person that was asked about (`subject`), that the session
 * is over, that nobody can be reached at present, or that the rest of this connection is not asked now (`stop`).
 */
export type ReadingVerdict = "subject" | "signed-out" | "unreachable" | "stop";

export function judgeReading(failure: Failure): ReadingVerdict {
  if (isSecretDead(failure)) return "signed-out";
  if (isOutOfReach(failure)) return "unreachable";
  switch (failure.code) {
    case "slack/channel-not-found":
    case "slack/user-not-found":
    case "slack/not-allowed":
    case "slack/not-in-channel":
    case "slack/refused":
    case "telegram/admin-needed":
    case "telegram/group-not-found":
    case "telegram/not-allowed":
    case "telegram/not-met":
    case "telegram/refused":
    case "telegram/user-not-found":
      return "subject";
    default:
      return "stop";
  }
}
