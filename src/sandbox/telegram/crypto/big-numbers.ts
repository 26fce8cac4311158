/** Reads an unsigned number, most significant byte first. */
export function fromBytes(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

/** Writes an unsigned number, most significant byte first, filled up with zeros to `length` bytes. */
export function toBytes(value: bigint, length: number): Buffer {
  return Buffer.from(value.toString(16).padStart(length * 2, "0"), "hex");
}

const WINDOW_BITS = 4n;

/** base ^ exponent mod modulus, by windows of four bits; several times faster here than node's DiffieHellman. */
export function powMod(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const powers = [1n, base % modulus];
  for (let at = 2; at < 16; at++) powers.push(((powers[at - 1] as bigint) * (powers[1] as bigint)) % modulus);
  let result = 1n;
  for (const digit of exponent.toString(16)) {
    for (let bit = 0n; bit < WINDOW_BITS; bit++) result = (result * result) % modulus;
    const power = powers[Number.parseInt(digit, 16)] as bigint;
    if (power !== 1n) result = (result * power) % modulus;
  }
  return result;
}
