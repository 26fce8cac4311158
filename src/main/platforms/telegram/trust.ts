import { createHash, createPublicKey } from "node:crypto";
import { _serverKeys as handshakeKeys } from "telegram/crypto/RSA.js";
import { returnBigInt } from "telegram/Helpers.js";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { TelegramServer } from "./telegram-session.ts";

/** Whose key a server must hold for us to make an authorization key with it. */
export interface Trust {
  /** `telegram`, or the fingerprint of another server's key. Kept with the secret. */
  readonly name: string;
  /** Fingerprints as the protocol sends them: signed 64 bit, in decimal. */
  readonly fingerprints: ReadonlySet<string>;
}

/** Telegram's own keys, as the library ships them. */
export const telegramTrust: Trust = { name: "telegram", fingerprints: new Set(handshakeKeys.keys()) };

/**
 * Reads another server's RSA key (PEM, 2048 bit) and makes it known to the library. The library's table is one for the
 * whole process, therefore nobody relies on it: every handshake accepts the fingerprints of its own `Trust` only
 * (handshake.ts, docs/decisions/0021).
 */
function trustServerKey(publicKeyPem: string): Result<Trust, Failure> {
  const key = readRsaKey(publicKeyPem);
  if (!key) return refuse("It is not a 2048-bit RSA public key in PEM form.");
  const fingerprint = fingerprintOf(key.n, key.e);
  if (telegramTrust.fingerprints.has(fingerprint)) {
    return refuse("It carries the fingerprint of a key of Telegram's own.");
  }
  const n = returnBigInt(BigInt(`0x${key.n.toString("hex")}`));
  const known = handshakeKeys.get(fingerprint);
  if (known && known.n.notEquals(n)) return refuse("Another key has the same fingerprint.");
  handshakeKeys.set(fingerprint, { n, e: key.e.readUIntBE(0, key.e.length) });
  return ok({ name: fingerprint, fingerprints: new Set([fingerprint]) });
}

/** The keys to accept: Telegram's own, or only that of another server. */
export function trustOf(server: TelegramServer | null): Result<Trust, Failure> {
  return server ? trustServerKey(server.publicKeyPem) : ok(telegramTrust);
}

function refuse(detail: string): Result<never, Failure> {
  return err(
    failure("telegram/bad-answer", { problem: "server-key" }, `The server's key cannot be used. ${detail}`),
  );
}

function readRsaKey(pem: string): { n: Buffer; e: Buffer } | null {
  try {
    const jwk = createPublicKey(pem).export({ format: "jwk" });
    if (jwk.kty !== "RSA" || !jwk.n || !jwk.e) return null;
    const n = Buffer.from(jwk.n, "base64url");
    const e = Buffer.from(jwk.e, "base64url");
    return n.length === 256 && e.length <= 4 ? { n, e } : null;
  } catch {
    return null;
  }
}

/**
 * The last eight bytes of the SHA-1 of the key's two numbers, each written as TL bytes, as a little-endian number
 * (core.telegram.org/mtproto/auth_key, checked 2026-11).
 */
function fingerprintOf(n: Buffer, e: Buffer): string {
  const digest = createHash("sha1").update(tlBytes(n)).update(tlBytes(e)).digest();
  return digest.readBigInt64LE(12).toString();
}

function tlBytes(value: Buffer): Buffer {
  const head =
    value.length < 254
      ? Buffer.from([value.length])
      : Buffer.from([254, value.length & 0xff, (value.length >> 8) & 0xff, (value.length >> 16) & 0xff]);
  const padding = (4 - ((head.length + value.length) % 4)) % 4;
  return Buffer.concat([head, value, Buffer.alloc(padding)]);
}
