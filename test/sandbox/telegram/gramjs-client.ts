import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { createPublicKey } from "node:crypto";
import { Logger, TelegramClient } from "telegram";
import { readBigIntFromBuffer } from "telegram/Helpers.js";
import { _serverKeys } from "telegram/crypto/RSA.js";
import { FloodWaitError, RPCError } from "telegram/errors/index.js";
import { PromisedNetSockets } from "telegram/extensions/index.js";
import { LogLevel } from "telegram/extensions/Logger.js";
import { StringSession } from "telegram/sessions/index.js";
import { onTestFinished } from "vitest";
import type { TelegramAccountFacts } from "#sandbox/telegram/telegram-ready.ts";

/** A sandbox of this process or another one. */
export type ReadySandbox = Pick<Sandbox, "ready">;

export interface GramjsOptions {
  /** A saved session to go on with. */
  readonly session?: string;
  readonly connectionRetries?: number;
  /** The transport; gramjs takes the full one by default. */
  readonly connection?: ConnectionClass;
  /** Seconds of FLOOD_WAIT it sits out by itself; default none. */
  readonly floodSleepThreshold?: number;
}

type ConnectionClass = NonNullable<ConstructorParameters<typeof TelegramClient>[3]["connection"]>;

/** Unmodified gramjs, pointed at the sandbox and at nothing else; destroyed when the running test ends. */
export function gramjsClient(sandbox: ReadySandbox, options: GramjsOptions = {}): TelegramClient {
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
    // One in some hundred of its key exchanges fails by itself: a shared secret that begins with a zero loses that byte
    // before it is hashed (network/Authenticator.js of gramjs 2.26), and after the last attempt it waits for ever.
    connectionRetries: options.connectionRetries ?? 4,
    // Following a *_MIGRATE_* counts as a try.
    requestRetries: 2,
    floodSleepThreshold: options.floodSleepThreshold ?? 0,
    baseLogger: new Logger(LogLevel.NONE),
    ...(options.connection && { connection: options.connection }),
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** A client that is signed in as one of the printed accounts, the first (the token's owner) by default. */
export async function signedInGramjs(
  sandbox: ReadySandbox,
  place = 0,
  options: GramjsOptions = {},
): Promise<TelegramClient> {
  const client = gramjsClient(sandbox, options);
  const account = accountAt(sandbox, place);
  await client.start({
    phoneNumber: async () => account.phone,
    phoneCode: async () => account.code,
    password: async () => account.password ?? "",
    onError: (error) => {
      throw error;
    },
  });
  return client;
}

export function accountAt(sandbox: ReadySandbox, place: number): TelegramAccountFacts {
  const account = sandbox.ready.telegram.accounts[place];
  if (!account) throw new Error(`the sandbox printed no account ${place}`);
  return account;
}

/** What a call says no with: `code message` of the rpc_error. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof FloodWaitError) return `${error.code} FLOOD_WAIT_${error.seconds}`;
  if (error instanceof RPCError) return `${error.code} ${error.errorMessage}`;
  throw new Error(`expected a refusal, got ${String(error)}`);
}
