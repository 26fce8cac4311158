import { createCipheriv, createDecipheriv } from "node:crypto";

const BLOCK = 16;

/**
 * AES-256 in IGE mode, which OpenSSL does not offer: c[i] = E(p[i] ^ c[i-1]) ^ p[i-1]. With d[i] = c[i] ^ p[i-1] this
 * is d[i] = E(p[i] ^ p[i-2] ^ d[i-1]), so one native CBC pass over p[i] ^ p[i-2] does the work. `iv` is c[0] and p[0],
 * 32 bytes; the length of `plain` is a multiple of 16.
 */
export function encryptIge(plain: Uint8Array, key: Uint8Array, iv: Uint8Array): Buffer {
  const previous = Buffer.alloc(plain.length);
  previous.set(iv.subarray(BLOCK, BLOCK * 2), 0);
  previous.set(plain.subarray(0, plain.length - BLOCK), BLOCK);
  const beforeThat = Buffer.alloc(plain.length);
  beforeThat.set(previous.subarray(0, plain.length - BLOCK), BLOCK);
  const cipher = createCipheriv("aes-256-cbc", key, iv.subarray(0, BLOCK)).setAutoPadding(false);
  const chained = cipher.update(xor(Buffer.from(plain), beforeThat));
  return xor(chained, previous);
}

/** The inverse: p[i] = D(c[i] ^ p[i-1]) ^ c[i-1], block by block because each needs the one before. */
export function decryptIge(encrypted: Uint8Array, key: Uint8Array, iv: Uint8Array): Buffer {
  const decipher = createDecipheriv("aes-256-ecb", key, null).setAutoPadding(false);
  const plain = Buffer.allocUnsafe(encrypted.length);
  const block = Buffer.allocUnsafe(BLOCK);
  for (let at = 0; at < encrypted.length; at += BLOCK) {
    for (let i = 0; i < BLOCK; i++) {
      const before = (at === 0 ? iv[BLOCK + i] : plain[at - BLOCK + i]) as number;
      block[i] = (encrypted[at + i] as number) ^ before;
    }
    const opened = decipher.update(block);
    for (let i = 0; i < BLOCK; i++) {
      const before = (at === 0 ? iv[i] : encrypted[at - BLOCK + i]) as number;
      plain[at + i] = (opened[i] as number) ^ before;
    }
  }
  return plain;
}

/** XORs `other` into `target` and returns it. */
function xor(target: Buffer, other: Uint8Array): Buffer {
  for (let at = 0; at < target.length; at++) target[at] = (target[at] as number) ^ (other[at] as number);
  return target;
}
