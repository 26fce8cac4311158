/** Hands out message ids: time in the upper half, always rising. core.telegram.org/mtproto/description (checked 2026-11). */
export class MessageIds {
  readonly #nowMs: () => number;
  #last = 0n;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** An id for a message that answers the client (1 modulo 4) or that the server sends by itself (3 modulo 4). */
  next(purpose: "answer" | "push"): bigint {
    const nowMs = this.#nowMs();
    const fraction = BigInt(Math.floor(((nowMs % 1_000) / 1_000) * 2 ** 32)) & ~3n;
    const wanted = (BigInt(Math.floor(nowMs / 1_000)) << 32n) | fraction;
    const base = wanted > this.#last ? wanted : (this.#last & ~3n) + 4n;
    this.#last = base | (purpose === "answer" ? 1n : 3n);
    return this.#last;
  }
}

/** Epoch seconds of a message id. */
export function secondsOf(messageId: bigint): number {
  return Number(messageId >> 32n);
}
