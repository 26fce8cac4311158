import { randomBytes } from "node:crypto";
import { sha256 } from "#sandbox/telegram/crypto/hashes.ts";
import { decryptIge, encryptIge } from "#sandbox/telegram/crypto/ige.ts";

const FROM_CLIENT = 0;
const FROM_SERVER = 8;

/**
 * MTProto 2.0 message encryption: core.telegram.org/mtproto/description (checked 2026-11). `authKey` is 256 bytes.
 * Returns msg_key and ciphertext, to be sent behind the key id. Adds 12 to 27 bytes of padding.
 */
export function encryptForClient(authKey: Buffer, plain: Buffer): Buffer {
  const padding = randomBytes(12 + ((16 - ((plain.length + 12) % 16)) % 16));
  const padded = Buffer.concat([plain, padding]);
  const messageKey = messageKeyOf(authKey, padded, FROM_SERVER);
  const { key, iv } = deriveKey(authKey, messageKey, FROM_SERVER);
  return Buffer.concat([messageKey, encryptIge(padded, key, iv)]);
}

/** Opens what a client encrypted; null when msg_key does not fit, which means the key or the data is wrong. */
export function decryptFromClient(authKey: Buffer, messageKey: Buffer, encrypted: Buffer): Buffer | null {
  const { key, iv } = deriveKey(authKey, messageKey, FROM_CLIENT);
  const padded = decryptIge(encrypted, key, iv);
  return messageKeyOf(authKey, padded, FROM_CLIENT).equals(messageKey) ? padded : null;
}

function messageKeyOf(authKey: Buffer, padded: Buffer, x: number): Buffer {
  return sha256(authKey.subarray(88 + x, 120 + x), padded).subarray(8, 24);
}

function deriveKey(authKey: Buffer, messageKey: Buffer, x: number): { key: Buffer; iv: Buffer } {
  const a = sha256(messageKey, authKey.subarray(x, x + 36));
  const b = sha256(authKey.subarray(40 + x, 76 + x), messageKey);
  return {
    key: Buffer.concat([a.subarray(0, 8), b.subarray(8, 24), a.subarray(24, 32)]),
    iv: Buffer.concat([b.subarray(0, 8), a.subarray(8, 24), b.subarray(24, 32)]),
  };
}
