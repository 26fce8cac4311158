"use strict";
/**
 * AES-256-IGE under the name and with the interface that gramjs asks for (`@cryptography/aes`), whose own
 * implementation is GPL. See docs/decisions/0020. IGE as MTProto defines it:
 * cᵢ = E(pᵢ ⊕ cᵢ₋₁) ⊕ pᵢ₋₁, where the 32-byte vector holds c₀ and then p₀
 * (core.telegram.org/mtproto, checked 2026-11).
 */
const { createCipheriv } = require("node:crypto");
const { unsafe } = require("@noble/ciphers/aes.js");

const BLOCK_BYTES = 16;

class IGE {
  /**
   * @param {Uint8Array} key 32 bytes
   * @param {Uint8Array} iv 32 bytes
   */
  constructor(key, iv) {
    this.key = Buffer.from(key);
    this.c0 = Buffer.from(iv).subarray(0, BLOCK_BYTES);
    this.p0 = Buffer.from(iv).subarray(BLOCK_BYTES, 2 * BLOCK_BYTES);
  }

  /**
   * With yᵢ = cᵢ ⊕ pᵢ₋₁ the definition reads yᵢ = E((pᵢ ⊕ pᵢ₋₂) ⊕ yᵢ₋₁): the native CBC of the plaintext folded onto
   * itself two blocks back. One native call instead of one a block.
   * @param {Uint8Array} plain a multiple of 16 bytes
   * @returns {Uint32Array} big-endian words
   */
  encrypt(plain) {
    const shifted = Buffer.concat([this.p0, plain]);
    const folded = Buffer.from(plain);
    xorInto(folded.subarray(BLOCK_BYTES), shifted);
    const cipher = createCipheriv("aes-256-cbc", this.key, this.c0).setAutoPadding(false);
    const text = Buffer.concat([cipher.update(folded), cipher.final()]);
    xorInto(text, shifted);
    return bigEndianWords(text);
  }

  /**
   * Decryption chains through the block function the other way round, for which there is no native mode.
   * @param {Uint8Array} text a multiple of 16 bytes
   * @returns {Uint32Array} big-endian words
   */
  decrypt(text) {
    const keys = unsafe.expandKeyDecLE(this.key);
    const input = littleEndianWords(text);
    const output = new Uint32Array(input.length);
    let [c0, c1, c2, c3] = littleEndianWords(this.c0);
    let [p0, p1, p2, p3] = littleEndianWords(this.p0);
    for (let at = 0; at < input.length; at += 4) {
      const [t0, t1, t2, t3] = [input[at], input[at + 1], input[at + 2], input[at + 3]];
      const { s0, s1, s2, s3 } = unsafe.decrypt(keys, t0 ^ p0, t1 ^ p1, t2 ^ p2, t3 ^ p3);
      p0 = (s0 ^ c0) >>> 0;
      p1 = (s1 ^ c1) >>> 0;
      p2 = (s2 ^ c2) >>> 0;
      p3 = (s3 ^ c3) >>> 0;
      output[at] = p0;
      output[at + 1] = p1;
      output[at + 2] = p2;
      output[at + 3] = p3;
      [c0, c1, c2, c3] = [t0, t1, t2, t3];
    }
    for (let at = 0; at < output.length; at += 1) output[at] = swap(output[at]);
    return output;
  }
}

/** gramjs asks for plain AES only where it believes it is in a browser. */
function AES() {
  throw new Error("gramjs is in browser mode: it must run in the main process or a worker, without `window`");
}

function xorInto(target, other) {
  for (let at = 0; at < target.length; at += 1) target[at] ^= other[at];
}

function littleEndianWords(bytes) {
  const words = new Uint32Array(bytes.length >>> 2);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < words.length; at += 1) words[at] = view.getUint32(at * 4, true);
  return words;
}

function bigEndianWords(bytes) {
  return littleEndianWords(bytes).map(swap);
}

function swap(word) {
  return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}

module.exports = { IGE, AES, default: AES };
