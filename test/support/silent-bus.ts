import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { makeTemporaryFolder } from "./temporary-folder.ts";

/** A session bus that takes every call and never says a word: whoever asks it for secrets waits for ever. */
export interface SilentBus {
  /** Makes a command use this bus. */
  readonly env: NodeJS.ProcessEnv;
  close(): void;
}

export async function openSilentBus(): Promise<SilentBus> {
  const address = join(makeTemporaryFolder(), "bus");
  const callers = new Set<Socket>();
  const server = createServer((socket) => {
    callers.add(socket);
    socket.on("error", () => undefined);
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(address, resolve));
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${address}` },
    close() {
      for (const socket of callers) socket.destroy();
      server.close();
    },
  };
}
