import { BadMessageError, RPCError } from "telegram/errors/index.js";
import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { LAYER } from "telegram/tl/AllTLObjects.js";
import { DeadlinePassed, withDeadline } from "./deadline.ts";
import { HandshakeFailed, makeKey, type NewKey } from "./handshake.ts";
import { Sender } from "./sender.ts";
import type { TelegramApp } from "./telegram-session.ts";
import type { Trust } from "./trust.ts";
import { Wire, WireLost } from "./wire.ts";

/** The server answered in a form that the library does not know. */
export class UnreadableAnswer extends Error {
  override readonly name = "UnreadableAnswer";
}

export interface LinkOptions {
  readonly app: TelegramApp;
  readonly host: string;
  readonly port: number;
  readonly trust: Trust;
  /** Null makes a new one. */
  readonly key: NewKey | null;
  /** For connecting, for the key exchange and for the greeting, each. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  onUpdate(update: unknown): void;
  /** A message came that the library cannot read. */
  onUnreadable(): void;
  /** Told once, when an open link ends, whoever ended it. */
  onLost(lost: WireLost): void;
}

/** One connection to one data centre, greeted and ready. */
export interface Link {
  readonly key: NewKey;
  readonly config: Api.Config;
  readonly isOpen: boolean;
  /**
   * Sends one request and resolves with its answer. Rejects with the library's `RPCError` for a refusal, with
   * `UnreadableAnswer`, with `WireLost` when the link ends first, with `DeadlinePassed` when no answer comes; a link on which nothing else
   * comes either is ended.
   */
  request(request: Api.AnyRequest, deadlineMs: number): Promise<unknown>;
  /** Rejects everything in flight and closes the socket at once. */
  end(reason: string): void;
}

const HANDSHAKE_ATTEMPTS = 4;

/** How long the server keeps a connection on which it hears nothing, and how often it hears from us. */
const SILENCE_ALLOWED_S = 75;
const PING_EVERY_MS = 45_000;
const PONG_DEADLINE_MS = 10_000;

/**
 * Opens a link. Rejects with `WireLost`, `DeadlinePassed`, `UntrustedServer`, the library's `RPCError` (the
 * application is not known), or the signal's reason. A failed key exchange is repeated on a new connection.
 */
export async function openLink(options: LinkOptions): Promise<Link> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryToOpen(options);
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof HandshakeFailed)) throw error;
      if (attempt >= HANDSHAKE_ATTEMPTS) throw new WireLost("handshake-failed");
    }
  }
}

async function tryToOpen(options: LinkOptions): Promise<Link> {
  const { signal, deadlineMs } = options;
  signal.throwIfAborted();
  let link: OpenLink | null = null;
  const wire = new Wire(options.host, options.port, (lost) => link?.settle(lost));
  const onAbort = (): void => wire.end("closed");
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    await withDeadline(wire.connect(), deadlineMs);
    const key = options.key ?? (await withDeadline(makeKey(wire, options.trust), deadlineMs));
    const sender = await Sender.start(wire, key, {
      onBroken: (reason) => wire.end(reason),
      onUpdate: (update) => options.onUpdate(update),
      onUnreadable: () => options.onUnreadable(),
    });
    link = new OpenLink(wire, sender, key);
    const config = await withDeadline(link.send(greetingOf(options.app)), deadlineMs);
    if (!(config instanceof Api.Config)) throw new WireLost("not-telegram");
    link.begin(config, (lost) => options.onLost(lost));
    return link;
  } catch (error) {
    wire.end("closed");
    throw error;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Every connection tells first which layer of the API it speaks, and for whom. */
function greetingOf(app: TelegramApp): Api.AnyRequest {
  return new Api.InvokeWithLayer({
    layer: LAYER,
    query: new Api.InitConnection({
      apiId: app.apiId,
      deviceModel: "Muster",
      systemVersion: process.platform,
      appVersion: "1.0",
      langCode: "en",
      langPack: "",
      systemLangCode: "en",
      query: new Api.help.GetConfig(),
    }),
  });
}

class OpenLink implements Link {
  readonly key: NewKey;
  readonly #wire: Wire;
  readonly #sender: Sender;
  /** How to reject each request in flight. */
  readonly #inFlight = new Set<(lost: WireLost) => void>();
  #config: Api.Config | null = null;
  #lost: WireLost | null = null;
  #onLost: ((lost: WireLost) => void) | null = null;
  #pinging: NodeJS.Timeout | null = null;
  #probe: Promise<void> | null = null;

  constructor(wire: Wire, sender: Sender, key: NewKey) {
    this.#wire = wire;
    this.#sender = sender;
    this.key = key;
  }

  get config(): Api.Config {
    if (!this.#config) throw new Error("the link has not been greeted");
    return this.#config;
  }

  get isOpen(): boolean {
    return this.#lost === null;
  }

  begin(config: Api.Config, onLost: (lost: WireLost) => void): void {
    if (this.#lost) throw this.#lost;
    this.#config = config;
    this.#onLost = onLost;
    this.#pinging = setInterval(() => void this.#prove(PONG_DEADLINE_MS), PING_EVERY_MS);
  }

  async request(request: Api.AnyRequest, deadlineMs: number): Promise<unknown> {
    try {
      return await withDeadline(this.send(request), deadlineMs);
    } catch (error) {
      // One slow answer is the server's affair; silence altogether is a dead connection.
      if (error instanceof DeadlinePassed) await this.#prove(Math.min(PONG_DEADLINE_MS, deadlineMs));
      throw error;
    }
  }

  end(reason: string): void {
    this.#wire.end(reason);
  }

  /** The wire has ended. */
  settle(lost: WireLost): void {
    if (this.#lost) return;
    this.#lost = lost;
    this.#sender.stop();
    if (this.#pinging) clearInterval(this.#pinging);
    for (const reject of this.#inFlight) reject(lost);
    this.#inFlight.clear();
    this.#onLost?.(lost);
  }

  /** The library never settles what was in flight when a connection ended, so each call is also ours to reject. */
  send(request: Api.AnyRequest): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#lost) {
        reject(this.#lost);
        return;
      }
      this.#inFlight.add(reject);
      void Promise.resolve(this.#sender.send(request))
        .then(resolve, (error: unknown) => reject(this.#judge(error)))
        .then(() => this.#inFlight.delete(reject));
    });
  }

  /** What the library rejected a request with. Only its own reading of the answer can have failed here. */
  #judge(error: unknown): unknown {
    if (error instanceof RPCError) return error;
    if (!(error instanceof BadMessageError)) return new UnreadableAnswer("unknown form", { cause: error });
    // The server does not accept the numbers of this connection's packets; a new connection counts anew.
    this.end("out-of-step");
    return this.#lost ?? new WireLost("out-of-step");
  }

  /** Asks for a sign of life, and ends the link when there is none. Callers at the same time share one question. */
  #prove(deadlineMs: number): Promise<void> {
    this.#probe ??= this.#ping(deadlineMs).finally(() => {
      this.#probe = null;
    });
    return this.#probe;
  }

  async #ping(deadlineMs: number): Promise<void> {
    const ping = new Api.PingDelayDisconnect({
      pingId: returnBigInt(BigInt(Math.floor(Math.random() * Number.MAX_SAFE_INTEGER))),
      disconnectDelay: SILENCE_ALLOWED_S,
    });
    try {
      await withDeadline(this.send(ping), deadlineMs);
    } catch {
      // No pong: whatever the reason, nothing can be expected of this connection any more.
      this.end("silent");
    }
  }
}
