import { randomBytes } from "node:crypto";
import { fromBytes, powMod, toBytes } from "#sandbox/telegram/crypto/big-numbers.ts";
import { sha1 } from "#sandbox/telegram/crypto/hashes.ts";
import { decryptIge, encryptIge } from "#sandbox/telegram/crypto/ige.ts";
import { GENERATOR, isSafePublicValue, PRIME, PRIME_BYTES } from "#sandbox/telegram/crypto/known-group.ts";
import type { ServerKey } from "#sandbox/telegram/crypto/server-key.ts";
import { PROTOCOL_SCHEMA } from "#sandbox/telegram/tl/schema.ts";
import { TlReader } from "#sandbox/telegram/tl/tl-reader.ts";
import { writeObject } from "#sandbox/telegram/tl/tl-writer.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import { authKeyId } from "#sandbox/telegram/wire/auth-key.ts";

/** A key exchange that came to its end. */
export interface AgreedKey {
  readonly secret: Buffer;
  readonly firstSalt: bigint;
  readonly dcId: number | null;
  /** Seconds a temporary key is valid; null for a lasting one. */
  readonly expiresInS: number | null;
}

interface Exchange {
  readonly nonce: bigint;
  readonly serverNonce: bigint;
  readonly newNonce: Buffer | null;
  readonly secret: bigint;
  readonly dcId: number | null;
  readonly expiresInS: number | null;
}

/**
 * A small and a large prime: the client's factorisation, which proves nothing here, is quick, and methods that look for
 * cycles do not find both at once (with two small ones some never end).
 */
const [P, Q] = [65_537n, 17_592_186_056_761n];
/** Several may run side by side on one connection; more than this were given up. */
const MOST_AT_ONCE = 4;

/**
 * The server's side of core.telegram.org/mtproto/auth_key (checked 2026-11) on one connection. Requests that do not fit
 * are answered with null, for which the connection sends the transport's −404.
 */
export class KeyExchange {
  readonly #serverKey: ServerKey;
  readonly #nowS: () => number;
  readonly #isTaken: (keyId: bigint) => boolean;
  #exchanges: Exchange[] = [];

  constructor(serverKey: ServerKey, nowS: () => number, isTaken: (keyId: bigint) => boolean) {
    this.#serverKey = serverKey;
    this.#nowS = nowS;
    this.#isTaken = isTaken;
  }

  /** Answers one unencrypted request; `agreed` is told a finished key before its answer is returned. */
  answer(request: TlObject, agreed: (key: AgreedKey) => void): TlObject | null {
    switch (request._) {
      case "req_pq":
      case "req_pq_multi":
        return this.#begin(request["nonce"] as bigint);
      case "req_DH_params":
        return this.#offer(request);
      case "set_client_DH_params":
        return this.#finish(request, agreed);
      default:
        return null;
    }
  }

  #begin(nonce: bigint): TlObject {
    const serverNonce = fromBytes(randomBytes(16));
    this.#keep({ nonce, serverNonce, newNonce: null, secret: 0n, dcId: null, expiresInS: null });
    return {
      _: "resPQ",
      nonce,
      server_nonce: serverNonce,
      pq: minimalBytes(P * Q),
      server_public_key_fingerprints: [this.#serverKey.fingerprint],
    };
  }

