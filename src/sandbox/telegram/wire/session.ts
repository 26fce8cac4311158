import { randomBytes } from "node:crypto";
import { PROTOCOL_SCHEMA, type Schema } from "#sandbox/telegram/tl/schema.ts";
import { TlWriter, writeObject } from "#sandbox/telegram/tl/tl-writer.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { AuthKey } from "#sandbox/telegram/wire/auth-key.ts";
import type { MessageIds } from "#sandbox/telegram/wire/message-ids.ts";

/** A connection as a session sees it. */
export interface Line {
  readonly isOpen: boolean;
  sendEncrypted(key: AuthKey, plain: Buffer): void;
}

interface OutMessage {
  readonly id: bigint;
  readonly seqno: number;
  readonly body: Buffer;
  /** The request it answers. */
  readonly answerTo: bigint | null;
}

interface Request {
  /** Settles when the request was answered, whatever the answer; true when it was not an error. */
  readonly done: Promise<boolean>;
  readonly settle: (succeeded: boolean) => void;
  answered: boolean;
}

const CONTAINER_ID = 0x73f1f8dc;
/** The documented most for a container is 1,020 messages and about a megabyte. */
const MOST_IN_CONTAINER = 1_000;
const MOST_CONTAINER_BYTES = 1_000_000;
/** What is kept of a client that never acknowledges. */
const MOST_UNACKNOWLEDGED = 1_000;
const MOST_REQUESTS = 4_000;

/**
 * One session of an authorization key: numbers messages, keeps what the client has not acknowledged and sends it again
 * over the next connection, and remembers the requests it has seen so that none runs twice.
 * core.telegram.org/mtproto/description and /service_messages (checked 2026-11).
 */
export class Session {
  readonly id: bigint;
  readonly key: AuthKey;
  readonly uniqueId = randomBytes(8).readBigInt64LE(0);
  /** False for sessions that only ever asked with invokeWithoutUpdates. */
  wantsUpdates = false;
  /** The schema of the client's layer; null before its first request. */
  schema: Schema | null = null;
  readonly #ids: MessageIds;
  readonly #salt: () => bigint;
  readonly #lines = new Set<Line>();
  #latest: Line | null = null;
  #contentCount = 0;
  #queue: OutMessage[] = [];
  readonly #unacknowledged = new Map<bigint, OutMessage>();
  readonly #requests = new Map<bigint, Request>();
  #forgottenUpTo = 0n;

  constructor(id: bigint, key: AuthKey, ids: MessageIds, salt: () => bigint) {
    this.id = id;
    this.key = key;
    this.#ids = ids;
    this.#salt = salt;
  }

