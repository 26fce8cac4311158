import { randomBytes } from "node:crypto";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";

interface SentCode {
  readonly phone: string;
  readonly expiresMs: number;
  wrongTries: number;
  /** The right digits were given. */
  isChecked: boolean;
}

/** A code is good for five minutes; the sixth wrong try ends it. */
const VALID_MS = 5 * 60_000;
const MOST_WRONG_TRIES = 5;

/** The login codes that were sent, by phone_code_hash. Which digits are right follows from the account. */
export class LoginCodes {
  readonly #nowMs: () => number;
  readonly #sent = new Map<string, SentCode>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Sends a code and returns its phone_code_hash; codes sent before stay good until they expire. */
  send(phone: string): string {
    const hash = randomBytes(9).toString("hex");
    this.#sent.set(hash, { phone, expiresMs: this.#nowMs() + VALID_MS, wrongTries: 0, isChecked: false });
    return hash;
  }

  /** Forgets a code; throws PHONE_CODE_EXPIRED when it is not known. */
  cancel(phone: string, hash: string): void {
    this.#find(phone, hash);
    this.#sent.delete(hash);
  }

  /** Throws PHONE_CODE_EMPTY, PHONE_CODE_EXPIRED or PHONE_CODE_INVALID unless these are the right digits. */
  check(phone: string, hash: string, given: string, right: string): void {
    if (given === "") throw new RpcError(400, "PHONE_CODE_EMPTY");
    const sent = this.#find(phone, hash);
    if (given === right) {
      sent.isChecked = true;
      return;
    }
    if (++sent.wrongTries > MOST_WRONG_TRIES) this.#sent.delete(hash);
    throw new RpcError(400, "PHONE_CODE_INVALID");
  }

  /** Throws PHONE_CODE_EXPIRED or PHONE_CODE_INVALID unless the right digits were given before. */
  requireChecked(phone: string, hash: string): void {
    if (!this.#find(phone, hash).isChecked) throw new RpcError(400, "PHONE_CODE_INVALID");
  }

  /** A code that signed somebody in is used up. */
  forget(hash: string): void {
    this.#sent.delete(hash);
  }

  #find(phone: string, hash: string): SentCode {
    const sent = this.#sent.get(hash);
    if (!sent || sent.phone !== phone || this.#nowMs() > sent.expiresMs) {
      this.#sent.delete(hash);
      throw new RpcError(400, "PHONE_CODE_EXPIRED");
    }
    return sent;
  }
}