  #offer(request: TlObject): TlObject | null {
    const exchange = this.#find(request);
    if (!exchange || request["public_key_fingerprint"] !== this.#serverKey.fingerprint) return null;
    const opened = this.#serverKey.open(Buffer.from(request["encrypted_data"] as Uint8Array), (data) => {
      const reader = new TlReader(data, PROTOCOL_SCHEMA);
      reader.object();
      return reader.position;
    });
    if (!opened) return null;
    const inner = new TlReader(opened, PROTOCOL_SCHEMA).object();
    const fits =
      inner._.startsWith("p_q_inner_data") &&
      inner["nonce"] === exchange.nonce &&
      inner["server_nonce"] === exchange.serverNonce &&
      fromBytes(inner["p"] as Uint8Array) === P &&
      fromBytes(inner["q"] as Uint8Array) === Q;
    if (!fits) return null;
    const newNonce = toBytes(inner["new_nonce"] as bigint, 32);
    const secret = fromBytes(randomBytes(256));
    this.#keep({
      ...exchange,
      newNonce,
      secret,
      dcId: typeof inner["dc"] === "number" ? normalDcId(inner["dc"]) : null,
      expiresInS: typeof inner["expires_in"] === "number" ? inner["expires_in"] : null,
    });
    const answer = writeObject(PROTOCOL_SCHEMA, {
      _: "server_DH_inner_data",
      nonce: exchange.nonce,
      server_nonce: exchange.serverNonce,
      g: Number(GENERATOR),
      dh_prime: PRIME_BYTES,
      g_a: toBytes(powMod(GENERATOR, secret, PRIME), 256),
      server_time: this.#nowS(),
    });
    const { key, iv } = temporaryKey(newNonce, toBytes(exchange.serverNonce, 16));
    const hashed = Buffer.concat([sha1(answer), answer]);
    const padded = Buffer.concat([hashed, randomBytes((16 - (hashed.length % 16)) % 16)]);
    return {
      _: "server_DH_params_ok",
      nonce: exchange.nonce,
      server_nonce: exchange.serverNonce,
      encrypted_answer: encryptIge(padded, key, iv),
    };
  }

  #finish(request: TlObject, agreed: (key: AgreedKey) => void): TlObject | null {
    const exchange = this.#find(request);
    const encrypted = request["encrypted_data"] as Uint8Array;
    if (!exchange?.newNonce || encrypted.length % 16 !== 0) return null;
    const serverNonce = toBytes(exchange.serverNonce, 16);
    const { key, iv } = temporaryKey(exchange.newNonce, serverNonce);
    const opened = decryptIge(encrypted, key, iv);
    const reader = new TlReader(opened.subarray(20), PROTOCOL_SCHEMA);
    const inner = reader.object();
    const hash = sha1(opened.subarray(20, 20 + reader.position));
    if (inner._ !== "client_DH_inner_data" || !hash.equals(opened.subarray(0, 20))) return null;
    const clientValue = fromBytes(inner["g_b"] as Uint8Array);
    if (inner["nonce"] !== exchange.nonce || inner["server_nonce"] !== exchange.serverNonce) return null;
    const { nonce, newNonce } = exchange;
    const secret = toBytes(powMod(clientValue, exchange.secret, PRIME), 256);
    const auxiliary = sha1(secret).subarray(0, 8);
    const proof = (kind: number): bigint =>
      fromBytes(sha1(newNonce, Buffer.from([kind]), auxiliary).subarray(4, 20));
    if (!isSafePublicValue(clientValue)) {
      return { _: "dh_gen_fail", nonce, server_nonce: exchange.serverNonce, new_nonce_hash3: proof(3) };
    }
    if (this.#isTaken(authKeyId(secret))) {
      return { _: "dh_gen_retry", nonce, server_nonce: exchange.serverNonce, new_nonce_hash2: proof(2) };
    }
    this.#exchanges = this.#exchanges.filter((other) => other.serverNonce !== exchange.serverNonce);
    agreed({
      secret,
      firstSalt: newNonce.readBigInt64LE(0) ^ serverNonce.readBigInt64LE(0),
      dcId: exchange.dcId,
      expiresInS: exchange.expiresInS,
    });
    return { _: "dh_gen_ok", nonce, server_nonce: exchange.serverNonce, new_nonce_hash1: proof(1) };
  }

  #find(request: TlObject): Exchange | null {
    const found = this.#exchanges.find(
      (one) => one.nonce === request["nonce"] && one.serverNonce === request["server_nonce"],
    );
    return found ?? null;
  }

  #keep(exchange: Exchange): void {
    const others = this.#exchanges.filter((other) => other.serverNonce !== exchange.serverNonce);
    this.#exchanges = [...others, exchange].slice(-MOST_AT_ONCE);
  }
}

function temporaryKey(newNonce: Buffer, serverNonce: Buffer): { key: Buffer; iv: Buffer } {
  const newThenServer = sha1(newNonce, serverNonce);
  const serverThenNew = sha1(serverNonce, newNonce);
  return {
    key: Buffer.concat([newThenServer, serverThenNew.subarray(0, 12)]),
    iv: Buffer.concat([serverThenNew.subarray(12, 20), sha1(newNonce, newNonce), newNonce.subarray(0, 4)]),
  };
}

/** Test servers are numbered from 10,000, media servers negatively: core.telegram.org/mtproto/auth_key (2026-11). */
function normalDcId(dcId: number): number {
  return Math.abs(dcId) % 10_000;
}

function minimalBytes(value: bigint): Buffer {
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
}
