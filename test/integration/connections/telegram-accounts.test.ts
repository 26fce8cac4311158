import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Connection } from "#shared/domain/connection.ts";
import { failure } from "#shared/domain/failure.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import { err, ok } from "#shared/lib/result.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import { ana, app, ben, code, createScriptedTelegram, type ScriptedTelegram } from "./scripted-telegram.ts";
import { lockedKeychain, openWorkbench, valueOf, type Workbench } from "./workbench.ts";

let telegram: ScriptedTelegram;
let bench: Workbench;

beforeEach(async () => {
  telegram = createScriptedTelegram();
  bench = await openWorkbench({ telegram: telegram.platform });
});
afterEach(() => bench.close());

/** Ben has no password. */
async function signIn(): Promise<Connection> {
  const door = bench.connections.telegramSignIn;
  const { signInId } = valueOf(await door.begin({ app: "given", ...app }));
  await door.sendCode({ signInId, phone: ben.phone });
  const done = valueOf(await door.submitCode({ signInId, code }));
  if (done.step !== "done") throw new Error(`stopped at ${done.step}`);
  return done.connection;
}

const open = (id: ConnectionId) => bench.connections.openTelegramSession(id);
const count = (call: string) => telegram.calls.filter((each) => each === call).length;

describe("the session of an account", () => {
  test("is one for everybody, opened when first asked for, on what the keychain holds", async () => {
    const { id } = await signIn();
    const before = telegram.opened.length;
    const [one, two] = await Promise.all([open(id), open(id)]);

    expect([before, valueOf(one) === valueOf(two), telegram.opened]).toMatchObject([
      0,
      true,
      [{ secret: `session-1-${ben.userId}`, app, server: null }],
    ]);
  });

  test("needs no sign-in after a restart", async () => {
    const { id } = await signIn();
    const next = await openWorkbench({ telegram: telegram.platform, keychain: bench.keychain }, bench.store);
    const checked = await next.connections.check({ connectionId: id });
    await next.connections.stop();

    expect([checked, count("beginSignIn")]).toMatchObject([{ value: { state: "ready" } }, 1]);
  });

  test("that could not be opened is tried again", async () => {
    const { id } = await signIn();
    telegram.failNext("openSession", "network/unreachable");

    expect([await open(id), (await open(id)).ok]).toMatchObject([
      { error: { code: "network/unreachable" } },
      true,
    ]);
  });

  test("is closed when Muster stops, and not opened any more", async () => {
    const { id } = await signIn();
    await open(id);
    await bench.connections.stop();

    expect([telegram.opened[0]?.isClosed, await open(id)]).toMatchObject([
      true,
      { error: { facts: { reason: "closing" } } },
    ]);
  });

  test("exists for Telegram connections only, as Slack's do for Slack's", async () => {
    const { id } = await signIn();

    expect([await open(ConnectionId.parse("slack:T1:U1")), await bench.connections.openSession(id)]).toEqual([
      err(failure("input/not-found")),
      err(failure("input/not-found")),
    ]);
  });
});

describe("a session that was ended elsewhere", () => {
  test("shows as signed out when it is checked, until somebody signs in again", async () => {
    const { id } = await signIn();
    await open(id);
    telegram.alive.clear();
    const checked = await bench.connections.check({ connectionId: id });
    const refused = await open(id);
    const renewed = await signIn();

    expect({
      checked,
      refused,
      renewed,
      isClosed: telegram.opened[0]?.isClosed,
      reopened: (await open(id)).ok,
      woken: bench.woken,
      forgiven: bench.forgiven,
      actions: await bench.actions(),
    }).toMatchObject({
      checked: { value: { state: "signed-out", failure: { code: "telegram/session-revoked" } } },
      refused: { error: { code: "telegram/session-revoked" } },
      renewed: { id, state: "ready", failure: null },
      isClosed: true,
      reopened: true,
      woken: [id, id],
      forgiven: [id, id],
      actions: [
        "operator: connection.added: done",
        "muster: connection.signed-out: done",
        "operator: connection.renewed: done",
      ],
    });
  });

  test("and is told by who uses it is closed, so that the next one is opened anew", async () => {
    const { id } = await signIn();
    await open(id);
    await bench.connections.markSignedOut(id, failure("telegram/session-revoked"));
    const isClosed = telegram.opened[0]?.isClosed;
    await bench.connections.markReady(id);
    await open(id);

    expect([isClosed, telegram.opened.length, bench.woken]).toEqual([true, 2, [id, id]]);
  });
});

