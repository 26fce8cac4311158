import { makeKey } from "#main/platforms/telegram/handshake.ts";
import type { TelegramServer } from "#main/platforms/telegram/index.ts";
import type { Trust } from "#main/platforms/telegram/trust.ts";
import { Wire } from "#main/platforms/telegram/wire.ts";

/** Exchanges keys with a server while trusting only what is said; the name of the error, or "key". */
export async function handshakeWith(server: TelegramServer, trust: Trust): Promise<string> {
  const wire = new Wire(server.host, server.port, () => undefined);
  try {
    await wire.connect();
    await makeKey(wire, trust);
    return "key";
  } catch (error) {
    return error instanceof Error ? error.name : "unknown";
  } finally {
    wire.end("closed");
  }
}
