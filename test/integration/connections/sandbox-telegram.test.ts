import { afterEach, beforeEach, expect, test } from "vitest";
import type { OpenSandboxOptions } from "#main/features/connections/index.ts";
import { failure } from "#shared/domain/failure.ts";
import {
  ana,
  app,
  code,
  createScriptedTelegram,
  password,
  type ScriptedTelegram,
} from "./scripted-telegram.ts";
import { openWorkbench, valueOf, type Workbench } from "./workbench.ts";

const server = { host: "127.0.0.1", port: 4_430, publicKeyPem: "PEM" };
const offered = { server, app, account: { phone: ana.phone, code, password } };

let telegram: ScriptedTelegram;
let bench: Workbench;

beforeEach(async () => {
  telegram = createScriptedTelegram();
  bench = await openWorkbench({ telegram: telegram.platform });
  bench.offered.telegram = offered;
});
afterEach(() => bench.close());

const open = (options?: OpenSandboxOptions) => bench.connections.openSandbox(options);
const platforms = async () => (await bench.connections.list()).map(({ platform }) => platform);
const begun = () => telegram.begun.length;

test("opening a sandbox that has a Telegram signs in to both, through the sign-in everybody uses", async () => {
  bench.keychain.refuse = failure("keychain/unavailable");

  const opened = valueOf(await open({ limits: "off" }));
  const [slack, account] = await bench.connections.list();
  valueOf(await bench.connections.openTelegramSession(account?.id ?? opened.id));

  expect({
    opened: opened.id === slack?.id,
    account,
    calls: telegram.calls,
    begun: telegram.begun,
    session: telegram.opened[0],
    actions: await bench.actions(),
  }).toMatchObject({
    opened: true,
    account: {
      platform: "telegram",
      apiUrl: "mtproto://127.0.0.1:4430",
      isProduction: false,
      isSandbox: true,
      state: "ready",
    },
    calls: ["beginSignIn", "sendCode", "submitCode", "submitPassword", "openSession"],
    begun: [{ app, server, cancelled: true }],
    session: { isPaced: false },
    actions: ["operator: connection.sandbox-opened: done", "operator: connection.sandbox-opened: done"],
  });
});

test("Telegram is left alone where only Slack is asked for, and joins the same sandbox later", async () => {
  await open({ platforms: ["slack"] });
  const before = await platforms();
  await open();

  expect([before, await platforms(), bench.launched.length]).toEqual([["slack"], ["slack", "telegram"], 1]);
});

test("asked again there is one sign-in, unless the session was ended meanwhile", async () => {
  await open();
  await open();
  const before = begun();
  telegram.alive.clear();
  await open();

  expect([
    before,
    begun(),
    bench.launched.length,
    (await bench.connections.list()).map(({ state }) => state),
  ]).toEqual([1, 2, 1, ["ready", "ready"]]);
});

test.each([
  ["sendCode", "telegram/flood-wait", "telegram/flood-wait"],
  ["submitPassword", "telegram/password-invalid", "telegram/password-invalid"],
  ["beginSignIn", "network/unreachable", "network/unreachable"],
] as const)("where %s fails, the sandbox is not open, and says why", async (call, failed, why) => {
  telegram.failNext(call, failed);

  expect([await open(), await bench.connections.list(), bench.launched[0]?.running]).toMatchObject([
    {
      error: {
        code: "sandbox/not-started",
        facts: { reason: expect.stringContaining(`Telegram sign-in failed: ${why}`) as string },
      },
    },
    [],
    false,
  ]);
});

test("an account that wants a password nobody has printed is a clear failure too", async () => {
  bench.offered.telegram = { ...offered, account: { ...offered.account, password: null } };

  expect(await open()).toMatchObject({
    error: { facts: { reason: "its Telegram sign-in stopped at “password”" } },
  });
});

test("the sandbox ends with the last of its connections", async () => {
  await open();
  const [slack, account] = await bench.connections.list();
  await bench.connections.remove({ connectionId: slack?.id ?? failTest(), revoke: false });
  const between = bench.launched[0]?.running;
  await bench.connections.remove({ connectionId: account?.id ?? failTest(), revoke: true });

  expect([between, bench.launched[0]?.running, telegram.alive.size]).toEqual([true, false, 0]);
});

function failTest(): never {
  throw new Error("there are two connections");
}