describe("checking an account", () => {
  test.each([
    ["telegram/session-revoked", "signed-out"],
    ["telegram/account-deactivated", "signed-out"],
    ["telegram/app-invalid", "signed-out"],
    ["network/unreachable", "unreachable"],
    ["telegram/refused", "unreachable"],
  ] as const)("%s means %s", async (failed, state) => {
    const { id } = await signIn();
    telegram.failNext("fetchSelf", failed);

    expect(await bench.connections.check({ connectionId: id })).toMatchObject({
      value: { state, failure: { code: failed } },
    });
  });

  test("a secret that vanished from the keychain means signing in again; a locked keychain does not", async () => {
    const { id } = await signIn();
    bench.keychain.refuse = lockedKeychain;
    const locked = await bench.connections.check({ connectionId: id });
    bench.keychain.refuse = null;
    await bench.keychain.removeSecret(id);
    const gone = await bench.connections.check({ connectionId: id });

    expect([locked, gone]).toMatchObject([
      { value: { state: "unreachable", failure: { code: "keychain/locked" } } },
      { value: { state: "signed-out", failure: { code: "keychain/secret-missing" } } },
    ]);
  });

  test.each([
    ["a wait", { why: "asked to wait", untilMs: 65_475_000 }, "telegram/flood-wait", "ready"],
    ["silence", undefined, null, "unreachable"],
  ] as const)("%s is given up after half a minute", async (_what, wait, failed, state) => {
    await bench.close();
    const clock = createManualClock();
    bench = await openWorkbench({ telegram: telegram.platform, clock });
    const { id } = await signIn();
    telegram.stall("fetchSelf", wait);
    const checking = bench.connections.check({ connectionId: id });
    await clock.advance(MINUTE_MS / 2);
    const checked = await checking;

    expect([checked.ok ? null : checked.error.code, (await bench.connections.list())[0]?.state]).toEqual([
      failed,
      state,
    ]);
  });
});

describe("removing an account", () => {
  test("with revoke really ends the session at Telegram", async () => {
    const { id } = await signIn();
    const removed = await bench.connections.remove({ connectionId: id, revoke: true });

    expect({
      removed,
      alive: [...telegram.alive],
      isClosed: telegram.opened.every(({ isClosed }) => isClosed),
      secret: (await bench.keychain.getSecret(id)).ok,
      listed: await bench.connections.list(),
      actions: await bench.actions(),
    }).toEqual({
      removed: ok(undefined),
      alive: [],
      isClosed: true,
      secret: false,
      listed: [],
      actions: ["operator: connection.added: done", "operator: connection.removed: done"],
    });
  });

  test("without revoke leaves Telegram alone", async () => {
    const { id } = await signIn();
    await bench.connections.remove({ connectionId: id, revoke: false });

    expect([count("signOut"), telegram.alive.size]).toEqual([0, 1]);
  });

  test("with revoke is content with a session that is ended already, or whose secret is gone", async () => {
    const { id } = await signIn();
    telegram.alive.clear();
    const ended = await bench.connections.remove({ connectionId: id, revoke: true });
    await signIn();
    await bench.keychain.removeSecret(id);
    const gone = await bench.connections.remove({ connectionId: id, revoke: true });

    expect([ended, gone]).toEqual([ok(undefined), ok(undefined)]);
  });

  test("with revoke keeps everything while Telegram does not answer", async () => {
    const added = await signIn();
    telegram.failNext("signOut", "network/unreachable");

    expect([
      await bench.connections.remove({ connectionId: added.id, revoke: true }),
      await bench.connections.list(),
    ]).toMatchObject([{ error: { code: "network/unreachable" } }, [added]]);
  });
});

test("a stranger's answer on our session signs the connection out", async () => {
  const { id } = await signIn();
  const secret = JSON.stringify({ session: `session-1-${ana.userId}`, ...app });
  telegram.alive.add(`session-1-${ana.userId}`);
  await bench.keychain.setSecret(id, secret);

  expect(await bench.connections.check({ connectionId: id })).toMatchObject({
    value: { state: "signed-out", failure: { code: "telegram/session-revoked" } },
  });
});
