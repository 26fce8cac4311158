import { PROTOCOL_SCHEMA } from "#sandbox/telegram/tl/schema.ts";
import { GZIP_PACKED_ID, inflate, TlFormatError, TlReader } from "#sandbox/telegram/tl/tl-reader.ts";

/** A message as it lies in a decrypted packet or in a container. */
export interface WireMessage {
  readonly id: bigint;
  readonly seqno: number;
  readonly body: Buffer;
}

/** A decrypted packet. */
export interface WirePacket extends WireMessage {
  readonly salt: bigint;
  readonly sessionId: bigint;
}

const CONTAINER_ID = 0x73f1f8dc;
const MOST_IN_CONTAINER = 1_020;

/** Reads a decrypted packet; null when its length or padding is not as documented. */
export function readPacket(plain: Buffer): WirePacket | null {
  if (plain.length < 32) return null;
  const reader = new TlReader(plain, PROTOCOL_SCHEMA);
  const salt = reader.long();
  const sessionId = reader.long();
  const id = reader.long();
  const seqno = reader.int();
  const length = reader.int();
  const padding = plain.length - 32 - length;
  if (length < 4 || length % 4 !== 0 || padding < 12 || padding > 1_024) return null;
  return { salt, sessionId, id, seqno, body: reader.raw(length) };
}

/**
 * The messages of a packet: itself, or those in its container, unpacked. Throws `TlFormatError` for a container that
 * is not as documented.
 */
export function unpack(message: WireMessage): { messages: WireMessage[]; isContainer: boolean } {
  const body = inflated(message.body);
  if (body.readUInt32LE(0) !== CONTAINER_ID) return { messages: [{ ...message, body }], isContainer: false };
  const reader = new TlReader(body, PROTOCOL_SCHEMA);
  reader.id();
  const count = reader.int();
  if (count < 0 || count > MOST_IN_CONTAINER) throw new TlFormatError("a container of too many messages");
  const messages = Array.from({ length: count }, () => {
    const [id, seqno] = [reader.long(), reader.int()];
    const inner = inflated(reader.raw(reader.int()));
    if (inner.readUInt32LE(0) === CONTAINER_ID) throw new TlFormatError("a container in a container");
    return { id, seqno, body: inner };
  });
  return { messages, isContainer: true };
}

function inflated(body: Buffer): Buffer {
  if (body.length < 4) throw new TlFormatError("an empty message");
  if (body.readUInt32LE(0) !== GZIP_PACKED_ID) return body;
  const reader = new TlReader(body, PROTOCOL_SCHEMA);
  reader.id();
  return inflated(inflate(reader.bytes()));
}
