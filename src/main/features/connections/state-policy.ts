import type { ConnectionState } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";

/**
 * What a failed check says about a connection: `signed-out` where only another sign-in helps, `unreachable` where
 * time, an unlocked keychain or somebody's permission does.
 */
export function decideState(failure: Failure): ConnectionState {
  return isTokenDead(failure) || failure.code === "slack/token-kind" ? "signed-out" : "unreachable";
}

/** The token is already of no use to anybody, so there is nothing left to revoke. */
export function isTokenDead({ code }: Failure): boolean {
  return (
    code === "slack/account-inactive" ||
    code === "slack/token-expired" ||
    code === "slack/token-revoked" ||
    code === "slack/token-invalid" ||
    code === "keychain/secret-missing"
  );
}
