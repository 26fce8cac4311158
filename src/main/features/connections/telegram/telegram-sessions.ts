import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";
import type { ConnectionRow } from "#main/store/queries/connections.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { err, type Result } from "#shared/lib/result.ts";
import type { ConnectionsDeps } from "../connections-deps.ts";
import { keychainOf } from "../keychain-of.ts";
import { rememberPeers } from "./remember-peers.ts";
import { appOf, parseTelegramSecret, type StoredTelegramSecret } from "./telegram-secret.ts";

/**
 * The open sessions of Telegram accounts, one each, so that everybody who uses an account shares its pace. Another
 * process cannot use the same session beside this one: a session belongs to a profile, and the profile's lock lets
 * one Muster write in it.
 */
export interface TelegramSessions {
  /** The account's session, opened when first asked for. A failure is not remembered: the next call tries again. */
  open(row: ConnectionRow): Promise<Result<TelegramSession, Failure>>;
  /** Ends the open session, if there is one: its secret was replaced or is of no use any more. */
  close(id: ConnectionId): Promise<void>;
  /** A sandbox was started there: if it enforces no limits, sessions opened on it from here on keep to none. */
  noteSandbox(apiUrl: string, limits: "on" | "off"): void;
  /** Ends them all; none is opened afterwards. */
  stop(): Promise<void>;
}

export function createTelegramSessions(deps: ConnectionsDeps): TelegramSessions {
  const open = new Map<ConnectionId, Promise<Result<TelegramSession, Failure>>>();
  const sandboxesWithoutLimits = new Set<string>();
  let isStopped = false;

  async function openNow(row: ConnectionRow): Promise<Result<TelegramSession, Failure>> {
    const secret = await readTelegramSecret(deps, row);
    if (!secret.ok) return secret;
    const memory = rememberPeers(deps, row.id);
    return deps.telegram.openSession({
      secret: secret.value.session,
      app: appOf(secret.value),
      server: row.telegramServer,
      isPaced: !(row.isSandbox && sandboxesWithoutLimits.has(row.apiUrl)),
      peers: await memory.recall(),
      onPeers: (learned) => memory.keep(learned),
    });
  }

  async function close(id: ConnectionId): Promise<void> {
    const opening = open.get(id);
    open.delete(id);
    const opened = await opening?.catch(() => null);
    if (opened?.ok) await opened.value.close();
  }

  return {
    async open(row) {
      if (isStopped) return err(failure("network/unreachable", { reason: "closing" }, "Muster is closing."));
      const existing = open.get(row.id);
      if (existing) return existing;
      const opening = openNow(row);
      open.set(row.id, opening);
      const forget = (): void => {
        if (open.get(row.id) === opening) open.delete(row.id);
      };
      try {
        const opened = await opening;
        if (!opened.ok) forget();
        return opened;
      } catch (error) {
        forget();
        throw error;
      }
    },
    close,
    noteSandbox(apiUrl, limits) {
      if (limits === "off") sandboxesWithoutLimits.add(apiUrl);
      else sandboxesWithoutLimits.delete(apiUrl);
    },
    async stop() {
      isStopped = true;
      await Promise.all([...open.keys()].map(close));
    },
  };
}

/** The kept secret of an account; `keychain/*` when it cannot be read, or is not ours. */
export async function readTelegramSecret(
  deps: Pick<ConnectionsDeps, "keychain" | "sandboxKeychain">,
  row: Pick<ConnectionRow, "id" | "isSandbox">,
): Promise<Result<StoredTelegramSecret, Failure>> {
  const found = await keychainOf(deps, row).getSecret(row.id);
  if (!found.ok) return found;
  const secret = parseTelegramSecret(found.value);
  return secret ? { ok: true, value: secret } : err(failure("keychain/secret-missing"));
}
