import type { TelegramClient } from "telegram";
import { AuthKey } from "telegram/crypto/AuthKey.js";
import { RPCError } from "telegram/errors/index.js";
import { MTProtoSender } from "telegram/network/MTProtoSender.js";
import type { Connection } from "telegram/network/index.js";
import { UpdateConnectionState } from "telegram/network/index.js";
import type { TLMessage } from "telegram/tl/core/index.js";
import type { NewKey } from "./handshake.ts";
import { readLongsNatively } from "./native-longs.ts";
import { readPackedMessagesOneByOne } from "./packed-messages.ts";
import { QuietLogger } from "./quiet-logger.ts";
import { KEY_UNKNOWN, type Wire } from "./wire.ts";

/** The parts of the library's sender that it declares private, and that a connection of our own needs. */
interface SenderState {
  timeOffset: number;
}

readPackedMessagesOneByOne();
readLongsNatively();

export interface SenderEvents {
  /** The sender cannot go on; it tries nothing by itself. */
  onBroken(reason: string): void;
  onUpdate(update: unknown): void;
  /** A message came that cannot be read; its request, if it had one, was rejected. */
  onUnreadable(): void;
}

/**
 * The library's sender on one wire: it encrypts, numbers, packs and acknowledges, and matches answers to requests.
 * Everything the library would do beyond one wire is cut off here, because that is where it hangs, leaks or loops:
 * reconnecting by itself, the ping loop, exported senders, sleeping through flood waits, sessions that keep every
 * person they ever saw. A sender lives as long as its wire.
 */
export class Sender extends MTProtoSender {
  readonly #events: SenderEvents;

  private constructor(authKey: AuthKey, events: SenderEvents) {
    super(authKey, {
      logger: new QuietLogger(),
      retries: 1,
      reconnectRetries: Number.POSITIVE_INFINITY,
      delay: 0,
      autoReconnect: false,
      connectTimeout: null,
      authKeyCallback: null,
      updateCallback: (_client: unknown, update: unknown) => {
        if (!(update instanceof UpdateConnectionState)) events.onUpdate(update);
      },
      autoReconnectCallback: null,
      isMainSender: true,
      dcId: 0,
      senderCallback: null,
      // Only asked for handlers that we do not have.
      client: {} as TelegramClient,
      securityChecks: true,
      _exportedSenderPromises: new Map(),
    });
    this.#events = events;
  }

  /** Starts a sender on a connected wire with a known key. */
  static async start(wire: Wire, key: NewKey, events: SenderEvents): Promise<Sender> {
    const authKey = new AuthKey();
    await authKey.setKey(key.bytes);
    const sender = new Sender(authKey, events);
    (sender as unknown as { _state: SenderState })._state.timeOffset = key.timeOffsetS;
    await sender.connect(wire as unknown as Connection, false);
    return sender;
  }

  /** The library calls this where it would open another connection behind our back. */
  override reconnect(): void {
    this.stop();
    this.#events.onBroken("connection-lost");
  }

  /** Called for a key that the server has forgotten, and (`isRefusal`) for each refusal of an unauthorised call. */
  override _handleBadAuthKey(isRefusal = false): void {
    if (!isRefusal) this.#events.onBroken(KEY_UNKNOWN);
  }

  /**
   * Reads every message of a container, each in a turn of the event loop of its own: a page of members takes some ten
   * milliseconds. The library throws on at the first that is a refusal, whose request has been rejected by then, and
   * never looks at the rest: their requests would wait until their deadline.
   */
  override async _handleContainer(message: TLMessage): Promise<void> {
    const { messages } = message.obj as { readonly messages: readonly TLMessage[] };
    for (const [at, inner] of messages.entries()) {
      if (at > 0) await nextTurn();
      try {
        await this._processMessage(inner);
      } catch (error) {
        if (!(error instanceof RPCError)) this.#events.onUnreadable();
      }
    }
  }

  /** Ends both loops of the sender at their next step; the wire's end gives them that step. */
  stop(): void {
    this.userDisconnected = true;
    this._userConnected = false;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
