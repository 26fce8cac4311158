import { SLACK_API_URL } from "#main/platforms/slack/index.ts";
import type { ConnectionRow } from "#main/store/queries/connections.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { describeScopes } from "./scopes-policy.ts";

/** A stored connection as the operator sees it. */
export function asConnection(row: ConnectionRow): Connection {
  const { grantedScopes, knownUsers: _knownUsers, telegramServer, maskedPhone: _maskedPhone, ...shown } = row;
  switch (row.platform) {
    case "slack":
      return {
        ...shown,
        isProduction: row.apiUrl === SLACK_API_URL,
        scopes: describeScopes(grantedScopes),
      };
    case "telegram":
      return { ...shown, isProduction: telegramServer === null, scopes: [] };
  }
}
