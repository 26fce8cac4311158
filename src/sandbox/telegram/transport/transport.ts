import { createCipheriv, createDecipheriv } from "node:crypto";
import {
  ABRIDGED_TAG,
  abridged,
  full,
  INTERMEDIATE_TAG,
  intermediate,
  PADDED_TAG,
  TransportError,
  type Framing,
} from "#sandbox/telegram/transport/framing.ts";

interface StreamCipher {
  update(bytes: Buffer): Buffer;
}

/** One connection's transport: bytes in, packets out, and back. Which one it is shows in the first bytes. */
export class Transport {
  #framing: Framing | null = null;
  #incoming: StreamCipher | null = null;
  #outgoing: StreamCipher | null = null;
  #waiting: Buffer = Buffer.alloc(0);
  /** The data centre an obfuscated connection asks for; null when it named none. */
  dcId: number | null = null;

  /** `obfuscated abridged`, `full`, …; null before the first bytes told. */
  get name(): string | null {
    return this.#framing && `${this.#incoming ? "obfuscated " : ""}${this.#framing.name}`;
  }

  /** Adds received bytes and returns the packets they complete. Throws `TransportError` for garbage. */
  receive(bytes: Buffer): Buffer[] {
    const clear = this.#incoming ? this.#incoming.update(bytes) : bytes;
    this.#waiting = this.#waiting.length === 0 ? clear : Buffer.concat([this.#waiting, clear]);
    if (!this.#framing && !this.#recognise()) return [];
    const { packets, rest } = (this.#framing as Framing).take(this.#waiting);
    this.#waiting = rest;
    return packets;
  }

  /** The bytes that carry a packet. */
  frame(packet: Buffer): Buffer {
    if (!this.#framing) throw new TransportError("nothing can be sent before the client spoke");
    const framed = this.#framing.frame(packet);
    return this.#outgoing ? this.#outgoing.update(framed) : framed;
  }

  #recognise(): boolean {
    const start = this.#waiting;
    if (start[0] === ABRIDGED_TAG) return this.#use(abridged(), 1);
    if (start.length < 8) return false;
    const tag = start.readUInt32LE(0);
    if (tag === INTERMEDIATE_TAG) return this.#use(intermediate(false), 4);
    if (tag === PADDED_TAG) return this.#use(intermediate(true), 4);
    // The full transport has no tag: a short length and packet number 0.
    if (start.readUInt32LE(4) === 0) return this.#use(full(), 0);
    return start.length >= 64 && this.#openObfuscation();
  }

  /** core.telegram.org/mtproto/mtproto-transports#transport-obfuscation (checked 2026-11). */
  #openObfuscation(): boolean {
    const start = this.#waiting.subarray(0, 64);
    const backwards = Buffer.from(start.subarray(8, 56)).reverse();
    this.#incoming = createDecipheriv("aes-256-ctr", start.subarray(8, 40), start.subarray(40, 56));
    this.#outgoing = createCipheriv("aes-256-ctr", backwards.subarray(0, 32), backwards.subarray(32, 48));
    const opened = this.#incoming.update(start);
    const tag = opened.readUInt32LE(56);
    this.dcId = opened.readInt16LE(60) || null;
    const framing = framingOf(tag);
    if (!framing) throw new TransportError("neither a transport nor its obfuscated form");
    const rest = this.#waiting.subarray(64);
    this.#waiting = rest.length === 0 ? rest : this.#incoming.update(rest);
    this.#framing = framing;
    return true;
  }

  #use(framing: Framing, skip: number): true {
    this.#framing = framing;
    this.#waiting = this.#waiting.subarray(skip);
    return true;
  }
}

function framingOf(tag: number): Framing | null {
  switch (tag) {
    case 0xefefefef:
      return abridged();
    case INTERMEDIATE_TAG:
      return intermediate(false);
    case PADDED_TAG:
      return intermediate(true);
    default:
      return null;
  }
}
