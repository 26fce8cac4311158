import { randomBytes } from "node:crypto";
import type { AccountDirectory } from "#sandbox/telegram/accounts.ts";
import { toBytes } from "#sandbox/telegram/crypto/big-numbers.ts";
import { GENERATOR, PRIME_BYTES } from "#sandbox/telegram/crypto/known-group.ts";
import {
  challenge,
  createVerifier,
  verifyProof,
  type PasswordChallenge,
  type PasswordVerifier,
} from "#sandbox/telegram/crypto/password.ts";
import type { TelegramAccount } from "#sandbox/telegram/telegram-account.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";

const ALGORITHM = "passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow";
const SECURE_ALGORITHM = "securePasswordKdfAlgoPBKDF2HMACSHA512iter100000";

/** The cloud passwords of accounts and the checks under way. */
export class Passwords {
  readonly #accounts: AccountDirectory;
  readonly #verifiers = new Map<bigint, Promise<PasswordVerifier>>();
  readonly #challenges = new Map<bigint, PasswordChallenge>();

  constructor(accounts: AccountDirectory) {
    this.#accounts = accounts;
  }

  isSetFor(account: TelegramAccount): boolean {
    return (this.#accounts.signInFacts(account)?.password ?? null) !== null;
  }

  /** `account.password`, with a fresh challenge when the account has a password. */
  async describe(account: TelegramAccount): Promise<TlObject> {
    const settings = {
      _: "account.password",
      new_algo: describeAlgorithm(randomBytes(8), randomBytes(16)),
      new_secure_algo: { _: SECURE_ALGORITHM, salt: randomBytes(8) },
      secure_random: randomBytes(256),
    };
    const verifier = await this.#verifierOf(account);
    if (!verifier) return settings;
    const offer = challenge(verifier);
    this.#challenges.set(account.userId, offer);
    return {
      ...settings,
      has_password: true,
      current_algo: describeAlgorithm(verifier.salt1, verifier.salt2),
      srp_B: toBytes(offer.publicValue, 256),
      srp_id: offer.id,
      hint: "printed when the sandbox starts",
    };
  }

  /** Throws PASSWORD_HASH_INVALID or SRP_ID_INVALID unless the proof holds. A challenge is good for one try. */
  async check(account: TelegramAccount, proof: TlObject): Promise<void> {
    const verifier = await this.#verifierOf(account);
    if (!verifier || proof._ !== "inputCheckPasswordSRP") throw new RpcError(400, "PASSWORD_HASH_INVALID");
    const offer = this.#challenges.get(account.userId);
    if (!offer || offer.id !== proof["srp_id"]) throw new RpcError(400, "SRP_ID_INVALID");
    this.#challenges.delete(account.userId);
    const holds = verifyProof(verifier, offer, proof["A"] as Uint8Array, proof["M1"] as Uint8Array);
    if (!holds) throw new RpcError(400, "PASSWORD_HASH_INVALID");
  }

  async #verifierOf(account: TelegramAccount): Promise<PasswordVerifier | null> {
    const password = this.#accounts.signInFacts(account)?.password ?? null;
    if (password === null) return null;
    let verifier = this.#verifiers.get(account.userId);
    if (!verifier) {
      verifier = createVerifier(password, randomBytes(40), randomBytes(16));
      this.#verifiers.set(account.userId, verifier);
    }
    return verifier;
  }
}

function describeAlgorithm(salt1: Buffer, salt2: Buffer): TlObject {
  return { _: ALGORITHM, salt1, salt2, g: Number(GENERATOR), p: PRIME_BYTES };
}
