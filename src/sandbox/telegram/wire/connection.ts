import type { Socket } from "node:net";
import { decryptFromClient, encryptForClient } from "#sandbox/telegram/crypto/message-key.ts";
import { Transport } from "#sandbox/telegram/transport/transport.ts";
import { TransportError } from "#sandbox/telegram/transport/framing.ts";
import { PROTOCOL_SCHEMA } from "#sandbox/telegram/tl/schema.ts";
import { TlFormatError, TlReader } from "#sandbox/telegram/tl/tl-reader.ts";
import { TlWriter, writeObject } from "#sandbox/telegram/tl/tl-writer.ts";
import type { AuthKey } from "#sandbox/telegram/wire/auth-key.ts";
import { KeyExchange } from "#sandbox/telegram/wire/key-exchange.ts";
import { BAD_MESSAGE, checkMessageId } from "#sandbox/telegram/wire/message-checks.ts";
import {
  readPacket,
  unpack,
  type WireMessage,
  type WirePacket,
} from "#sandbox/telegram/wire/message-reader.ts";
import type { Line, Session } from "#sandbox/telegram/wire/session.ts";
import { answerServiceMessage } from "#sandbox/telegram/wire/service-messages.ts";
import type { ClientLine, WireHost } from "#sandbox/telegram/wire/wire-host.ts";

/** The transport's error for an unknown key or garbage: core.telegram.org/mtproto/mtproto-transports (2026-11). */
const NOT_FOUND = -404;
/** ping_delay_disconnect leaves the client this much longer than it asked for. */
const DISCONNECT_GRACE_S = 15;

/** One TCP connection: from bytes to messages of sessions, and back. */
export class Connection implements Line, ClientLine {
  readonly #socket: Socket;
  readonly #host: WireHost;
  readonly #transport = new Transport();
  readonly #exchange: KeyExchange;
  #closing: NodeJS.Timeout | null = null;
  readonly keys = new Set<AuthKey>();
  /** A scripted fault: nothing is answered any more. */
  isMute = false;

