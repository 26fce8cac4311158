import { randomBytes } from "node:crypto";
import type { TelegramAccount } from "#sandbox/telegram/telegram-account.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { AuthKey } from "#sandbox/telegram/wire/auth-key.ts";

export interface LoginToken {
  readonly token: Buffer;
  readonly key: AuthKey;
  readonly expiresS: number;
  acceptedBy: TelegramAccount | null;
}

/** "about 30 seconds": core.telegram.org/api/qr-login (checked 2026-11). */
const VALID_S = 30;

/** The tokens shown as QR codes. */
export class LoginTokens {
  readonly #nowS: () => number;
  readonly #tokens = new Map<string, LoginToken>();

  constructor(nowS: () => number) {
    this.#nowS = nowS;
  }

  /** The token of a key: the one somebody accepted, else a fresh one or the one that is still good. */
  forKey(key: AuthKey): LoginToken {
    const nowS = this.#nowS();
    for (const [name, one] of this.#tokens) {
      if (one.expiresS <= nowS && !one.acceptedBy) this.#tokens.delete(name);
      else if (one.key === key) return one;
    }
    const token = randomBytes(32);
    const made = { token, key, expiresS: nowS + VALID_S, acceptedBy: null };
    this.#tokens.set(token.toString("hex"), made);
    return made;
  }

  /** An account's owner scanned the code. Throws AUTH_TOKEN_INVALIDX, AUTH_TOKEN_EXPIRED, AUTH_TOKEN_ALREADY_ACCEPTED. */
  accept(token: Uint8Array, account: TelegramAccount): LoginToken {
    const found = this.#tokens.get(Buffer.from(token).toString("hex"));
    if (!found) throw new RpcError(400, "AUTH_TOKEN_INVALIDX");
    if (found.acceptedBy) throw new RpcError(400, "AUTH_TOKEN_ALREADY_ACCEPTED");
    if (found.expiresS <= this.#nowS()) throw new RpcError(400, "AUTH_TOKEN_EXPIRED");
    found.acceptedBy = account;
    return found;
  }

  /** Forgets the token of a key that is signed in now. */
  forget(key: AuthKey): void {
    for (const [name, one] of this.#tokens) if (one.key === key) this.#tokens.delete(name);
  }
}
