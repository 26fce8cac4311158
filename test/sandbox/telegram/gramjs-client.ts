import { createPublicKey } from "node:crypto";
import { TelegramClient } from "telegram";
import { readBigIntFromBuffer } from "telegram/Helpers.js";
import { _serverKeys } from "telegram/crypto/RSA.js";
import { PromisedNetSockets } from "telegram/extensions/index.js";
import { LogLevel } from "telegram/extensions/Logger.js";
import { StringSession } from "telegram/sessions/index.js";
import { onTestFinished } from "vitest";
import type { Sandbox } from "#sandbox/start-sandbox.ts";

export interface GramjsOptions {
  /** A saved session to go on with. */
  readonly session?: string;
  readonly connectionRetries?: number;
}

/** Unmodified gramjs, pointed at the sandbox and at nothing else; destroyed when the running test ends. */
export function gramjsClient(sandbox: Sandbox, options: GramjsOptions = {}): TelegramClient {
  const { dc, apiId, apiHash, publicKeyPem, publicKeyFingerprint } = sandbox.ready.telegram;
  const { n = "", e = "" } = createPublicKey(publicKeyPem).export({ format: "jwk" });
  const key = {
    n: readBigIntFromBuffer(Buffer.from(n, "base64url"), false),
    e: Number.parseInt(Buffer.from(e, "base64url").toString("hex"), 16),
  };
  _serverKeys.set(publicKeyFingerprint.decimal, key);

  class SandboxSocket extends PromisedNetSockets {
    override connect(): Promise<unknown> {
      return super.connect(dc.port, dc.host);
    }
  }

  const session = new StringSession(options.session ?? "");
  if (options.session === undefined) session.setDC(dc.id, dc.host, 80);
  const client = new TelegramClient(session, apiId, apiHash, {
    networkSocket: SandboxSocket,
    connectionRetries: options.connectionRetries ?? 1,
    requestRetries: 1,
    floodSleepThreshold: 0,
  });
  client.setLogLevel(LogLevel.NONE);
  onTestFinished(() => client.destroy());
  return client;
}
