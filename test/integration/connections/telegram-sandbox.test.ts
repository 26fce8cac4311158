import { afterEach, beforeEach, expect, test } from "vitest";
import type { TelegramPlatform } from "#main/features/connections/telegram/telegram-platform.ts";
import { beginTelegramSignIn, openTelegramSession } from "#main/platforms/telegram/index.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { silentLog } from "#shared/lib/log.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { openWorkbench, startWorld, valueOf, type Workbench } from "./workbench.ts";

const never = new AbortController().signal;

/** The real one, as composition makes it. */
const platform: TelegramPlatform = {
  openSession: ({ app, secret, server }) =>
    Promise.resolve(
      openTelegramSession({
        app,
        secret,
        clock: systemClock,
        log: silentLog,
        ...(server ? { server } : {}),
      }),
    ),
  beginSignIn: ({ app, server }) =>
    Promise.resolve(
      beginTelegramSignIn({ app, clock: systemClock, log: silentLog, ...(server ? { server } : {}) }),
    ),
};

let world: Sandbox;
let bench: Workbench;
beforeEach(async () => {
  world = await startWorld();
  bench = await openWorkbench({ telegram: platform });
});
afterEach(async () => {
  await bench.close();
  await world.close();
});

function owner() {
  const found = world.ready.telegram.accounts.find(({ isTokenOwner }) => isTokenOwner);
  if (!found) throw new Error("nobody owns the token");
  return found;
}

/** Through the door, as the window and the terminal do, with a mistake in every answer. */
async function signIn(): Promise<ConnectionId> {
  const { apiId, apiHash, dc, publicKeyPem } = world.ready.telegram;
  const server = { host: dc.host, port: dc.port, publicKeyPem };
  const { phone, code, password } = owner();
  const door = bench.connections.telegramSignIn;
  const { signInId } = valueOf(await door.begin({ app: "given", apiId, apiHash, server }));
  const codes: string[] = [];
  const tell = (step: Awaited<ReturnType<typeof door.sendCode>>) =>
    codes.push(step.ok ? step.value.step : step.error.code);
  tell(await door.sendCode({ signInId, phone: "+1" }));
  tell(await door.sendCode({ signInId, phone }));
  tell(await door.submitCode({ signInId, code: "00000" }));
  let last = await door.submitCode({ signInId, code });
  tell(last);
  if (password !== null) {
    tell(await door.submitPassword({ signInId, password: "not it" }));
    last = await door.submitPassword({ signInId, password });
    tell(last);
  }
  expect(codes).toEqual([
    "telegram/phone-invalid",
    "code",
    "telegram/code-invalid",
    ...(password === null ? [] : ["password", "telegram/password-invalid"]),
    "done",
  ]);
  const done = valueOf(last);
  if (done.step !== "done") throw new Error(`stopped at ${done.step}`);
  return done.connection.id;
}

test("an account signs in to the simulated server, works after a restart, and signing out really ends it", async () => {
  const id = await signIn();
  const secret = JSON.parse(valueOf(await bench.keychain.getSecret(id))) as { session: string };
  const next = await openWorkbench({ telegram: platform, keychain: bench.keychain }, bench.store);
  const self = await valueOf(await next.connections.openTelegramSession(id)).fetchSelf({ signal: never });
  const removed = await next.connections.remove({ connectionId: id, revoke: true });
  await next.connections.stop();
  const { apiId, apiHash, dc, publicKeyPem } = world.ready.telegram;
  const stolen = valueOf(
    await platform.openSession({
      secret: secret.session,
      app: { apiId, apiHash },
      server: { host: dc.host, port: dc.port, publicKeyPem },
      isPaced: true,
    }),
  );
  const afterwards = await stolen.fetchSelf({ signal: never });
  await stolen.close();

  expect({ self, removed, afterwards, kept: bench.everythingKept().includes(secret.session) }).toMatchObject({
    self: { value: { userId: String(owner().userId) } },
    removed: { ok: true },
    afterwards: { error: { code: "telegram/session-revoked" } },
    kept: false,
  });
});

test("signing in again ends the session before, and the account stays one connection", async () => {
  const first = await signIn();
  const before = JSON.parse(valueOf(await bench.keychain.getSecret(first))) as { session: string };
  const second = await signIn();
  const checked = await bench.connections.check({ connectionId: first });
  const { apiId, apiHash, dc, publicKeyPem } = world.ready.telegram;
  const old = valueOf(
    await platform.openSession({
      secret: before.session,
      app: { apiId, apiHash },
      server: { host: dc.host, port: dc.port, publicKeyPem },
      isPaced: true,
    }),
  );
  const oldAnswer = await old.fetchSelf({ signal: never });
  await old.close();

  expect([second, checked, oldAnswer]).toMatchObject([
    first,
    { value: { state: "ready" } },
    { error: { code: "telegram/session-revoked" } },
  ]);
});

test("opening the sandbox signs in to its Telegram as the same person", async () => {
  const { apiId, apiHash, dc, publicKeyPem } = world.ready.telegram;
  const { phone, code, password } = owner();
  bench.offered.telegram = {
    server: { host: dc.host, port: dc.port, publicKeyPem },
    app: { apiId, apiHash },
    account: { phone, code, password },
  };
  valueOf(await bench.connections.openSandbox());

  expect(await bench.connections.list()).toMatchObject([
    { platform: "slack", isSandbox: true, state: "ready" },
    { platform: "telegram", isSandbox: true, state: "ready", userId: String(owner().userId) },
  ]);
});
