import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { expect, test } from "vitest";

interface Ige {
  encrypt(plain: Uint8Array): Uint32Array;
  decrypt(text: Uint8Array): Uint32Array;
}

const { IGE } = createRequire(import.meta.url)("@cryptography/aes") as {
  IGE: new (key: Uint8Array, iv: Uint8Array) => Ige;
};

function bytesOf(bigEndianWords: Uint32Array): Buffer {
  const bytes = Buffer.alloc(bigEndianWords.length * 4);
  bigEndianWords.forEach((word, index) => bytes.writeUInt32BE(word, index * 4));
  return bytes;
}

/** The mode as it is defined, a block at a time, on Node's own block cipher. */
function byDefinition(direction: "encrypt" | "decrypt", key: Buffer, iv: Buffer, input: Buffer): Buffer {
  const block =
    direction === "encrypt"
      ? createCipheriv("aes-256-ecb", key, null).setAutoPadding(false)
      : createDecipheriv("aes-256-ecb", key, null).setAutoPadding(false);
  let [before, after] =
    direction === "encrypt" ? [iv.subarray(0, 16), iv.subarray(16)] : [iv.subarray(16), iv.subarray(0, 16)];
  const output: Buffer[] = [];
  for (let at = 0; at < input.length; at += 16) {
    const taken = input.subarray(at, at + 16);
    const given = xor(block.update(xor(taken, before)), after);
    output.push(given);
    [before, after] = [given, taken];
  }
  return Buffer.concat(output);
}

function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
}

test.each([16, 32, 48, 160, 4_096])("%i bytes come out as the mode is defined, both ways", (length) => {
  const [key, iv, input] = [randomBytes(32), randomBytes(32), randomBytes(length)];
  expect({
    encrypted: bytesOf(new IGE(key, iv).encrypt(input)).toString("hex"),
    decrypted: bytesOf(new IGE(key, iv).decrypt(input)).toString("hex"),
  }).toEqual({
    encrypted: byDefinition("encrypt", key, iv, input).toString("hex"),
    decrypted: byDefinition("decrypt", key, iv, input).toString("hex"),
  });
});

test("what was encrypted is decrypted, from a view into a larger buffer too", () => {
  const [key, iv] = [randomBytes(32), randomBytes(32)];
  const plain = Buffer.concat([Buffer.alloc(7), randomBytes(64)]).subarray(7);
  const encrypted = bytesOf(new IGE(key, iv).encrypt(plain));
  expect(bytesOf(new IGE(key, iv).decrypt(encrypted))).toEqual(Buffer.from(plain));
});
