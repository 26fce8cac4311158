import { Socket } from "node:net";

/** Why a connection ended, as a short machine-readable word (`ECONNREFUSED`, `closed-by-server`). */
export class WireLost extends Error {
  override readonly name = "WireLost";
  readonly reason: string;

  constructor(reason: string) {
    super(`the connection ended: ${reason}`);
    this.reason = reason;
  }
}

/** Reasons that a server gives in a frame of four bytes instead of an answer. */
export const KEY_UNKNOWN = "transport-404";

/** The first four bytes choose the "intermediate" transport: a length before every packet. */
const INTERMEDIATE = Buffer.from([0xee, 0xee, 0xee, 0xee]);

/** Telegram's largest packets are a megabyte of file; what is longer is not Telegram's. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;

/**
 * Carries MTProto packets over TCP in the intermediate transport
 * (core.telegram.org/mtproto/mtproto-transports, checked 2026-11). It stands in the place of gramjs' own connection
 * classes, whose sockets outlive them and whose errors get lost: here every ending has a reason, is told once, and
 * takes the socket along.
 */
export class Wire {
  readonly #host: string;
  readonly #port: number;
  readonly #socket = new Socket();
  readonly #frames: Buffer[] = [];
  #chunks: Buffer[] = [];
  #bytes = 0;
  #reader: { resolve: (frame: Buffer) => void; reject: (lost: WireLost) => void } | null = null;
  #isOpen = false;
  #lost: WireLost | null = null;
  readonly #onLost: (lost: WireLost) => void;

  constructor(host: string, port: number, onLost: (lost: WireLost) => void) {
    this.#host = host;
    this.#port = port;
    this.#onLost = onLost;
  }

  /** Rejects with `WireLost` when nobody listens there, or when `end` is called first. */
  connect(): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#lost) {
        reject(this.#lost);
        return;
      }
      const socket = this.#socket;
      socket.setNoDelay(true);
      socket.on("data", (chunk) => this.#take(chunk));
      socket.on("error", (error: NodeJS.ErrnoException) => this.end(error.code ?? "connection-lost"));
      socket.on("close", () => {
        this.end("closed-by-server");
        if (!this.#isOpen) reject(this.#lost ?? new WireLost("closed"));
      });
      socket.connect(this.#port, this.#host, () => {
        this.#isOpen = true;
        socket.write(INTERMEDIATE);
        resolve();
      });
    });
  }

  isConnected(): boolean {
    return this.#isOpen && this.#lost === null;
  }

  send(packet: Buffer): Promise<void> {
    if (this.#lost) return Promise.reject(this.#lost);
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32LE(packet.length, 0);
    this.#socket.write(Buffer.concat([length, packet]));
    return Promise.resolve();
  }

  /**
   * The next packet. Each comes in a turn of the event loop of its own: decoding a page takes some ten milliseconds,
   * and several that arrive together would hold the process for as long as all of them.
   */
  async recv(): Promise<Buffer> {
    await new Promise((turn) => setImmediate(turn));
    const frame = this.#frames.shift();
    if (frame) return frame;
    if (this.#lost) throw this.#lost;
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  /** Closes the socket at once. The first reason is the one that is told. */
  end(reason: string): void {
    if (this.#lost) return;
    this.#lost = new WireLost(reason);
    this.#socket.destroy();
    this.#frames.length = 0;
    this.#chunks = [];
    this.#reader?.reject(this.#lost);
    this.#reader = null;
    this.#onLost(this.#lost);
  }

  disconnect(): Promise<void> {
    this.end("closed");
    return Promise.resolve();
  }

  /** gramjs writes this into its log, which we keep silent. */
  toString(): string {
    return "wire";
  }

  #take(chunk: Buffer): void {
    if (this.#lost) return;
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#bytes >= 4) {
      const length = this.#join(4).readUInt32LE(0);
      if (length < 4 || length > MAX_FRAME_BYTES) {
        this.end("not-mtproto");
        return;
      }
      if (this.#bytes < 4 + length) return;
      const all = this.#join(4 + length);
      const frame = all.subarray(4, 4 + length);
      this.#bytes -= 4 + length;
      this.#chunks =
        all.length > 4 + length
          ? [all.subarray(4 + length), ...this.#chunks.slice(1)]
          : this.#chunks.slice(1);
      if (length === 4) {
        this.end(`transport-${-frame.readInt32LE(0)}`);
        return;
      }
      this.#deliver(frame);
    }
  }

  /** The first chunk, made at least `size` bytes long. */
  #join(size: number): Buffer {
    const first = this.#chunks[0];
    if (first && first.length >= size) return first;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }

  #deliver(frame: Buffer): void {
    const reader = this.#reader;
    this.#reader = null;
    if (reader) reader.resolve(frame);
    else this.#frames.push(frame);
  }
}
