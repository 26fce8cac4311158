import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { Log } from "#shared/lib/log.ts";
import { SECOND_MS, type Clock, type EpochMs } from "#shared/lib/time.ts";
import { FIRST_DATA_CENTRE } from "./data-centres.ts";
import { withDeadline } from "./deadline.ts";
import { Line } from "./line.ts";
import type { TelegramApp, TelegramServer } from "./telegram-session.ts";
import { readError } from "./translate-error.ts";
import type { Trust } from "./trust.ts";
import { untilAborted } from "./until-aborted.ts";

export interface SignInLineOptions {
  readonly app: TelegramApp;
  readonly server?: TelegramServer;
  readonly clock: Clock;
  readonly log: Log;
  readonly deadlineMs: number;
}

/** What became of one question; `error` is Telegram's own name for a refusal. */
export type Answer =
  | { readonly outcome: "answered"; readonly answer: unknown }
  | { readonly outcome: "failed"; readonly error: string | null; readonly failure: Failure };

const MAX_CONNECT_DEADLINE_MS = 10 * SECOND_MS;

/** A number belongs to one data centre; being sent on more often than there are centres is a circle. */
const MAX_MOVES = 5;

/** A code seems to have expired long ago where the two clocks differ; it is not asked for all the time then. */
const LEAST_QR_WAIT_MS = 3 * SECOND_MS;

/** Nobody waits at the screen for a key to be given up, but closing Muster does. */
const GIVING_UP_MS = 2 * SECOND_MS;

const never = new AbortController().signal;

/** A connection that is not signed in yet: it goes where the server sends it, and tries once more after a loss. */
export class SignInLine {
  readonly #options: SignInLineOptions;
  readonly #line: Line;
  readonly #closed = new AbortController();
  /** Requests that the server may still act upon, whether or not anybody waits for their answer. */
  readonly #inFlight = new Set<Promise<unknown>>();
  #onLoginToken: (() => void) | null = null;

  constructor(options: SignInLineOptions, trust: Trust) {
    this.#options = options;
    this.#line = new Line({
      app: options.app,
      server: options.server ?? null,
      trust,
      dataCentre: FIRST_DATA_CENTRE,
      key: null,
      clock: options.clock,
      log: options.log,
      connectDeadlineMs: Math.min(options.deadlineMs, MAX_CONNECT_DEADLINE_MS),
      onUpdate: (update) => {
        const isScan = update instanceof Api.UpdateShort && update.update instanceof Api.UpdateLoginToken;
        if (isScan) this.#onLoginToken?.();
      },
      onOpened: () => undefined,
      onDead: () => undefined,
    });
  }

  get key(): Buffer | null {
    return this.#line.key;
  }

  get dataCentre(): number {
    return this.#line.dataCentre;
  }

  get host(): string {
    return this.#line.host;
  }

  /** Asks once, again when sent to another data centre, and once more when the connection was lost. */
  async ask(method: string, request: () => Api.AnyRequest): Promise<Answer> {
    let hasLost = false;
    for (let moves = 0; ;) {
      let told;
      try {
        this.#closed.signal.throwIfAborted();
        const answer = await untilAborted(this.#send(request()), this.#closed.signal);
        return { outcome: "answered", answer };
      } catch (error) {
        if (this.#closed.signal.aborted)
          return failed(failure("network/unreachable", { method, reason: "closed" }));
        told = readError(error, method);
      }
      if (told.outcome === "refused") return { outcome: "failed", error: told.error, failure: told.failure };
      if (told.outcome === "slow-down") {
        const untilMs = Math.ceil(this.#options.clock.nowMs() + told.waitMs);
        return failed(failure("telegram/flood-wait", { method, untilMs }));
      }
      if (told.outcome === "elsewhere") {
        moves += 1;
        if (moves > MAX_MOVES)
          return failed(failure("telegram/bad-answer", { method, problem: "moved-in-a-circle" }));
        this.#line.moveTo(told.dataCentre);
        continue;
      }
      // A deadline has been waited for long enough; a lost connection shows at once.
      const isLost = told.failure.code === "network/unreachable";
      if (!isLost || hasLost) return failed(told.failure);
      hasLost = true;
    }
  }

  moveTo(dataCentre: number): void {
    this.#line.moveTo(dataCentre);
  }

  /** Resolves when a signed-in phone has scanned a code that is asked for after this call. */
  nextLoginToken(): Promise<void> {
    return new Promise((resolve) => {
      this.#onLoginToken = resolve;
    });
  }

  /** Waits for the scan, for the code to expire, or for the signal. */
  async untilScanned(scanned: Promise<void>, expiresAtMs: EpochMs, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const stop = new AbortController();
    const either = AbortSignal.any([signal, this.#closed.signal, stop.signal]);
    const delayMs = Math.max(LEAST_QR_WAIT_MS, expiresAtMs - clock.nowMs());
    const expired = clock.sleep(delayMs, either).catch(() => undefined);
    await Promise.race([scanned, expired]);
    stop.abort();
    await expired;
  }

  /** Ends what is being asked for those who wait, and takes no more questions. The server may act upon it still. */
  hangUp(): void {
    this.#closed.abort(new Error("the sign-in was cancelled"));
  }

  /**
   * Lets go of the key so that nobody is signed in by it, now or later: by an answer that is still on its way, or by a
   * phone that scanned its code at the last moment. What is asked next gets a new key. Takes a few seconds at most;
   * a server that does not answer so long keeps what it has.
   */
  async giveUpKey(): Promise<void> {
    if (this.#line.key === null && this.#inFlight.size === 0) return;
    await withDeadline(Promise.allSettled(this.#inFlight), GIVING_UP_MS).catch(() => undefined);
    // Refused unless somebody is signed in by it.
    await this.#try(new Api.auth.LogOut());
    const link = this.#line.link;
    if (link) {
      // The library hears no answer to the first, so the second, which comes after it, tells that it was read.
      void link.request(new Api.DestroyAuthKey(), GIVING_UP_MS).catch(() => undefined);
      await link.request(new Api.Ping({ pingId: returnBigInt(1) }), GIVING_UP_MS).catch(() => undefined);
    }
    this.#line.moveTo(this.#line.dataCentre);
  }

  /** Tells Telegram that a code is not needed any more; when that does not get through, the code just expires. */
  async takeBackCode(phoneNumber: string, phoneCodeHash: string): Promise<void> {
    await this.#try(new Api.auth.CancelCode({ phoneNumber, phoneCodeHash }));
  }

  close(): void {
    this.hangUp();
    this.#line.close();
  }

  async #send(request: Api.AnyRequest): Promise<unknown> {
    const sent = this.#line.request(request, this.#options.deadlineMs, never);
    this.#inFlight.add(sent);
    try {
      return await sent;
    } finally {
      this.#inFlight.delete(sent);
    }
  }

  /** Asks for what may fail, whoever has hung up. */
  async #try(request: Api.AnyRequest): Promise<void> {
    const asked = this.#line.request(request, GIVING_UP_MS, never);
    await withDeadline(asked, GIVING_UP_MS).catch(() => undefined);
  }
}

function failed(told: Failure): Answer {
  return { outcome: "failed", error: null, failure: told };
}
