import type { Api } from "telegram/tl/index.js";
import type { Log } from "#shared/lib/log.ts";
import { MINUTE_MS, SECOND_MS, type Clock } from "#shared/lib/time.ts";
import { findAddress } from "./data-centres.ts";
import { UntrustedServer, type NewKey } from "./handshake.ts";
import { openLink, type Link } from "./link.ts";
import type { TelegramApp, TelegramServer } from "./telegram-session.ts";
import type { Trust } from "./trust.ts";
import { untilAborted } from "./until-aborted.ts";
import { KEY_UNKNOWN, WireLost } from "./wire.ts";

/** The server no longer knows the key of this session. */
export class KeyForgotten extends Error {
  override readonly name = "KeyForgotten";
}

export interface LineOptions {
  readonly app: TelegramApp;
  /** Null for Telegram itself. */
  readonly server: TelegramServer | null;
  readonly trust: Trust;
  readonly dataCentre: number;
  /** Null makes one, and a new one should the server forget it: for signing in. */
  readonly key: Buffer | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly connectDeadlineMs: number;
  onUpdate(update: unknown): void;
  /** A connection has been made; `again` when there was one before. */
  onOpened(link: Link, again: boolean): void;
  /** There will never be another connection. */
  onDead(): void;
}

/** A key is taken as forgotten when two connections in a row say so: one refusal can be a server catching up. */
const REFUSALS_OF_KEY = 2;

const MAX_PAUSE_MS = MINUTE_MS;

/** An account's way to its data centre: one connection at a time, opened when it is needed, and again after a loss. */
export class Line {
  readonly #options: LineOptions;
  readonly #isRenewable: boolean;
  readonly #closed = new AbortController();
  #dataCentre: number;
  #key: NewKey | null;
  #link: Link | null = null;
  #opening: Promise<Link> | null = null;
  #told: Api.TypeDcOption[] = [];
  #wasOpen = false;
  #refusalsOfKey = 0;
  #dead: Error | null = null;
  #holders = 0;
  #keeping: Promise<void> | null = null;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#dataCentre = options.dataCentre;
    this.#isRenewable = options.key === null;
    this.#key = options.key && { bytes: options.key, timeOffsetS: 0 };
  }

  /** Closed, or refused for good: there will be no other connection. */
  get isDead(): boolean {
    return this.#dead !== null;
  }

  get dataCentre(): number {
    return this.#dataCentre;
  }

  /** Null before the first connection of a line that makes its own key. */
  get key(): Buffer | null {
    return this.#key?.bytes ?? null;
  }

  get host(): string {
    return findAddress(this.#dataCentre, this.#options.server, this.#told)?.host ?? "";
  }

  /**
   * Sends one request, on a new connection if there is none. Rejects as `Link.request` and `openLink` do, with
   * `KeyForgotten`, or with the signal's reason; the request may have been carried out all the same.
   */
  async request(request: Api.AnyRequest, deadlineMs: number, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    const answered = this.open().then((link) => link.request(request, deadlineMs));
    return untilAborted(answered, signal);
  }

  /** The open connection, if there is one. */
  get link(): Link | null {
    return this.#link?.isOpen ? this.#link : null;
  }

  /** The open connection, or a new one; whoever asks meanwhile shares it. */
  open(): Promise<Link> {
    if (this.#dead) return Promise.reject(this.#dead);
    if (this.#link?.isOpen) return Promise.resolve(this.#link);
    this.#opening ??= this.#openOne().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  /** Stays connected, and connects again after every loss, until the returned function is called. */
  hold(): () => void {
    this.#holders += 1;
    this.#keep();
    let isHeld = true;
    return () => {
      if (isHeld) this.#holders -= 1;
      isHeld = false;
    };
  }

  /** Goes to another data centre with a key of its own; for signing in, before which a key is worth nothing. */
  moveTo(dataCentre: number): void {
    this.#dataCentre = dataCentre;
    this.#key = null;
    this.#link?.end("moved");
    this.#link = null;
  }

  close(reason = "closed"): void {
    this.#die(new WireLost(reason));
    this.#link?.end(reason);
    this.#closed.abort(new WireLost(reason));
  }

  async #openOne(): Promise<Link> {
    const { options, address } = { options: this.#options, address: this.#address() };
    try {
      const link = await openLink({
        app: options.app,
        ...address,
        trust: options.trust,
        key: this.#key,
        deadlineMs: options.connectDeadlineMs,
        signal: this.#closed.signal,
        onUpdate: (update) => options.onUpdate(update),
        onUnreadable: () => options.log.warn("telegram-message-unreadable"),
        onLost: (lost) => {
          options.log.info("telegram-disconnected", { reason: lost.reason });
          this.#keep();
        },
      });
      return this.#welcome(link);
    } catch (error) {
      this.#noteRefusalOfKey(error);
      if (this.#dead) throw this.#dead;
      if (error instanceof UntrustedServer) this.#die(error);
      throw error;
    }
  }

  #welcome(link: Link): Link {
    if (this.#dead) {
      link.end("closed");
      throw this.#dead;
    }
    this.#link = link;
    this.#key = link.key;
    this.#told = link.config.dcOptions;
    this.#refusalsOfKey = 0;
    const again = this.#wasOpen;
    this.#wasOpen = true;
    this.#options.log.debug("telegram-connected", { dataCentre: this.#dataCentre, again });
    this.#options.onOpened(link, again);
    return link;
  }

  #address(): { host: string; port: number } {
    const address = findAddress(this.#dataCentre, this.#options.server, this.#told);
    if (!address) throw new WireLost("data-centre-unknown");
    return address;
  }

  #noteRefusalOfKey(error: unknown): void {
    if (!(error instanceof WireLost) || error.reason !== KEY_UNKNOWN || !this.#key) return;
    if (this.#isRenewable) {
      this.#key = null;
      return;
    }
    this.#refusalsOfKey += 1;
    if (this.#refusalsOfKey >= REFUSALS_OF_KEY)
      this.#die(new KeyForgotten("the server has forgotten the key"));
  }

  #die(reason: Error): void {
    if (this.#dead) return;
    this.#dead = reason;
    this.#options.onDead();
  }

  /** Keeps a connection open while somebody holds the line; pauses longer after each attempt that failed. */
  #keep(): void {
    if (this.#holders === 0 || this.#dead || this.#keeping) return;
    this.#keeping = this.#keepOpen().finally(() => {
      this.#keeping = null;
    });
  }

  async #keepOpen(): Promise<void> {
    for (
      let pauseMs = SECOND_MS;
      this.#holders > 0 && !this.#dead;
      pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)
    ) {
      try {
        await this.open();
        return;
      } catch {
        // Said already, by `onDead` or as the reason of a loss; the next attempt tells more.
      }
      await this.#options.clock.sleep(pauseMs, this.#closed.signal).catch(() => undefined);
    }
  }
}
