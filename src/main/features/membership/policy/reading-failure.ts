import type { Failure } from "#shared/domain/failure.ts";

/**
 * What a failed reading says: something about the one group or person that was asked about (`subject`), that the session
 * is over, that nobody can be reached at present, or that the rest of this connection is not asked now (`stop`).
 */
export type ReadingVerdict = "subject" | "signed-out" | "unreachable" | "stop";

export function judgeReading(failure: Failure): ReadingVerdict {
  switch (failure.code) {
    case "slack/channel-not-found":
    case "slack/user-not-found":
    case "slack/not-allowed":
    case "slack/not-in-channel":
    case "slack/refused":
    case "telegram/admin-needed":
    case "telegram/group-not-found":
    case "telegram/not-allowed":
    case "telegram/refused":
    case "telegram/user-not-found":
      return "subject";
    case "slack/account-inactive":
    case "slack/token-expired":
    case "slack/token-revoked":
    case "slack/token-invalid":
    case "telegram/session-revoked":
    case "telegram/account-deactivated":
    case "keychain/secret-missing":
      return "signed-out";
    case "network/unreachable":
    case "keychain/locked":
    case "keychain/unavailable":
      return "unreachable";
    default:
      return "stop";
  }
}
