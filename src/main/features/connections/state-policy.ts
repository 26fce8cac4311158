import type { ConnectionState } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";

/**
 * What a failed check says about a connection: `signed-out` where only another sign-in helps, `unreachable` where
 * time, an unlocked keychain or somebody's permission does.
 */
export function decideState(failure: Failure): ConnectionState {
  const asksToSignIn = failure.code === "slack/token-kind" || failure.code === "telegram/app-invalid";
  return isSecretDead(failure) || asksToSignIn ? "signed-out" : "unreachable";
}

/** The token or session is already of no use to anybody, so there is nothing left to revoke. */
export function isSecretDead({ code }: Failure): boolean {
  return (
    code === "slack/account-inactive" ||
    code === "slack/token-expired" ||
    code === "slack/token-revoked" ||
    code === "slack/token-invalid" ||
    code === "telegram/session-revoked" ||
    code === "telegram/account-deactivated" ||
    code === "keychain/secret-missing"
  );
}
