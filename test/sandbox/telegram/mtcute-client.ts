import { addPublicKey } from "@mtcute/core/utils.js";
import { MemoryStorage, TelegramClient, type TelegramTransport } from "@mtcute/node";
import { NodeCryptoProvider } from "@mtcute/node/utils.js";
import { onTestFinished } from "vitest";
import { accountAt, type ReadySandbox } from "./gramjs-client.ts";

export interface MtcuteOptions {
  /** A saved session to go on with. */
  readonly session?: string;
  readonly transport?: TelegramTransport;
}

/** Unmodified mtcute, the second client; a newer API layer than gramjs. Destroyed when the running test ends. */
export async function mtcuteClient(
  sandbox: ReadySandbox,
  options: MtcuteOptions = {},
): Promise<TelegramClient> {
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
    ...(options.transport && { transport: options.transport }),
  });
  if (options.session !== undefined) await client.importSession(options.session);
  onTestFinished(() => client.destroy());
  return client;
}

/** A client that is signed in as one of the printed accounts, the first (the token's owner) by default. */
export async function signedInMtcute(
  sandbox: ReadySandbox,
  place = 0,
  options: MtcuteOptions = {},
): Promise<TelegramClient> {
  const client = await mtcuteClient(sandbox, options);
  const { phone, code, password } = accountAt(sandbox, place);
  await client.start({ phone, code: async () => code, password: password ?? "", codeSentCallback: () => {} });
  return client;
}
