import { pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { fromBytes, powMod, toBytes } from "#sandbox/telegram/crypto/big-numbers.ts";
import { sha256 } from "#sandbox/telegram/crypto/hashes.ts";
import { GENERATOR, isSafePublicValue, PRIME, PRIME_BYTES } from "#sandbox/telegram/crypto/known-group.ts";

const GENERATOR_BYTES = toBytes(GENERATOR, 256);

/** What the server keeps of a password: the salts and g^x mod p. */
export interface PasswordVerifier {
  readonly salt1: Buffer;
  readonly salt2: Buffer;
  readonly verifier: bigint;
}

/** One offer of a secure remote password check: the server's secret and the B it sent. */
export interface PasswordChallenge {
  readonly id: bigint;
  readonly secret: bigint;
  readonly publicValue: bigint;
}

/**
 * Derives the verifier as documented for passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow:
 * core.telegram.org/api/srp (checked 2026-11). Costs about 0.1 s on a thread of the pool.
 */
export async function createVerifier(
  password: string,
  salt1: Buffer,
  salt2: Buffer,
): Promise<PasswordVerifier> {
  const inner = salted(salted(Buffer.from(password, "utf8"), salt1), salt2);
  const stretched = await promisify(pbkdf2)(inner, salt1, 100_000, 64, "sha512");
  const x = fromBytes(salted(stretched, salt2));
  return { salt1, salt2, verifier: powMod(GENERATOR, x, PRIME) };
}

/** Makes a fresh offer. */
export function challenge({ verifier }: PasswordVerifier): PasswordChallenge {
  const secret = fromBytes(randomBytes(256));
  const k = fromBytes(sha256(PRIME_BYTES, GENERATOR_BYTES));
  return {
    id: randomBytes(8).readBigInt64LE(0),
    secret,
    publicValue: (k * verifier + powMod(GENERATOR, secret, PRIME)) % PRIME,
  };
}

/** Whether A and M1 prove knowledge of the password. */
export function verifyProof(
  { salt1, salt2, verifier }: PasswordVerifier,
  { secret, publicValue }: PasswordChallenge,
  clientValue: Uint8Array,
  proof: Uint8Array,
): boolean {
  const a = fromBytes(clientValue);
  if (!isSafePublicValue(a)) return false;
  const [aBytes, bBytes] = [toBytes(a, 256), toBytes(publicValue, 256)];
  const u = fromBytes(sha256(aBytes, bBytes));
  const shared = powMod(a * powMod(verifier, u, PRIME), secret, PRIME);
  const key = sha256(toBytes(shared, 256));
  const primeHash = sha256(PRIME_BYTES);
  const generatorHash = sha256(GENERATOR_BYTES);
  const mixed = primeHash.map((byte, at) => byte ^ (generatorHash[at] as number));
  return sha256(mixed, sha256(salt1), sha256(salt2), aBytes, bBytes, key).equals(proof);
}

function salted(data: Buffer, salt: Buffer): Buffer {
  return sha256(salt, data, salt);
}
