import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMemoryKeychain, type Keychain } from "#main/platforms/keychain/index.ts";
import type { SignInId, TelegramQrStep, TelegramSignInInput } from "#shared/contract/connections.ts";
import { failure, FailureError } from "#shared/domain/failure.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import { err, ok } from "#shared/lib/result.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";
import {
  ana,
  app,
  ben,
  code,
  createScriptedTelegram,
  password,
  type ScriptedTelegram,
} from "./scripted-telegram.ts";
import { lockedKeychain, openWorkbench, valueOf, type Workbench } from "./workbench.ts";

const never = new AbortController().signal;
const given: TelegramSignInInput = { app: "given", ...app };
const anaId = ConnectionId.parse(`telegram:-:${ana.userId}`);
const publicKeyPem = generateKeyPairSync("rsa", { modulusLength: 2_048 }).publicKey.export({
  type: "spki",
  format: "pem",
}) as string;

let telegram: ScriptedTelegram;
let bench: Workbench;

beforeEach(async () => {
  telegram = createScriptedTelegram();
  bench = await openWorkbench({ telegram: telegram.platform });
});
afterEach(() => bench.close());

const door = () => bench.connections.telegramSignIn;

async function begin(input = given): Promise<SignInId> {
  return valueOf(await door().begin(input)).signInId;
}

async function signIn(who: typeof ana | typeof ben = ana, input = given) {
  const signInId = await begin(input);
  await door().sendCode({ signInId, phone: who.phone });
  const entered = valueOf(await door().submitCode({ signInId, code }));
  const last =
    entered.step === "password" ? valueOf(await door().submitPassword({ signInId, password })) : entered;
  if (last.step !== "done") throw new Error(`stopped at ${last.step}`);
  return last.connection;
}

describe("signing in by phone number", () => {
  test("asks for the code, then the password, and keeps the session in the keychain only", async () => {
    const began = valueOf(await door().begin(given));
    const { signInId } = began;
    const sent = await door().sendCode({ signInId, phone: ana.phone });
    const again = await door().resendCode({ signInId });
    const entered = await door().submitCode({ signInId, code });
    const done = await door().submitPassword({ signInId, password });

    const connection = {
      id: anaId,
      platform: "telegram",
      workspaceId: null,
      label: ana.displayName,
      userId: ana.userId,
      userName: "@ana",
      apiUrl: "mtproto://telegram.org",
      isProduction: true,
      isSandbox: false,
      state: "ready",
      failure: null,
      scopes: [],
      addedAtMs: expect.any(Number) as number,
      checkedAtMs: expect.any(Number) as number,
    };
    expect({
      first: began.step,
      sent,
      again,
      entered,
      done,
      listed: await bench.connections.list(),
      secret: JSON.parse(valueOf(await bench.keychain.getSecret(anaId))) as unknown,
      announced: bench.announced,
      woken: bench.woken,
      actions: await bench.actions(),
      letGo: telegram.begun[0]?.cancelled,
      afterwards: await door().submitCode({ signInId, code }),
    }).toMatchObject({
      first: { step: "phone" },
      sent: ok({ step: "code", phone: ana.phone, sentBy: "app", length: 5, resendAtMs: 60_000 }),
      again: { value: { step: "code" } },
      entered: ok({ step: "password", hint: "a horse" }),
      done: ok({ step: "done", connection }),
      listed: [connection],
      secret: { session: `session-1-${ana.userId}`, ...app },
      announced: ["connections"],
      woken: [anaId],
      actions: ["operator: connection.added: done"],
      letGo: true,
      afterwards: { error: { code: "input/not-found" } },
    });
  });

  test("leaves neither hash, number, code, password nor session in the profile or the log", async () => {
    const { id } = await signIn();
    await bench.connections.check({ connectionId: id });

    const kept = bench.everythingKept();

    const secrets = [app.apiHash, ana.phone, ana.phone.replaceAll(/\D/g, ""), code, password, "session-1"];
    expect([
      kept.includes("+44 ••• 0000") || kept.includes("@ana"),
      secrets.filter((each) => kept.includes(each)),
    ]).toEqual([true, []]);
  });

  test("an account without a username is called by its masked number", async () => {
    expect(await signIn(ben)).toMatchObject({ label: "Ben", userName: "+49 ••• 1820" });
  });

  test.each([
    ["sendCode", "telegram/phone-invalid"],
    ["submitCode", "telegram/code-invalid"],
    ["submitCode", "telegram/code-expired"],
    ["submitPassword", "telegram/password-invalid"],
  ] as const)("after %s fails with %s the same step can be tried again", async (call, failed) => {
    const signInId = await begin();
    const steps = {
      sendCode: () => door().sendCode({ signInId, phone: ana.phone }),
      submitCode: () => door().submitCode({ signInId, code }),
      submitPassword: () => door().submitPassword({ signInId, password }),
    };
    const answers = [];
    for (const step of ["sendCode", "submitCode", "submitPassword"] as const) {
      if (step === call) {
        telegram.failNext(call, failed);
        answers.push(await steps[step]());
      }
      answers.push(await steps[step]());
    }

    expect(answers.map((answer) => (answer.ok ? answer.value.step : answer.error.code))).toEqual(
      {
        sendCode: [failed, "code", "password", "done"],
        submitCode: ["code", failed, "password", "done"],
        submitPassword: ["code", "password", failed, "done"],
      }[call],
    );
  });

  test("a flood wait is told with the time it ends", async () => {
    const signInId = await begin();
    telegram.failNext("sendCode", failure("telegram/flood-wait", { untilMs: 65_475_000 }));

    expect(await door().sendCode({ signInId, phone: ana.phone })).toMatchObject({
      error: { code: "telegram/flood-wait", facts: { untilMs: 65_475_000 } },
    });
  });

  test("another number after the code was sent signs the other account in", async () => {
    const signInId = await begin();
    await door().sendCode({ signInId, phone: ana.phone });
    await door().sendCode({ signInId, phone: ben.phone });

    expect(await door().submitCode({ signInId, code })).toMatchObject({
      value: { step: "done", connection: { userId: ben.userId, userName: "+49 ••• 1820" } },
    });
  });
});

