import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/** How messages are told apart on a connection: core.telegram.org/mtproto/mtproto-transports (checked 2026-11). */
export interface Framing {
  readonly name: "abridged" | "intermediate" | "padded-intermediate" | "full";
  /** Takes whole packets off the front of `bytes`; the rest waits for more. Throws `TransportError` for garbage. */
  take(bytes: Buffer): { readonly packets: Buffer[]; readonly rest: Buffer };
  frame(packet: Buffer): Buffer;
}

/** Bytes that no client of the protocol sends. */
export class TransportError extends Error {
  override readonly name = "TransportError";
}

/** The documented most; anything longer is garbage or an attack. */
const MOST_PACKET_BYTES = 4 * 1024 * 1024;

export const ABRIDGED_TAG = 0xef;
export const INTERMEDIATE_TAG = 0xeeeeeeee;
export const PADDED_TAG = 0xdddddddd;

/** Lengths in words, one byte or `7f` and three; the high bit asks for a quick acknowledgement, which is optional. */
export function abridged(): Framing {
  return {
    name: "abridged",
    take: (bytes) =>
      takeAll(bytes, (rest) => {
        const first = (rest[0] as number) & 0x7f;
        if (first < 0x7f) return { header: 1, length: first * 4 };
        return rest.length < 4 ? null : { header: 4, length: rest.readUIntLE(1, 3) * 4 };
      }),
    frame(packet) {
      const words = packet.length / 4;
      if (words < 0x7f) return Buffer.concat([Buffer.from([words]), packet]);
      const header = Buffer.from([0x7f, 0, 0, 0]);
      header.writeUIntLE(words, 1, 3);
      return Buffer.concat([header, packet]);
    },
  };
}

/** Lengths in bytes, four of them; the padded kind hides lengths behind up to 15 random bytes. */
export function intermediate(padded: boolean): Framing {
  return {
    name: padded ? "padded-intermediate" : "intermediate",
    take: (bytes) =>
      takeAll(bytes, (rest) =>
        rest.length < 4 ? null : { header: 4, length: rest.readUInt32LE(0) & 0x7fffffff },
      ),
    frame(packet) {
      const padding = padded ? randomBytes((randomBytes(1)[0] as number) % 16) : Buffer.alloc(0);
      const header = Buffer.alloc(4);
      header.writeUInt32LE(packet.length + padding.length, 0);
      return Buffer.concat([header, packet, padding]);
    },
  };
}

/** Length and a running number in front, CRC32 behind; each side counts its own packets from 0. */
export function full(): Framing {
  let received = 0;
  let sent = 0;
  return {
    name: "full",
    take(bytes) {
      const { packets, rest } = takeAll(bytes, (part) =>
        part.length < 4 ? null : { header: 0, length: part.readUInt32LE(0) },
      );
      return { packets: packets.map((packet) => openFull(packet, received++)), rest };
    },
    frame(packet) {
      const framed = Buffer.alloc(packet.length + 12);
      framed.writeUInt32LE(framed.length, 0);
      framed.writeUInt32LE(sent++, 4);
      packet.copy(framed, 8);
      framed.writeUInt32LE(crc32(framed.subarray(0, -4)), framed.length - 4);
      return framed;
    },
  };
}

function openFull(packet: Buffer, expected: number): Buffer {
  if (packet.length < 12) throw new TransportError("a packet too short");
  if (packet.readUInt32LE(4) !== expected) throw new TransportError("packets out of order");
  if (packet.readUInt32LE(packet.length - 4) !== crc32(packet.subarray(0, -4))) {
    throw new TransportError("a checksum that does not fit");
  }
  return packet.subarray(8, -4);
}

function takeAll(
  bytes: Buffer,
  readHeader: (rest: Buffer) => { header: number; length: number } | null,
): { packets: Buffer[]; rest: Buffer } {
  const packets: Buffer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const found = readHeader(rest);
    if (!found) break;
    const { header, length } = found;
    if (length > MOST_PACKET_BYTES) throw new TransportError("a packet too long");
    if (header + length === 0) throw new TransportError("an empty packet");
    if (rest.length < header + length) break;
    packets.push(rest.subarray(header, header + length));
    rest = rest.subarray(header + length);
  }
  return { packets, rest };
}
