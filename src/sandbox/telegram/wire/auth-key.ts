import type { TelegramAccount } from "#sandbox/telegram/telegram-account.ts";
import { sha1 } from "#sandbox/telegram/crypto/hashes.ts";
import type { ServerSalts } from "#sandbox/telegram/wire/server-salts.ts";

/** What a client told of itself with initConnection. */
export interface ClientInfo {
  readonly apiId: number;
  readonly deviceModel: string;
  readonly systemVersion: string;
  readonly appVersion: string;
}

/** A sign-in: an account on one authorization key. */
export interface Authorization {
  readonly account: TelegramAccount;
  /** What account.getAuthorizations calls it. */
  readonly hash: bigint;
  readonly createdS: number;
  activeS: number;
}

/**
 * The answers a key gets once its authorization was ended: core.telegram.org/api/errors#401-unauthorized, and
 * #406-not-acceptable for a key that was used in two places at once, which ends it for good (checked 2026-11).
 */
export type EndReason =
  "AUTH_KEY_UNREGISTERED" | "SESSION_REVOKED" | "USER_DEACTIVATED" | "AUTH_KEY_DUPLICATED";

/** A shared secret made by a key exchange, and everything the server ties to it. */
export interface AuthKey {
  /** The lower 64 bits of SHA1(secret), signed. */
  readonly id: bigint;
  readonly secret: Buffer;
  readonly salts: ServerSalts;
  readonly createdMs: number;
  /** The data centre it was made with, as far as the client told. */
  readonly dcId: number | null;
  /** Epoch seconds at which a temporary key ends; null for a lasting one. */
  readonly expiresAtS: number | null;
  /** The lasting key a temporary one stands for. */
  boundTo: AuthKey | null;
  layer: number;
  client: ClientInfo | null;
  authorization: Authorization | null;
  /** The account whose login code was right and whose password is still asked. */
  passwordAskedOf: TelegramAccount | null;
  endReason: EndReason | null;
  /** Numbers the updates sent to this sign-in that belong to no box. */
  seq: number;
}

export function authKeyId(secret: Buffer): bigint {
  return sha1(secret).readBigInt64LE(12);
}

/** The key that holds the sign-in: itself, or the lasting key behind a temporary one. */
export function identityOf(key: AuthKey): AuthKey {
  return key.boundTo ?? key;
}
