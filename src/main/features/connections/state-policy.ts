import type { ConnectionState } from "#shared/domain/connection.ts";
import { isSecretDead } from "#shared/domain/connection-failure.ts";
import type { Failure } from "#shared/domain/failure.ts";

/**
 * What a failed check says about a connection: `signed-out` where only another sign-in helps, `unreachable` where
 * time, an unlocked keychain or somebody's permission does.
 */
export function decideState(failure: Failure): ConnectionState {
  const asksToSignIn = failure.code === "slack/token-kind" || failure.code === "telegram/app-invalid";
  return isSecretDead(failure) || asksToSignIn ? "signed-out" : "unreachable";
}
