import type { Connection, ScopeStatus } from "#shared/domain/connection.ts";
import type { Platform } from "#shared/domain/ids.ts";

/** What a platform is called on screens. */
export const PLATFORM_NAMES: Readonly<Record<Platform, string>> = { slack: "Slack", telegram: "Telegram" };

/** Said of a connection that does not lead to the platform itself. */
export function otherServerWords({ platform, apiUrl }: Connection): string {
  return platform === "slack" ? "Not slack.com" : `Not Telegram: ${apiUrl.replace("mtproto://", "")}`;
}

/** What removing a connection means, and what ending it at the platform does. */
export const REMOVE_WORDS = {
  slack: {
    again: "To audit this workspace again you sign in again.",
    revokeLabel: "Also revoke the token at Slack",
    revokeHint: "Whatever else uses the same token stops working too.",
    revokesByDefault: false,
  },
  telegram: {
    again: "To audit this account's groups again you sign in again.",
    revokeLabel: "Also end the session at Telegram",
    revokeHint: "Otherwise it stays among the account's devices until you end it in Telegram's own app.",
    revokesByDefault: true,
  },
} as const satisfies Record<Platform, object>;

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