describe("signing in by QR code", () => {
  async function watch(signInId: SignInId, onStep: (step: TelegramQrStep) => void = () => undefined) {
    const steps: TelegramQrStep[] = [];
    for await (const step of door().watchQr({ signInId }, never)) {
      steps.push(step);
      onStep(step);
    }
    return steps;
  }

  test("shows the code and ends when somebody scanned it, without a phone number", async () => {
    const steps = await watch(await begin(), () => telegram.scan({ ...ben }));

    expect(steps).toMatchObject([
      { step: "qr", link: "tg://login?token=one", expiresAtMs: 30_000 },
      { step: "done", connection: { label: "Ben", userName: ben.userId } },
    ]);
  });

  test("can be left for the phone number", async () => {
    const signInId = await begin();
    for await (const step of door().watchQr({ signInId }, never)) if (step.step === "qr") break;

    expect(await door().sendCode({ signInId, phone: ana.phone })).toMatchObject({ value: { step: "code" } });
  });

  test("says what went wrong, and that a sign-in has ended", async () => {
    const signInId = await begin();
    telegram.failNext("watchQr", "network/unreachable");
    const failed = await watch(signInId);
    await door().cancel({ signInId });

    expect([failed, await watch(signInId)]).toMatchObject([
      [{ step: "failed", failure: { code: "network/unreachable" } }],
      [{ step: "failed", failure: { code: "input/not-found" } }],
    ]);
  });

  test("left while the account is being taken in is either taken in with a session, or not at all", async () => {
    const isAsked = Promise.withResolvers<void>();
    const mayAnswer = Promise.withResolvers<void>();
    const memory = createMemoryKeychain();
    const slow: Keychain = {
      ...memory,
      async setSecret(name, secret) {
        isAsked.resolve();
        await mayAnswer.promise;
        return memory.setSecret(name, secret);
      },
    };
    await bench.close();
    bench = await openWorkbench({ telegram: telegram.platform, keychain: slow });
    const signInId = await begin();
    const watching = watch(signInId, () => telegram.scan({ ...ben }));
    await isAsked.promise;
    const cancelled = door().cancel({ signInId });
    mayAnswer.resolve();
    await Promise.all([watching, cancelled]);

    expect([await bench.connections.list(), [...telegram.alive]]).toMatchObject([
      [{ userId: ben.userId, state: "ready" }],
      [`session-1-${ben.userId}`],
    ]);
  });

  test("ends with the sign-in", async () => {
    const signInId = await begin();
    const steps = door().watchQr({ signInId }, never)[Symbol.asyncIterator]();
    await steps.next();
    const pending = steps.next();
    await door().cancel({ signInId });

    expect((await pending).done).toBe(true);
  });
});

