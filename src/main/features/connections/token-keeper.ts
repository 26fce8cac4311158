import { refreshSlackToken, type SlackGrant, type SlackTokenSource } from "#main/platforms/slack/index.ts";
import type { Keychain } from "#main/platforms/keychain/index.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { Log } from "#shared/lib/log.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { MINUTE_MS, type Clock } from "#shared/lib/time.ts";
import { formatSecret, parseSecret, type StoredSecret } from "./stored-secret.ts";

/** The token of one connection: read from the keychain when first needed, renewed before and when it expires. */
export interface TokenKeeper extends SlackTokenSource {
  /**
   * The keychain's entry was replaced or removed: it is read again at the next need, and a renewal under way is no
   * longer written over it.
   */
  forget(): void;
  /** Resolves when no renewal is under way: what Slack has granted by then is in the keychain. */
  settled(): Promise<void>;
}

export interface TokenKeeperOptions {
  /** The name of the keychain's entry: the connection's id. */
  readonly name: string;
  readonly apiUrl: string;
  readonly keychain: Keychain;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly deadlineMs?: number;
}

/** A token this close to its end is renewed before it is used. */
const RENEW_BEFORE_MS = 10 * MINUTE_MS;

export function createTokenKeeper(options: TokenKeeperOptions): TokenKeeper {
  const { name, apiUrl, keychain, clock, log } = options;
  const app = {
    apiUrl,
    clock,
    log,
    fetch: options.fetch,
    ...(options.deadlineMs ? { deadlineMs: options.deadlineMs } : {}),
  };
  let known: StoredSecret | null = null;
  /** When to offer the keychain again a renewed secret that it refused: the old one is dead, this must not be lost. */
  let saveAgainAtMs: number | null = null;
  /** Counts what was forgotten. */
  let generation = 0;
  let renewal: Promise<Result<string, Failure>> | null = null;

  async function read(): Promise<Result<StoredSecret, Failure>> {
    if (known) return ok(known);
    const found = await keychain.getSecret(name);
    if (!found.ok) return found;
    const secret = parseSecret(found.value);
    if (!secret) return err(failure("keychain/secret-missing"));
    known = secret;
    return ok(secret);
  }

  async function save(secret: StoredSecret): Promise<void> {
    const saved = await keychain.setSecret(name, formatSecret(secret));
    saveAgainAtMs = saved.ok ? null : clock.nowMs() + MINUTE_MS;
    if (!saved.ok) log.error("renewed-token-not-saved", { connectionId: name, code: saved.error.code });
  }

  /** Exchanges the refresh token. Whoever asks meanwhile gets the same answer: each refresh token works once. */
  function renew(secret: StoredSecret, cause: Failure): Promise<Result<string, Failure>> {
    const { refreshToken, clientId } = secret;
    if (refreshToken === null || clientId === null) return Promise.resolve(err(cause));
    renewal ??= exchange({ ...secret, refreshToken, clientId }).finally(() => (renewal = null));
    return renewal;
  }

  async function exchange(
    secret: StoredSecret & { refreshToken: string; clientId: string },
  ): Promise<Result<string, Failure>> {
    const begunIn = generation;
    // Not to be cut off half-way by whoever asked: Slack may already have ended the old pair.
    const finish = new AbortController().signal;
    const granted = await refreshSlackToken(
      { ...app, clientId: secret.clientId },
      secret.refreshToken,
      finish,
    );
    if (!granted.ok) {
      log.warn("token-not-renewed", { connectionId: name, code: granted.error.code });
      return isNoAnswer(granted.error) ? granted : err(failure("slack/token-expired", granted.error.facts));
    }
    const renewed = secretOf(granted.value, secret.clientId, secret.refreshToken);
    if (generation === begunIn) {
      known = renewed;
      await save(renewed);
    }
    return ok(renewed.accessToken);
  }

  return {
    async getToken() {
      const secret = await read();
      if (!secret.ok) return secret;
      if (saveAgainAtMs !== null && clock.nowMs() >= saveAgainAtMs) await save(secret.value);
      const { expiresAtMs, accessToken } = secret.value;
      if (expiresAtMs === null || clock.nowMs() < expiresAtMs - RENEW_BEFORE_MS) return ok(accessToken);
      const renewed = await renew(secret.value, failure("slack/token-expired"));
      // While nobody answers, the old token is still good for its last minutes.
      const mayStillBeUsed = !renewed.ok && isNoAnswer(renewed.error) && clock.nowMs() < expiresAtMs;
      return mayStillBeUsed ? ok(accessToken) : renewed;
    },

    async renewToken(expired, cause) {
      const secret = await read();
      if (!secret.ok) return secret;
      if (secret.value.accessToken !== expired) return ok(secret.value.accessToken);
      return renew(secret.value, cause);
    },

    forget() {
      known = null;
      saveAgainAtMs = null;
      generation += 1;
    },

    async settled() {
      await renewal?.catch(() => undefined);
    },
  };
}

function isNoAnswer({ code }: Failure): boolean {
  return code === "slack/bad-answer" || code === "network/timed-out" || code === "network/unreachable";
}

/** What to keep of a grant. A refresh answer without a new refresh token leaves the old one in force. */
export function secretOf(
  grant: SlackGrant,
  clientId: string | null,
  oldRefreshToken: string | null,
): StoredSecret {
  return {
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken ?? oldRefreshToken,
    expiresAtMs: grant.expiresAtMs,
    clientId,
  };
}
