import type { Connection, ScopeStatus } from "#shared/domain/connection.ts";

/** How complete a connection's permissions are. */
export interface ScopeSummary {
  readonly granted: number;
  readonly total: number;
  readonly neededMissing: number;
  readonly usefulMissing: number;
}

export function summarizeScopes(scopes: readonly ScopeStatus[]): ScopeSummary {
  const missing = scopes.filter((scope) => !scope.granted);
  return {
    granted: scopes.length - missing.length,
    total: scopes.length,
    neededMissing: missing.filter((scope) => scope.need === "needed").length,
    usefulMissing: missing.filter((scope) => scope.need === "useful").length,
  };
}

/** Missing before granted, needed before useful; what is to be done stands first. */
export function sortScopes(scopes: readonly ScopeStatus[]): ScopeStatus[] {
  const rank = (scope: ScopeStatus) => (scope.granted ? 2 : 0) + (scope.need === "needed" ? 0 : 1);
  return [...scopes].sort((a, b) => rank(a) - rank(b) || a.scope.localeCompare(b.scope, "en"));
}

/** What the operator is told once a sign-in has worked. */
export function describeSignIn(
  connection: Connection,
  renewed: Connection | null,
): { message: string; hint: string | undefined } {
  const missing = summarizeScopes(connection.scopes);
  const isOther = renewed !== null && renewed.id !== connection.id;
  return {
    message: isOther
      ? `Added ${connection.label} as ${connection.userName}: this is another account than before.`
      : `Connected to ${connection.label} as ${connection.userName}.`,
    hint:
      missing.neededMissing > 0
        ? "Permissions that an audit needs are missing: see the connection."
        : undefined,
  };
}
