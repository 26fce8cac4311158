import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { randomBytes } from "node:crypto";
import type { ServerKey } from "#sandbox/telegram/crypto/server-key.ts";
import type { TelegramAccount } from "#sandbox/telegram/telegram-account.ts";
import { RequestDesk } from "#sandbox/telegram/rpc/request-desk.ts";
import type { KeptKey } from "#sandbox/telegram/state-folder.ts";
import { isAboutUpdates } from "#sandbox/telegram/telegram-faults.ts";
import type { TelegramSide } from "#sandbox/telegram/telegram-side.ts";
import { BASE_LAYER } from "#sandbox/telegram/tl/layers.ts";
import { writeObject } from "#sandbox/telegram/tl/tl-writer.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import { authKeyId, identityOf, type AuthKey, type EndReason } from "#sandbox/telegram/wire/auth-key.ts";
import { Connection } from "#sandbox/telegram/wire/connection.ts";
import type { AgreedKey } from "#sandbox/telegram/wire/key-exchange.ts";
import { MessageIds } from "#sandbox/telegram/wire/message-ids.ts";
import { ServerSalts } from "#sandbox/telegram/wire/server-salts.ts";
import { SessionBook } from "#sandbox/telegram/wire/session-book.ts";
import { Session } from "#sandbox/telegram/wire/session.ts";
import type { ClientLine, IncomingRequest, WireHost } from "#sandbox/telegram/wire/wire-host.ts";

/** The listening server: its authorization keys, their sessions, and the connections of the moment. */
export class TelegramServer {
  readonly #side: TelegramSide;
  readonly #serverKey: ServerKey;
  readonly #ids: MessageIds;
  readonly #keys = new Map<bigint, AuthKey>();
  readonly #sessions = new SessionBook();
  readonly #connections = new Set<ClientLine>();
  readonly #desk: RequestDesk;
  #server: Server | null = null;
  #restart: NodeJS.Timeout | null = null;
  #isOver = false;
  #port = 0;

