import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  privateDecrypt,
  type KeyObject,
} from "node:crypto";
import { promisify } from "node:util";
import { fromBytes, toBytes } from "#sandbox/telegram/crypto/big-numbers.ts";
import { sha1, sha256 } from "#sandbox/telegram/crypto/hashes.ts";
import { decryptIge } from "#sandbox/telegram/crypto/ige.ts";
import { PROTOCOL_SCHEMA } from "#sandbox/telegram/tl/schema.ts";
import { TlWriter } from "#sandbox/telegram/tl/tl-writer.ts";

/** The server's RSA key, to which clients encrypt the first secret of a key exchange. */
export interface ServerKey {
  /** PKCS #1 PEM, the form Telegram publishes its own keys in. */
  readonly publicKeyPem: string;
  /** The lower 64 bits of SHA1(n, e), signed. */
  readonly fingerprint: bigint;
  readonly privateKeyPem: string;
  /**
   * Opens the `encrypted_data` of req_DH_params in today's form (RSA_PAD) or the older one (SHA1 in front). The
   * result may have padding behind the inner data; null when neither fits. `measure` tells how long the inner data is.
   */
  open(encrypted: Buffer, measure: (data: Buffer) => number): Buffer | null;
}

/** Makes a new 2048-bit key. */
export async function createServerKey(): Promise<ServerKey> {
  for (;;) {
    const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
    const key = toServerKey(privateKey);
    // Clients that write fingerprints in hexadecimal without leading zeros would not find it.
    if (BigInt.asUintN(64, key.fingerprint) >> 60n !== 0n) return key;
  }
}

/** Takes an earlier key from its PEM. */
export function readServerKey(privateKeyPem: string): ServerKey {
  return toServerKey(createPrivateKey(privateKeyPem));
}

function toServerKey(privateKey: KeyObject): ServerKey {
  const publicKey = createPublicKey(privateKey);
  return {
    publicKeyPem: publicKey.export({ type: "pkcs1", format: "pem" }).toString(),
    privateKeyPem: privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
    fingerprint: fingerprintOf(publicKey),
    open: (encrypted, measure) => open(privateKey, encrypted, measure),
  };
}

function fingerprintOf(publicKey: KeyObject): bigint {
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  const writer = new TlWriter(PROTOCOL_SCHEMA);
  writer.bytes(Buffer.from(n, "base64url")).bytes(Buffer.from(e, "base64url"));
  return sha1(writer.finish()).readBigInt64LE(12);
}

function open(privateKey: KeyObject, encrypted: Buffer, measure: (data: Buffer) => number): Buffer | null {
  let block: Buffer;
  try {
    const full = toBytes(fromBytes(encrypted), 256);
    block = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, full);
  } catch {
    return null;
  }
  return openPadded(block) ?? openHashed(block, measure);
}

/** RSA_PAD, core.telegram.org/mtproto/auth_key (checked 2026-11). */
function openPadded(block: Buffer): Buffer | null {
  const maskedKey = block.subarray(0, 32);
  const encrypted = block.subarray(32);
  const hash = sha256(encrypted);
  const key = Buffer.from(maskedKey.map((byte, at) => byte ^ (hash[at] as number)));
  const opened = decryptIge(encrypted, key, Buffer.alloc(32));
  const data = Buffer.from(opened.subarray(0, 192)).reverse();
  return sha256(key, data).equals(opened.subarray(192)) ? data : null;
}

/** The older form: SHA1(data), data, random bytes; 255 bytes behind a zero. */
function openHashed(block: Buffer, measure: (data: Buffer) => number): Buffer | null {
  if (block[0] !== 0) return null;
  const data = block.subarray(21);
  try {
    return sha1(data.subarray(0, measure(data))).equals(block.subarray(1, 21)) ? data : null;
  } catch {
    return null;
  }
}