describe("what a sign-in begins on", () => {
  test("nothing without a keychain: Telegram is not even asked", async () => {
    bench.keychain.refuse = lockedKeychain;

    expect([await door().begin(given), telegram.calls]).toEqual([err(lockedKeychain), []]);
  });

  test("another server is kept with its key and shown as such", async () => {
    const server = { host: "127.0.0.1", port: 4_430, publicKeyPem };
    const connection = await signIn(ana, { ...given, server });
    valueOf(await bench.connections.openTelegramSession(connection.id));

    expect([connection, telegram.begun[0], telegram.opened[0]]).toMatchObject([
      { apiUrl: "mtproto://127.0.0.1:4430", isProduction: false, isSandbox: false },
      { app, server },
      { app, server, secret: `session-1-${ana.userId}` },
    ]);
  });

  test.each([
    [{ host: "https://evil.example/", port: 443, publicKeyPem }, "host name"],
    [{ host: "a b", port: 443, publicKeyPem }, "host name"],
    [{ host: "127.0.0.1", port: 443, publicKeyPem: "hello" }, "RSA public key"],
  ])("a server that is none is refused: %#", async (server, why) => {
    expect([await door().begin({ ...given, server }), telegram.calls]).toMatchObject([
      {
        error: {
          code: "network/unreachable",
          message: expect.stringContaining(why) as string,
          facts: { reason: "address-refused" },
        },
      },
      [],
    ]);
  });

  test("the application and server of a known connection, without typing its hash again", async () => {
    const server = { host: "127.0.0.1", port: 4_430, publicKeyPem };
    const { id } = await signIn(ana, { ...given, server });
    await begin({ app: "known", connectionId: id });
    await bench.keychain.removeSecret(id);

    expect([
      telegram.begun[1],
      await door().begin({ app: "known", connectionId: id }),
      await door().begin({ app: "known", connectionId: ConnectionId.parse("slack:T1:U1") }),
    ]).toMatchObject([
      { app, server },
      { error: { code: "keychain/secret-missing" } },
      { error: { code: "input/not-found" } },
    ]);
  });
});

describe("signing the same account in again", () => {
  test("renews it, wakes what paused on it, and ends the session it had", async () => {
    const first = await signIn();
    const session = valueOf(await bench.connections.openTelegramSession(first.id));
    const second = await signIn();
    const next = valueOf(await bench.connections.openTelegramSession(first.id));

    expect({
      ids: [second.id, second.addedAtMs],
      sessions: telegram.opened.map(({ secret, isClosed }) => `${secret} ${isClosed ? "closed" : "open"}`),
      isOther: session !== next,
      alive: [...telegram.alive],
      woken: bench.woken,
      listed: (await bench.connections.list()).length,
      actions: await bench.actions(),
    }).toEqual({
      ids: [first.id, first.addedAtMs],
      // The one that was used, the same once more to be signed out, the new one.
      sessions: [
        `session-1-${ana.userId} closed`,
        `session-1-${ana.userId} closed`,
        `session-2-${ana.userId} open`,
      ],
      isOther: true,
      alive: [`session-2-${ana.userId}`],
      woken: [first.id, first.id],
      listed: 1,
      actions: ["operator: connection.added: done", "operator: connection.renewed: done"],
    });
  });

  test("works although the old session cannot be ended, and says so in the log", async () => {
    const first = await signIn();
    telegram.failNext("signOut", "network/unreachable");
    const second = await signIn();

    expect([second.id, second.state, bench.everythingKept().includes("telegram-left-signed-in")]).toEqual([
      first.id,
      "ready",
      true,
    ]);
  });

  test("several accounts stand side by side", async () => {
    await signIn(ana);
    await signIn(ben);

    expect((await bench.connections.list()).map(({ userId }) => userId)).toEqual([ana.userId, ben.userId]);
  });
});