  constructor(side: TelegramSide, serverKey: ServerKey) {
    this.#side = side;
    this.#serverKey = serverKey;
    this.#ids = new MessageIds(side.nowMs);
    this.#desk = new RequestDesk(side, {
      forgetKey: ({ session, connection }) => {
        this.#forgetKey(session.key);
        connection.sendNotFound();
      },
      isUsedElsewhere: ({ session, connection }) => this.#isUsedBeside(connection, identityOf(session.key)),
      changeSalt: ({ session }) => session.key.salts.replaceAll(this.#nowS()),
      restart: (awayMs) => this.restart(awayMs),
    });
  }

  /** Listens on a port of 127.0.0.1, 0 for any. Rejects with the system's error. */
  async listen(port: number): Promise<number> {
    const server = createServer((socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.off("error", reject);
        resolve();
      });
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    return this.#port;
  }

  /** Breaks every connection and frees the port, for good. */
  close(): Promise<void> {
    this.#isOver = true;
    if (this.#restart) clearTimeout(this.#restart);
    return this.#stop();
  }

  async #stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const connection of this.#connections) connection.drop();
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  /** As a server that went down and came back: connections break, sessions are forgotten, keys are not. */
  restart(awayMs: number): void {
    void this.#stop().then(() => {
      for (const key of this.#keys.values()) this.#sessions.clear(key);
      if (this.#isOver) return;
      this.#restart = setTimeout(() => {
        this.listen(this.#port).catch((error: unknown) => this.#defect(error));
      }, awayMs);
    });
  }

  keys(): IterableIterator<AuthKey> {
    return this.#keys.values();
  }

  findKey(id: bigint): AuthKey | null {
    const key = this.#keys.get(id);
    if (!key) return null;
    if (key.expiresAtS === null || key.expiresAtS > this.#nowS()) return key;
    this.#keys.delete(id);
    return null;
  }

  /** Takes over the keys that an earlier sandbox left. */
  restore(kept: readonly KeptKey[]): void {
    for (const one of kept) {
      const key = this.#addKey(Buffer.from(one.secretHex, "hex"), randomBytes(8).readBigInt64LE(0), {
        createdMs: one.createdMs,
        dcId: one.dcId,
        expiresAtS: null,
      });
      key.layer = one.layer;
      key.client = one.client;
      const account = one.userId === null ? null : this.#side.accounts.find(BigInt(one.userId));
      if (!account) continue;
      key.authorization = {
        account,
        hash: BigInt(one.hash),
        createdS: one.signedInS,
        activeS: one.signedInS,
      };
    }
  }

  endAuthorization(key: AuthKey, reason: EndReason): void {
    key.authorization = null;
    key.passwordAskedOf = null;
    key.endReason = reason;
    this.#side.saveSignIns();
    for (const connection of this.#connections) {
      if ([...connection.keys].some((used) => identityOf(used) === key)) connection.drop();
    }
  }

  #isUsedBeside(connection: ClientLine, key: AuthKey): boolean {
    return [...this.#connections].some(
      (other) => other !== connection && [...other.keys].some((used) => identityOf(used) === key),
    );
  }

  /** Sends an `Updates` to the connected sessions of a sign-in that want updates. */
  push(key: AuthKey, updates: TlObject, except: Session | null = null): void {
    for (const candidate of this.#keys.values()) {
      if (identityOf(candidate) !== key) continue;
      for (const session of this.#sessions.of(candidate)) {
        if (session === except || !session.wantsUpdates || !session.isConnected || !session.schema) continue;
        session.push(writeObject(session.schema, updates));
      }
    }
  }

  /** Sends an `Updates` to every sign-in of an account, through the faults scripted for updates. */
  deliver(
    reader: TelegramAccount,
    updates: TlObject,
    { except, numbered }: { readonly except: Session | null; readonly numbered: boolean },
  ): void {
    const keys = [...this.#keys.values()].filter((key) => key.authorization?.account === reader);
    if (keys.length === 0) return;
    const fault = this.#side.faults.strike("mtproto.updates", "", isAboutUpdates);
    if (fault?.kind === "lose-update") return;
    for (const key of keys) {
      const isTold = this.#sessions.of(key).some((session) => session !== except && session.isConnected);
      const numberedUpdates = numbered && isTold ? { ...updates, seq: ++key.seq } : updates;
      this.push(key, numberedUpdates, except);
      if (fault?.kind === "duplicate-update") this.push(key, numberedUpdates, except);
    }
  }

  #nowS(): number {
    return Math.floor(this.#side.nowMs() / 1_000);
  }

  #accept(socket: Socket): void {
    const fault = this.#side.faults.strike("mtproto.connect", "", (kind) => !isAboutUpdates(kind));
    if (fault?.kind === "drop") {
      socket.destroy();
      return;
    }
    const connection = new Connection(socket, this.#wireHost());
    connection.isMute = fault?.kind === "stall";
    this.#connections.add(connection);
  }

  #wireHost(): WireHost {
    return {
      serverKey: this.#serverKey,
      ids: this.#ids,
      nowS: () => this.#nowS(),
      findKey: (id) => this.findKey(id),
      agreed: (key) => this.#agreed(key),
      openSession: (key, id) => this.#openSession(key, id),
      forgetSession: (session) => void this.#sessions.remove(session.key, session.id),
      destroySession: (key, id) => this.#sessions.remove(key, id),
      destroyKey: (key) => this.#forgetKey(key),
      strikeExchange: (step) => {
        const fault = this.#side.faults.strike(`mtproto.${step}`, "", (kind) => !isAboutUpdates(kind));
        return fault?.kind === "stall" || fault?.kind === "drop" ? fault.kind : null;
      },
      request: (request) => this.#answer(request),
      closed: (connection) => void this.#connections.delete(connection),
      defect: (error) => this.#defect(error),
    };
  }

  #answer(request: IncomingRequest): void {
    this.#desk.answer(request).catch((error: unknown) => this.#defect(error));
  }

  #defect(error: unknown): void {
    process.stderr.write(`sandbox defect: ${error instanceof Error ? error.stack : String(error)}\n`);
  }

  #agreed({ secret, firstSalt, dcId, expiresInS }: AgreedKey): void {
    const expiresAtS = expiresInS === null ? null : this.#nowS() + expiresInS;
    this.#addKey(secret, firstSalt, { createdMs: this.#side.nowMs(), dcId, expiresAtS });
  }

  #addKey(
    secret: Buffer,
    firstSalt: bigint,
    facts: Pick<AuthKey, "createdMs" | "dcId" | "expiresAtS">,
  ): AuthKey {
    const key: AuthKey = {
      ...facts,
      id: authKeyId(secret),
      secret,
      salts: new ServerSalts(firstSalt, this.#nowS()),
      boundTo: null,
      layer: BASE_LAYER,
      client: null,
      authorization: null,
      passwordAskedOf: null,
      endReason: null,
      seq: 0,
    };
    this.#keys.set(key.id, key);
    return key;
  }

  #forgetKey(key: AuthKey): void {
    this.#keys.delete(key.id);
    // A code that nobody can use any more cannot be accepted either.
    this.#side.tokens.forget(key);
    this.#side.saveSignIns();
  }

  #openSession(key: AuthKey, id: bigint): { session: Session; isNew: boolean } {
    const known = this.#sessions.find(key, id);
    if (known) return { session: known, isNew: false };
    const session = new Session(id, key, this.#ids, () => key.salts.current(this.#nowS()));
    this.#sessions.add(session);
    return { session, isNew: true };
  }
}
