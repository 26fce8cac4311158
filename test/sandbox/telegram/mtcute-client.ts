import { addPublicKey } from "@mtcute/core/utils.js";
import { MemoryStorage, TelegramClient } from "@mtcute/node";
import { NodeCryptoProvider } from "@mtcute/node/utils.js";
import { onTestFinished } from "vitest";
import type { Sandbox } from "#sandbox/start-sandbox.ts";

/** Unmodified mtcute, the second client; a newer API layer than gramjs. Destroyed when the running test ends. */
export async function mtcuteClient(sandbox: Sandbox, session?: string): Promise<TelegramClient> {
  const { dc, apiId, apiHash, publicKeyPem } = sandbox.ready.telegram;
  const crypto = new NodeCryptoProvider();
  await crypto.initialize();
  addPublicKey(crypto, publicKeyPem);
  const address = { id: dc.id, ipAddress: dc.host, port: dc.port };
  const client = new TelegramClient({
    apiId,
    apiHash,
    crypto,
    storage: new MemoryStorage(),
    defaultDcs: { main: address, media: address },
    logLevel: Number(process.env["MTCUTE_LOG"] ?? 0),
  });
  if (session !== undefined) await client.importSession(session);
  onTestFinished(() => client.destroy());
  return client;
}
