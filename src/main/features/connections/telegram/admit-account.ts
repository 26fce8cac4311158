import type { TelegramSelf } from "#main/platforms/telegram/telegram-session.ts";
import { type ConnectionRow, findConnection, saveConnection } from "#main/store/queries/connections.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { asConnection } from "../as-connection.ts";
import type { ConnectionsDeps } from "../connections-deps.ts";
import { keychainOf } from "../keychain-of.ts";
import { accountName, maskPhone, telegramApiUrl, telegramConnectionId } from "./account-policy.ts";
import { endSession } from "./end-session.ts";
import type { TelegramAccess } from "./telegram-platform.ts";
import { appOf, formatTelegramSecret } from "./telegram-secret.ts";
import { readTelegramSecret, type TelegramSessions } from "./telegram-sessions.ts";

/** An account that has just signed in, and is kept nowhere yet. */
export interface AccountToAdmit extends TelegramAccess {
  readonly session: string;
  readonly self: TelegramSelf;
  /** Null when it signed in by QR code. */
  readonly phone: string | null;
  readonly isSandbox: boolean;
}

/**
 * Takes an account in: keeps its session in the keychain, adds the connection or renews the one of the same account,
 * ends the session it had before, and wakes what had paused on it. Of the phone number only the mask is stored.
 *
 * Nothing is stored unless the keychain took the secret; then it fails with what the keychain said.
 */
export async function admitAccount(
  deps: ConnectionsDeps,
  sessions: TelegramSessions,
  account: AccountToAdmit,
): Promise<Result<Connection, Failure>> {
  const { store, clock, activity } = deps;
  const { app, server, session, self, isSandbox } = account;
  const id = telegramConnectionId(self.userId);
  const before = await findConnection(store.read, id);
  const secretBefore =
    before && before.state !== "signed-out" ? await readTelegramSecret(deps, before) : null;
  const keychain = keychainOf(deps, { isSandbox });
  const kept = await keychain.setSecret(id, formatTelegramSecret({ session, ...app }));
  if (!kept.ok) return kept;

  const maskedPhone = account.phone === null ? (before?.maskedPhone ?? null) : maskPhone(account.phone);
  const userName = accountName(self, maskedPhone);
  const apiUrl = telegramApiUrl(server);
  let row: ConnectionRow;
  try {
    row = await store.write(async (writer) => {
      const nowMs = clock.nowMs();
      const saved = await saveConnection(writer, {
        id,
        platform: "telegram",
        workspaceId: null,
        label: self.displayName,
        userId: self.userId,
        userName,
        apiUrl,
        telegramServer: server,
        maskedPhone,
        isSandbox,
        state: "ready",
        failure: null,
        grantedScopes: [],
        addedAtMs: nowMs,
        checkedAtMs: nowMs,
      });
      await activity.record(writer, {
        action: isSandbox ? "connection.sandbox-opened" : before ? "connection.renewed" : "connection.added",
        target: id,
        outcome: "done",
        details: { label: self.displayName, userName, apiUrl },
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
  await sessions.close(id);
  if (before && secretBefore?.ok && secretBefore.value.session !== session) {
    const { value } = secretBefore;
    await endSession(deps, { secret: value.session, app: appOf(value), server: before.telegramServer });
  }
  await deps.forgetPauses(id);
  await deps.wakePausedOn(id);
  return ok(asConnection(row));
}
