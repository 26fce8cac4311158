import type { Failure } from "./failure.ts";

/** The token or session itself is over: only another sign-in helps, and there is nothing left to revoke. */
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

/** Nothing can be done over this connection until the operator acts: signs in, adds a scope, unlocks the keychain. */
export function needsOperator(failure: Failure): boolean {
  return (
    isSecretDead(failure) ||
    failure.code === "slack/token-kind" ||
    failure.code === "slack/missing-scope" ||
    failure.code === "telegram/app-invalid" ||
    failure.code === "keychain/locked" ||
    failure.code === "keychain/unavailable"
  );
}

/** The connection could not be used at all, though signing in again is not what it takes. */
export function isOutOfReach({ code }: Failure): boolean {
  return code === "network/unreachable" || code === "keychain/locked" || code === "keychain/unavailable";
}