describe("an account that signed in but could not be kept", () => {
  test("is kept once the keychain is unlocked, without another code", async () => {
    const signInId = await begin();
    await door().sendCode({ signInId, phone: ana.phone });
    await door().submitCode({ signInId, code });
    bench.keychain.refuse = lockedKeychain;
    const refused = await door().submitPassword({ signInId, password });
    const listed = await bench.connections.list();
    bench.keychain.refuse = null;
    const kept = await door().submitPassword({ signInId, password });

    expect([refused, listed, kept, telegram.calls.filter((call) => call === "submitPassword")]).toMatchObject(
      [err(lockedKeychain), [], { value: { step: "done" } }, ["submitPassword"]],
    );
  });

  test("is signed out again when the operator gives up", async () => {
    const signInId = await begin();
    await door().sendCode({ signInId, phone: ben.phone });
    bench.keychain.refuse = lockedKeychain;
    await door().submitCode({ signInId, code });
    const before = [...telegram.alive];
    await door().cancel({ signInId });

    expect([before, [...telegram.alive]]).toEqual([[`session-1-${ben.userId}`], []]);
  });

  test("leaves no secret behind when the disk is full", async () => {
    await bench.close();
    const full = new FailureError(failure("store/disk-full"));
    const working = await openTemporaryStore();
    bench = await openWorkbench(
      { telegram: telegram.platform, store: { ...working, write: () => Promise.reject(full) } },
      working,
    );
    const signInId = await begin();
    await door().sendCode({ signInId, phone: ben.phone });

    await expect(door().submitCode({ signInId, code })).rejects.toBe(full);
    expect(await bench.keychain.getSecret(`telegram:-:${ben.userId}`)).toMatchObject({
      error: { code: "keychain/secret-missing" },
    });
  });
});

describe("a sign-in that is left", () => {
  test("is cancelled while Telegram is being asked", async () => {
    const signInId = await begin();
    telegram.stall("sendCode");
    const pending = door().sendCode({ signInId, phone: ana.phone });
    await Promise.resolve();
    await door().cancel({ signInId });
    await door().cancel({ signInId });

    expect([await pending, telegram.begun[0]?.cancelled]).toMatchObject([
      { error: { code: "input/not-found" } },
      true,
    ]);
  });

  test("ends half an hour after it was last touched", async () => {
    await bench.close();
    const clock = createManualClock();
    bench = await openWorkbench({ telegram: telegram.platform, clock });
    const signInId = await begin();
    await clock.advance(20 * MINUTE_MS);
    const inTime = await door().sendCode({ signInId, phone: ana.phone });
    await clock.advance(29 * MINUTE_MS);
    const stillInTime = await door().submitCode({ signInId, code: "1" });
    await clock.advance(31 * MINUTE_MS);
    const late = await door().submitCode({ signInId, code });

    expect([inTime, stillInTime, late, telegram.begun[0]?.cancelled]).toMatchObject([
      { ok: true },
      { error: { code: "telegram/code-invalid" } },
      { error: { code: "input/not-found" } },
      true,
    ]);
  });

  test("ends with Muster", async () => {
    await begin();
    await bench.connections.stop();

    expect(telegram.begun[0]?.cancelled).toBe(true);
  });
});
