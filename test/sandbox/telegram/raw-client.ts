import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { randomBytes } from "node:crypto";
import type { TelegramClient } from "telegram";
import { onTestFinished } from "vitest";
import { sha256 } from "#sandbox/telegram/crypto/hashes.ts";
import { decryptIge, encryptIge } from "#sandbox/telegram/crypto/ige.ts";
import { intermediate } from "#sandbox/telegram/transport/framing.ts";
import { loadSchema } from "#sandbox/telegram/tl/layers.ts";
import type { Schema } from "#sandbox/telegram/tl/schema.ts";
import { inflate, TlReader } from "#sandbox/telegram/tl/tl-reader.ts";
import { TlWriter, writeObject } from "#sandbox/telegram/tl/tl-writer.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import { authKeyId } from "#sandbox/telegram/wire/auth-key.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";

/** A message the server sent; `rpc_result` has `req_msg_id` and `result`. */
export interface ServerMessage {
  readonly id: bigint;
  readonly seqno: number;
  readonly body: TlObject;
}

/** For what real clients would never send: ids, salts and repeats as the test says. Borrows a client's key. */
export interface RawClient {
  salt: bigint;
  readonly sessionId: bigint;
  /** A message id of the sandbox's present. */
  newId(): bigint;
  send(message: { id: bigint; seqno: number; body: TlObject | Buffer }): void;
  /** Several in a container. */
  sendAll(messages: readonly { id: bigint; seqno: number; body: TlObject }[]): void;
  /** A frame that no key encrypts. */
  sendPlain(frame: Buffer): void;
  /** The next message of a kind; others before it are kept in `seen`. */
  next(kind: string): Promise<ServerMessage>;
  /** The next frame of four bytes, as a number. */
  nextTransportError(): Promise<number>;
  readonly seen: ServerMessage[];
  readonly closed: Promise<unknown>;
  end(): void;
}

const CONTAINER_ID = 0x73f1f8dc;
const RESULT_ID = 0xf35c6d01;
const GZIP_ID = 0x3072cfa1;

/** Opens a connection with the authorization key of a client that is signed in. */
export async function rawClient(
  sandbox: Sandbox,
  owner: TelegramClient,
  sessionId: bigint = randomBytes(8).readBigInt64LE(0),
): Promise<RawClient> {
  const secret = owner.session.getAuthKey()?.getKey();
  if (!secret) throw new Error("the client has no key");
  const { dc } = sandbox.ready.telegram;
  const socket = connect(dc.port, dc.host);
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  socket.write(Buffer.from("eeeeeeee", "hex"));
  return speak(socket, secret, sessionId, await loadSchema(198));
}

function speak(socket: Socket, secret: Buffer, sessionId: bigint, schema: Schema): RawClient {
  const framing = intermediate(false);
  const seen: ServerMessage[] = [];
  const errors: number[] = [];
  const waiting: (() => void)[] = [];
  let bytes: Buffer = Buffer.alloc(0);
  let last = 0n;
  socket.on("data", (chunk) => {
    const taken = framing.take(Buffer.concat([bytes, chunk]));
    bytes = taken.rest;
    for (const packet of taken.packets) {
      if (packet.length === 4) errors.push(packet.readInt32LE(0));
      else seen.push(...read(open(secret, packet), schema));
    }
    for (const wake of waiting.splice(0)) wake();
  });

  function send(id: bigint, seqno: number, body: Buffer): void {
    const writer = new TlWriter(schema).long(client.salt).long(sessionId).long(id).int(seqno);
    socket.write(framing.frame(seal(secret, writer.int(body.length).raw(body).finish())));
  }

  async function until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  const client: RawClient = {
    salt: 0n,
    sessionId,
    newId() {
      const now = BigInt(Math.floor(Date.now() / 1_000)) << 32n;
      last = now > last ? now : last + 4n;
      return last;
    },
    send: ({ id, seqno, body }) => send(id, seqno, Buffer.isBuffer(body) ? body : writeObject(schema, body)),
    sendAll(messages) {
      const writer = new TlWriter(schema).int(CONTAINER_ID).int(messages.length);
      for (const { id, seqno, body } of messages) {
        const written = writeObject(schema, body);
        writer.long(id).int(seqno).int(written.length).raw(written);
      }
      send(client.newId(), 0, writer.finish());
    },
    sendPlain: (frame) => void socket.write(framing.frame(frame)),
    next: (kind) =>
      until(() => {
        const at = seen.findIndex(({ body }) => body._ === kind);
        return at < 0 ? undefined : seen.splice(at, 1)[0];
      }),
    nextTransportError: () => until(() => errors.shift()),
    seen,
    closed: once(socket, "close"),
    end: () => void socket.destroy(),
  };
  return client;
}

function read(plain: Buffer, schema: Schema): ServerMessage[] {
  const reader = new TlReader(plain, schema);
  reader.raw(16);
  const [id, seqno, length] = [reader.long(), reader.int(), reader.int()];
  const body = reader.raw(length);
  if (body.readUInt32LE(0) !== CONTAINER_ID) return [{ id, seqno, body: readBody(body, schema) }];
  const inner = new TlReader(body.subarray(4), schema);
  return Array.from({ length: inner.int() }, () => {
    const [innerId, innerSeqno, innerLength] = [inner.long(), inner.int(), inner.int()];
    return { id: innerId, seqno: innerSeqno, body: readBody(inner.raw(innerLength), schema) };
  });
}

function readBody(body: Buffer, schema: Schema): TlObject {
  if (body.readUInt32LE(0) !== RESULT_ID) return new TlReader(body, schema).object();
  const reader = new TlReader(body.subarray(4), schema);
  const requestId = reader.long();
  let result = reader.raw(reader.remaining);
  if (result.readUInt32LE(0) === GZIP_ID) result = inflate(new TlReader(result.subarray(4), schema).bytes());
  // Results that are vectors or Bools are not looked into.
  const isObject = schema.byId.has(result.readUInt32LE(0));
  return {
    _: "rpc_result",
    req_msg_id: requestId,
    result: isObject ? new TlReader(result, schema).object() : result,
  };
}

/** Client to server: core.telegram.org/mtproto/description, x = 0. */
function seal(secret: Buffer, plain: Buffer): Buffer {
  const padded = Buffer.concat([plain, randomBytes(12 + ((16 - ((plain.length + 12) % 16)) % 16))]);
  const messageKey = sha256(secret.subarray(88, 120), padded).subarray(8, 24);
  const { key, iv } = derive(secret, messageKey, 0);
  const head = Buffer.alloc(8);
  head.writeBigInt64LE(authKeyId(secret), 0);
  return Buffer.concat([head, messageKey, encryptIge(padded, key, iv)]);
}

/** Server to client: x = 8. */
function open(secret: Buffer, packet: Buffer): Buffer {
  const messageKey = packet.subarray(8, 24);
  const { key, iv } = derive(secret, messageKey, 8);
  return decryptIge(packet.subarray(24), key, iv);
}

function derive(secret: Buffer, messageKey: Buffer, x: number): { key: Buffer; iv: Buffer } {
  const a = sha256(messageKey, secret.subarray(x, x + 36));
  const b = sha256(secret.subarray(40 + x, 76 + x), messageKey);
  return {
    key: Buffer.concat([a.subarray(0, 8), b.subarray(8, 24), a.subarray(24, 32)]),
    iv: Buffer.concat([b.subarray(0, 8), a.subarray(8, 24), b.subarray(24, 32)]),
  };
}
