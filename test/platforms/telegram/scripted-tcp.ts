import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { generateKeyPairSync } from "node:crypto";
import { onTestFinished } from "vitest";
import type { TelegramServer } from "#main/platforms/telegram/index.ts";

/** A TCP server that does with each connection what it is told; gone when the test ends. */
export async function startTcp(onConnection: (socket: Socket, index: number) => void): Promise<{
  readonly server: TelegramServer;
  /** How many connections there were. */
  connections(): number;
}> {
  const sockets = new Set<Socket>();
  let count = 0;
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onConnection(socket, count++);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
  });
  const { port } = listener.address() as AddressInfo;
  return { server: { host: "127.0.0.1", port, publicKeyPem: strangeKey() }, connections: () => count };
}

/** Joins a connection to one of its own to `target`. */
export function passOn(socket: Socket, target: TelegramServer): void {
  const upstream = connect(target.port, target.host);
  upstream.on("error", () => socket.destroy());
  socket.on("close", () => upstream.destroy());
  socket.pipe(upstream);
  upstream.pipe(socket);
}

/** Nobody listens there. */
export async function findDeadServer(): Promise<TelegramServer> {
  const listener = createServer();
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, "close");
  return { host: "127.0.0.1", port, publicKeyPem: strangeKey() };
}

/**
 * Stands between a client and a server and passes on what each says; `onAnswer` may change (or, with null, withhold)
 * what the server says.
 */
export async function startRelay(
  target: TelegramServer,
  onAnswer: (chunk: Buffer, connection: number, chunkIndex: number) => Buffer | null,
): Promise<{ readonly server: TelegramServer; connections(): number; cut(): void }> {
  const open = new Set<Socket>();
  const relay = await startTcp((socket, connection) => {
    const upstream = connect(target.port, target.host);
    let chunkIndex = 0;
    open.add(socket);
    upstream.on("error", () => socket.destroy());
    upstream.on("close", () => socket.destroy());
    socket.on("close", () => upstream.destroy());
    socket.on("data", (chunk) => upstream.write(chunk));
    upstream.on("data", (chunk) => {
      const passed = onAnswer(chunk, connection, chunkIndex++);
      if (passed) socket.write(passed);
    });
  });
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    server: { ...relay.server, publicKeyPem: target.publicKeyPem },
    connections: relay.connections,
    cut,
  };
}

/** A sound key that no server here holds. */
export function strangeKey(): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}
