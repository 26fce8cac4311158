import { randomBytes } from "node:crypto";

/** Validity of a salt as documented: half an hour, plus as long again in which both are accepted. */
const VALID_S = 1_800;
const MOST_FUTURE_SALTS = 64;

interface Salt {
  readonly value: bigint;
  validSinceS: number;
  validUntilS: number;
}

/** The salts of one authorization key: core.telegram.org/mtproto/description#server-salt (checked 2026-11). */
export class ServerSalts {
  #salts: Salt[];

  constructor(first: bigint, nowS: number) {
    this.#salts = [{ value: first, validSinceS: nowS, validUntilS: nowS + VALID_S * 2 }];
  }

  current(nowS: number): bigint {
    this.#extend(nowS, 1);
    const valid = this.#salts.findLast((salt) => salt.validSinceS <= nowS && nowS < salt.validUntilS);
    if (valid) return valid.value;
    // The clock was set back to before the first.
    this.replaceAll(nowS);
    return this.current(nowS);
  }

  isValid(value: bigint, nowS: number): boolean {
    this.#extend(nowS, 1);
    return this.#salts.some(
      (salt) => salt.value === value && salt.validSinceS <= nowS && nowS < salt.validUntilS,
    );
  }

  /** The current salt and those to come, at most 64. */
  future(nowS: number, count: number): readonly Readonly<Salt>[] {
    const wanted = Math.min(Math.max(count, 1), MOST_FUTURE_SALTS);
    this.#extend(nowS, wanted);
    return this.#salts.filter((salt) => nowS < salt.validUntilS).slice(0, wanted);
  }

  /** A scripted fault: every salt a client may hold is invalid from now on. */
  replaceAll(nowS: number): void {
    this.#salts = [{ value: randomSalt(), validSinceS: nowS, validUntilS: nowS + VALID_S * 2 }];
  }

  #extend(nowS: number, count: number): void {
    this.#salts = this.#salts.filter((salt) => nowS < salt.validUntilS);
    // After a long sleep the series begins anew.
    if (this.#salts.length === 0) this.replaceAll(nowS);
    for (;;) {
      const last = this.#salts.at(-1) as Salt;
      const future = this.#salts.filter((salt) => salt.validSinceS > nowS).length;
      if (future >= count && this.#salts.length >= count) return;
      const validSinceS = last.validUntilS - VALID_S;
      this.#salts.push({ value: randomSalt(), validSinceS, validUntilS: validSinceS + VALID_S * 2 });
    }
  }
}

function randomSalt(): bigint {
  return randomBytes(8).readBigInt64LE(0);
}