  constructor(socket: Socket, host: WireHost) {
    this.#socket = socket;
    this.#host = host;
    this.#exchange = new KeyExchange(host.serverKey, host.nowS, (id) => host.findKey(id) !== null);
    socket.setNoDelay(true);
    socket.on("data", (bytes) => this.#receive(bytes));
    // A connection reset by the client is nothing to report.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      if (this.#closing) clearTimeout(this.#closing);
      host.closed(this);
    });
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable;
  }

  sendEncrypted(key: AuthKey, plain: Buffer): void {
    const head = Buffer.alloc(8);
    head.writeBigInt64LE(key.id, 0);
    this.#send(Buffer.concat([head, encryptForClient(key.secret, plain)]));
  }

  drop(): void {
    this.#socket.destroy();
  }

  sendNotFound(): void {
    const error = Buffer.alloc(4);
    error.writeInt32LE(NOT_FOUND, 0);
    this.#send(error);
  }

  #send(packet: Buffer): void {
    if (this.isOpen && !this.isMute) this.#socket.write(this.#transport.frame(packet));
  }

  #receive(bytes: Buffer): void {
    if (this.isMute) return;
    try {
      for (const packet of this.#transport.receive(bytes)) this.#take(packet);
    } catch (error) {
      if (error instanceof TransportError || error instanceof TlFormatError) this.drop();
      else this.#host.defect(error);
    }
  }

  #take(packet: Buffer): void {
    if (packet.length < 24) return this.sendNotFound();
    const keyId = packet.readBigInt64LE(0);
    if (keyId === 0n) return this.#exchangeKeys(packet);
    const key = this.#host.findKey(keyId);
    if (!key) return this.sendNotFound();
    // Padded transports leave bytes behind the last block.
    const encrypted = packet.subarray(24, packet.length - ((packet.length - 24) % 16));
    const plain = decryptFromClient(key.secret, packet.subarray(8, 24), encrypted);
    const opened = plain && readPacket(plain);
    if (!opened) return this.sendNotFound();
    this.keys.add(key);
    this.#takeMessage(key, opened);
  }

  #exchangeKeys(packet: Buffer): void {
    const length = packet.readInt32LE(16);
    if (length < 4 || length > packet.length - 20) return this.sendNotFound();
    const request = new TlReader(packet.subarray(20, 20 + length), PROTOCOL_SCHEMA).object();
    const fault = this.#host.strikeExchange(request._);
    if (fault === "stall") return;
    if (fault === "drop") return this.drop();
    const answer = this.#exchange.answer(request, (agreed) =>
      this.#host.agreed({ ...agreed, dcId: agreed.dcId ?? this.#transport.dcId }),
    );
    if (!answer) {
      // msgs_ack may come unencrypted; it needs no answer.
      if (request._ !== "msgs_ack") this.sendNotFound();
      return;
    }
    const body = writeObject(PROTOCOL_SCHEMA, answer);
    const writer = new TlWriter(PROTOCOL_SCHEMA, body.length + 20);
    writer.long(0n).long(this.#host.ids.next("answer")).int(body.length).raw(body);
    this.#send(writer.finish());
  }

  #takeMessage(key: AuthKey, packet: WirePacket): void {
    const nowS = this.#host.nowS();
    const { session, isNew } = this.#host.openSession(key, packet.sessionId);
    session.attach(this);
    if (!this.#isAcceptable(session, packet, nowS)) {
      // Otherwise a client that corrects its clock or salt is never told of the session.
      if (isNew) this.#host.forgetSession(session);
      return;
    }
    const { messages, isContainer } = unpack(packet);
    if (isNew) {
      const firstId = messages.reduce((least, { id }) => (id < least ? id : least), packet.id);
      session.sendService(
        {
          _: "new_session_created",
          first_msg_id: firstId,
          unique_id: session.uniqueId,
          server_salt: key.salts.current(nowS),
        },
        true,
      );
    }
    for (const message of messages) this.#takeOne(session, message, isContainer, nowS);
  }

  /** Checks id and salt of a packet; says what is wrong with them. */
  #isAcceptable(session: Session, packet: WirePacket, nowS: number): boolean {
    const { salts } = session.key;
    const problem = checkMessageId(packet.id, nowS);
    if (problem !== null) refuse(session, packet, problem);
    else if (salts.isValid(packet.salt, nowS)) return true;
    else {
      session.sendService({
        _: "bad_server_salt",
        bad_msg_id: packet.id,
        bad_msg_seqno: packet.seqno,
        error_code: BAD_MESSAGE.badSalt,
        new_server_salt: salts.current(nowS),
      });
    }
    return false;
  }

  #takeOne(session: Session, message: WireMessage, isInner: boolean, nowS: number): void {
    // The ids of older messages that a container sends again may lie far back.
    const problem = isInner ? null : checkMessageId(message.id, nowS);
    if (problem !== null) return refuse(session, message, problem);
    const isService = answerServiceMessage(session, message, {
      nowS: () => this.#host.nowS(),
      closeAfter: (seconds) => this.#closeAfter(seconds),
      destroySession: (id) => this.#host.destroySession(session.key, id),
      destroyKey: () => this.#host.destroyKey(session.key),
    });
    if (isService) return;
    // A request needs an answer, so its number is odd.
    if (message.seqno % 2 === 0) return refuse(session, message, BAD_MESSAGE.oddSeqnoExpected);
    const state = session.register(message.id);
    if (state === "too-old") return refuse(session, message, BAD_MESSAGE.tooOld);
    if (state === "new") this.#host.request({ session, connection: this, message });
  }

  #closeAfter(seconds: number): void {
    if (this.#closing) clearTimeout(this.#closing);
    this.#closing = setTimeout(() => this.drop(), (seconds + DISCONNECT_GRACE_S) * 1_000);
    this.#closing.unref();
  }
}

function refuse(session: Session, message: { id: bigint; seqno: number }, code: number): void {
  session.sendService({
    _: "bad_msg_notification",
    bad_msg_id: message.id,
    bad_msg_seqno: message.seqno,
    error_code: code,
  });
}
