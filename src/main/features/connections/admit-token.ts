import { openSlackSession } from "#main/platforms/slack/index.ts";
import { type ConnectionRow, findConnection, saveConnection } from "#main/store/queries/connections.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { asConnection } from "./as-connection.ts";
import type { ConnectionsDeps } from "./connections-deps.ts";
import { connectionIdOf, identify } from "./identify.ts";
import { keychainOf } from "./keychain-of.ts";
import { describeScopes } from "./scopes-policy.ts";
import type { Sessions } from "./sessions.ts";
import { formatSecret, type StoredSecret } from "./stored-secret.ts";

export interface TokenToAdmit {
  readonly secret: StoredSecret;
  readonly apiUrl: string;
  readonly isSandbox: boolean;
}

/**
 * Takes a token in: asks Slack whose it is, keeps it in the keychain, adds the connection or renews the one of the
 * same account, and wakes what had paused on it.
 *
 * Nothing is stored unless the keychain took the secret. A token with scopes missing is taken in, so that the
 * operator sees which; an audit refuses it. Fails with `slack/token-kind` for a bot token, with what Slack or the
 * keychain said otherwise.
 */
export async function admitToken(
  deps: ConnectionsDeps,
  sessions: Sessions,
  { secret, apiUrl, isSandbox }: TokenToAdmit,
): Promise<Result<Connection, Failure>> {
  const { store, clock, log, activity } = deps;
  const session = openSlackSession({
    token: secret.accessToken,
    apiUrl,
    clock,
    log,
    fetch: deps.fetch,
    ...deps.sessionTuning,
  });
  const identity = await identify(session, clock);
  if (!identity.ok) return identity;
  const { tokenKind, teamId, teamName, userId, userName, scopes } = identity.value;
  if (tokenKind === "bot") return err(failure("slack/token-kind"));

  const id = connectionIdOf(identity.value);
  const before = await findConnection(store.read, id);
  const keychain = keychainOf(deps, { isSandbox });
  const kept = await keychain.setSecret(id, formatSecret(secret));
  if (!kept.ok) return kept;

  let row: ConnectionRow;
  try {
    row = await store.write(async (writer) => {
      const nowMs = clock.nowMs();
      const saved = await saveConnection(writer, {
        id,
        platform: "slack",
        workspaceId: teamId,
        label: teamName,
        userId,
        userName,
        apiUrl,
        telegramServer: null,
        maskedPhone: null,
        isSandbox,
        state: "ready",
        failure: null,
        grantedScopes: [...scopes],
        addedAtMs: nowMs,
        checkedAtMs: nowMs,
      });
      await activity.record(writer, {
        action: isSandbox ? "connection.sandbox-opened" : before ? "connection.renewed" : "connection.added",
        target: id,
        outcome: "done",
        details: { label: teamName, userName, apiUrl, missingScopes: missing(scopes) },
      });
      store.afterCommit(() => deps.announce("connections"));
      return saved;
    });
  } catch (error) {
    // A secret without a connection would lie in the keychain for ever.
    if (!before) await keychain.removeSecret(id);
    throw error;
  }
  // The account may have moved from the sandbox's keychain to the system's, or back.
  if (before && before.isSandbox !== isSandbox) await keychainOf(deps, before).removeSecret(id);
  sessions.refresh(id);
  await deps.wakePausedOn(id);
  return ok(asConnection(row));
}

function missing(scopes: readonly string[]): string[] {
  return describeScopes(scopes)
    .filter(({ granted }) => !granted)
    .map(({ scope }) => scope);
}
