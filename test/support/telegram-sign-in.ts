import {
  beginTelegramSignIn,
  type TelegramApp,
  type TelegramServer,
} from "#main/platforms/telegram/index.ts";
import type { SandboxReady } from "#sandbox/start-sandbox.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { silentLog } from "#shared/lib/log.ts";
import type { Result } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";

/** Signed in, and all that is needed to open a session. */
export interface SignedIn {
  readonly app: TelegramApp;
  readonly server: TelegramServer;
  readonly secret: string;
}

/** The application and the server that a sandbox prints. */
export function accessTo({ telegram }: SandboxReady): { app: TelegramApp; server: TelegramServer } {
  const { apiId, apiHash, dc, publicKeyPem } = telegram;
  return { app: { apiId, apiHash }, server: { host: dc.host, port: dc.port, publicKeyPem } };
}

/** Signs the n-th account of a sandbox's team in; the first is the token owner's. */
export async function signInTo(ready: SandboxReady, index = 0): Promise<SignedIn> {
  const account = ready.telegram.accounts[index];
  if (!account) throw new Error(`the sandbox has no account ${index}`);
  const access = accessTo(ready);
  const flow = valueOf(await beginTelegramSignIn({ ...access, clock: systemClock, log: silentLog }));
  valueOf(await flow.sendCode(account.phone));
  const entered = valueOf(await flow.submitCode(account.code));
  if (entered.step === "password") valueOf(await flow.submitPassword(account.password ?? ""));
  const secret = flow.secret();
  await flow.cancel();
  return { ...access, secret };
}

/** The value of a success; throws what a failure says. */
export function valueOf<Value>(result: Result<Value, Failure>): Value {
  if (result.ok) return result.value;
  throw new Error(`${result.error.code} ${JSON.stringify(result.error.facts)}`);
}