  get isConnected(): boolean {
    return [...this.#lines].some((line) => line.isOpen);
  }

  /** Takes note of a connection that a message of this session came over. A new one gets what is still unacknowledged. */
  attach(line: Line): void {
    this.#latest = line;
    if (this.#lines.has(line)) return;
    for (const other of this.#lines) if (!other.isOpen) this.#lines.delete(other);
    this.#lines.add(line);
    for (const message of this.#unacknowledged.values()) this.#enqueue(message);
  }

  /** Closes the books on a request: what the answer is, and whether it is a result or an error. */
  answer(requestId: bigint, body: Buffer, succeeded: boolean): void {
    const request = this.#requests.get(requestId);
    if (request) request.answered = true;
    this.#sendContent(body, "answer", requestId);
    request?.settle(succeeded);
  }

  /** Sends an update; kept until it is acknowledged. */
  push(body: Buffer): void {
    this.#sendContent(body, "push", null);
  }

  /** Sends a message of the protocol itself. `content` ones must be acknowledged by the client. */
  sendService(object: TlObject, content = false): void {
    const body = writeObject(PROTOCOL_SCHEMA, object);
    if (content) this.#sendContent(body, "answer", null);
    else this.#enqueue({ id: this.#ids.next("answer"), seqno: this.#contentCount * 2, body, answerTo: null });
  }

  acknowledged(messageIds: readonly bigint[]): void {
    for (const id of messageIds) this.#unacknowledged.delete(id);
  }

  /** `new`: run it. `repeated`: it was seen; its answer is sent again if it is still known. `too-old`: cannot tell. */
  register(requestId: bigint): "new" | "repeated" | "too-old" {
    if (this.#requests.has(requestId)) {
      const answer = [...this.#unacknowledged.values()].find((message) => message.answerTo === requestId);
      if (answer) this.#enqueue(answer);
      else this.sendService({ _: "msgs_ack", msg_ids: [requestId] });
      return "repeated";
    }
    if (requestId <= this.#forgottenUpTo) return "too-old";
    let settle: (succeeded: boolean) => void = () => {};
    const done = new Promise<boolean>((resolve) => (settle = resolve));
    this.#requests.set(requestId, { done, settle, answered: false });
    if (this.#requests.size > MOST_REQUESTS) {
      const [oldest] = this.#requests.keys();
      this.#requests.delete(oldest as bigint);
      if ((oldest as bigint) > this.#forgottenUpTo) this.#forgottenUpTo = oldest as bigint;
    }
    return "new";
  }

  /** Waits for an earlier request; false when it failed or was never seen. */
  async outcomeOf(requestId: bigint): Promise<boolean> {
    return (await this.#requests.get(requestId)?.done) ?? false;
  }

  /** The state byte of a client message for msgs_state_info: 1 too old to know, 2 not received, 4 received. */
  stateOf(messageId: bigint): number {
    const request = this.#requests.get(messageId);
    if (request) return request.answered ? 4 + 64 : 4 + 32;
    return messageId <= this.#forgottenUpTo ? 1 : 2;
  }

  /** Answers msg_resend_req: what is still there is sent again; the rest is reported unknown. */
  resend(queryId: bigint, messageIds: readonly bigint[]): void {
    const found = messageIds.map((id) => this.#unacknowledged.get(id));
    for (const message of found) if (message) this.#enqueue(message);
    if (found.every((message) => message !== undefined)) return;
    const info = Buffer.from(found.map((message) => (message ? 4 : 1)));
    this.sendService({ _: "msgs_state_info", req_msg_id: queryId, info });
  }

  /** rpc_drop_answer: the answer is not wanted any more. */
  dropAnswer(requestId: bigint): TlObject {
    const request = this.#requests.get(requestId);
    if (!request) return { _: "rpc_answer_unknown" };
    if (!request.answered) return { _: "rpc_answer_dropped_running" };
    const answer = [...this.#unacknowledged.values()].find((message) => message.answerTo === requestId);
    if (!answer) return { _: "rpc_answer_unknown" };
    this.#unacknowledged.delete(answer.id);
    return { _: "rpc_answer_dropped", msg_id: answer.id, seq_no: answer.seqno, bytes: answer.body.length };
  }

  #sendContent(body: Buffer, purpose: "answer" | "push", answerTo: bigint | null): void {
    const message = {
      id: this.#ids.next(purpose),
      seqno: this.#contentCount++ * 2 + 1,
      body,
      answerTo,
    };
    this.#unacknowledged.set(message.id, message);
    if (this.#unacknowledged.size > MOST_UNACKNOWLEDGED) {
      const [oldest] = this.#unacknowledged.keys();
      this.#unacknowledged.delete(oldest as bigint);
    }
    this.#enqueue(message);
  }

  /** Messages of one turn of the event loop travel together. */
  #enqueue(message: OutMessage): void {
    if (this.#queue.length === 0) setImmediate(() => this.#flush());
    if (!this.#queue.includes(message)) this.#queue.push(message);
  }

  #flush(): void {
    const queue = this.#queue;
    this.#queue = [];
    const line = this.#latest?.isOpen ? this.#latest : [...this.#lines].find((one) => one.isOpen);
    // Without a connection, what matters waits among the unacknowledged for the next one.
    if (!line) return;
    let batch: OutMessage[] = [];
    let bytes = 0;
    for (const message of queue) {
      const isFull = batch.length >= MOST_IN_CONTAINER || bytes + message.body.length > MOST_CONTAINER_BYTES;
      if (isFull && batch.length > 0) {
        this.#sendBatch(line, batch);
        batch = [];
        bytes = 0;
      }
      batch.push(message);
      bytes += message.body.length;
    }
    this.#sendBatch(line, batch);
  }

  #sendBatch(line: Line, batch: readonly OutMessage[]): void {
    const [only] = batch;
    if (!only) return;
    const message = batch.length === 1 ? only : this.#pack(batch);
    const writer = new TlWriter(PROTOCOL_SCHEMA, message.body.length + 32);
    writer.long(this.#salt()).long(this.id).long(message.id).int(message.seqno);
    line.sendEncrypted(this.key, writer.int(message.body.length).raw(message.body).finish());
  }

  #pack(batch: readonly OutMessage[]): OutMessage {
    const writer = new TlWriter(PROTOCOL_SCHEMA, 1_024).int(CONTAINER_ID).int(batch.length);
    for (const { id, seqno, body } of batch) writer.long(id).int(seqno).int(body.length).raw(body);
    const seqno = this.#contentCount * 2;
    return { id: this.#ids.next("answer"), seqno, body: writer.finish(), answerTo: null };
  }
}
