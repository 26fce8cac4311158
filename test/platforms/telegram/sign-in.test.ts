import { expect, test, vi } from "vitest";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import {
  accessTo,
  accountOf,
  begin,
  codeOf,
  logInto,
  never,
  openSession,
  signIn,
  valueOf,
} from "./telegram-lab.ts";

test("phone number, code and cloud password sign in, and the secret opens a session", async () => {
  const sandbox = await openSandbox();
  const { phone, code, password, userId, username } = accountOf(sandbox);
  const access = accessTo(sandbox);
  const flow = begin(access);

  const sent = valueOf(await flow.sendCode(phone));
  const entered = valueOf(await flow.submitCode(code));
  const done = valueOf(await flow.submitPassword(password ?? ""));
  const secret = flow.secret();
  await flow.cancel();
  const self = valueOf(await openSession({ ...access, secret }).fetchSelf({ signal: never }));

  expect({ sent, entered, done, self: self.userId }).toEqual({
    sent: { step: "code", phone, sentBy: "app", length: 5, resendAtMs: expect.any(Number) as number },
    entered: { step: "password", hint: expect.any(String) as string },
    done: {
      step: "done",
      self: { userId: String(userId), username, displayName: expect.any(String) as string },
    },
    self: String(userId),
  });
});

test("an account without a cloud password is in after the code", async () => {
  const sandbox = await openSandbox();
  const { phone, code } = sandbox.ready.telegram.accounts.find(({ password }) => password === null)!;
  const flow = begin(accessTo(sandbox));
  await flow.sendCode(phone);
  expect(valueOf(await flow.submitCode(code)).step).toBe("done");
});

test("a phone number may be written with blanks, dashes and brackets, and a code with a blank", async () => {
  const sandbox = await openSandbox();
  const { phone, code } = accountOf(sandbox);
  const flow = begin(accessTo(sandbox));
  const written = `${phone.slice(0, 2)} (${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`;
  const sent = await flow.sendCode(written);
  const entered = await flow.submitCode(`${code.slice(0, 2)} ${code.slice(2)}`);
  expect([codeOf(sent), codeOf(entered)]).toEqual(["ok", "ok"]);
});

test("after each wrong answer the same step can be tried again", async () => {
  const sandbox = await openSandbox();
  const { phone, code, password } = accountOf(sandbox);
  const flow = begin(accessTo(sandbox));
  const told = [
    await flow.submitCode("12345"),
    await flow.sendCode("0"),
    await flow.sendCode(phone),
    await flow.submitCode(""),
    await flow.submitCode("1"),
    await flow.submitCode(code),
    await flow.submitPassword(""),
    await flow.submitPassword("not it"),
    await flow.submitPassword(password ?? ""),
  ];
  expect(told.map(codeOf)).toEqual([
    "telegram/code-expired",
    "telegram/phone-invalid",
    "ok",
    "telegram/code-invalid",
    "telegram/code-invalid",
    "ok",
    "telegram/password-invalid",
    "telegram/password-invalid",
    "ok",
  ]);
});

test("a number that nobody has is told as such once its code is entered", async () => {
  const sandbox = await openSandbox();
  const flow = begin(accessTo(sandbox));
  await flow.sendCode("+15550000000");
  const entered = await flow.submitCode("12345");
  expect(entered).toMatchObject({
    error: { code: "telegram/phone-invalid", facts: { telegramError: "SIGN_UP_REQUIRED" } },
  });
});

test("an application Telegram does not know is told as such", async () => {
  const sandbox = await openSandbox();
  const { app, server } = accessTo(sandbox);
  const flow = begin({ server, app: { ...app, apiHash: "0".repeat(32) } });
  expect(codeOf(await flow.sendCode(accountOf(sandbox).phone))).toBe("telegram/app-invalid");
});

test("an expired code is told as such, and asking again brings a new one", async () => {
  let nowMs = Date.now();
  const sandbox = await openSandbox({ nowMs: () => nowMs });
  const { phone, code } = accountOf(sandbox);
  const flow = begin(accessTo(sandbox));
  await flow.sendCode(phone);
  nowMs += 10 * 60_000;
  const late = await flow.submitCode(code);
  const again = await flow.resendCode();
  const entered = await flow.submitCode(code);
  expect([late, again, entered].map(codeOf)).toEqual(["telegram/code-expired", "ok", "ok"]);
});

test("another code comes by another way", async () => {
  const sandbox = await openSandbox();
  const flow = begin(accessTo(sandbox));
  await flow.sendCode(accountOf(sandbox).phone);
  expect(valueOf(await flow.resendCode())).toMatchObject({ step: "code", sentBy: "sms" });
});

test("a flood wait says until when", async () => {
  const sandbox = await openSandbox();
  sandbox.control.addFault({
    platform: "telegram",
    method: "auth.sendCode",
    kind: "flood",
    retryAfterS: 600,
  });
  const before = Date.now();
  const told = await begin(accessTo(sandbox)).sendCode(accountOf(sandbox).phone);
  expect(told).toMatchObject({ ok: false, error: { code: "telegram/flood-wait" } });
  const untilMs = told.ok ? 0 : Number(told.error.facts["untilMs"]);
  expect(Math.round((untilMs - before) / 10_000)).toBe(60);
});

test("an account of another data centre is signed in there", async () => {
  const sandbox = await openSandbox();
  const { dc, accounts } = sandbox.ready.telegram;
  const index = accounts.findIndex(({ dcId }) => dcId !== dc.id);
  const signedIn = await signIn(sandbox, index);
  const self = await openSession(signedIn).fetchSelf({ signal: never });
  expect(valueOf(self).userId).toBe(String(accounts[index]?.userId));
});

test("a scanned QR code signs in, with the cloud password where there is one", async () => {
  const sandbox = await openSandbox();
  const { personId, password } = accountOf(sandbox);
  const flow = begin(accessTo(sandbox));
  const steps: string[] = [];
  for await (const told of flow.watchQr(never)) {
    const step = valueOf(told);
    steps.push(step.step);
    if (step.step === "qr") sandbox.control.acceptLoginToken(step.link, personId);
  }
  const done = valueOf(await flow.submitPassword(password ?? ""));
  expect([...steps, done.step]).toEqual(["qr", "password", "done"]);
});

test("a QR code scanned by an account of another data centre signs in there", async () => {
  const sandbox = await openSandbox();
  const { dc, accounts } = sandbox.ready.telegram;
  const { personId } = accounts.find(({ dcId }) => dcId !== dc.id)!;
  const steps: string[] = [];
  for await (const told of begin(accessTo(sandbox)).watchQr(never)) {
    const step = valueOf(told);
    steps.push(step.step);
    if (step.step === "qr") sandbox.control.acceptLoginToken(step.link, personId);
  }
  expect(["password", "done"]).toContain(steps.at(-1));
});

test("a QR code is renewed when it expires, and watching ends when nobody watches any more", async () => {
  const clock = skippingClock();
  const sandbox = await openSandbox({ nowMs: clock.nowMs });
  const stop = new AbortController();
  const links: string[] = [];
  for await (const told of begin({ ...accessTo(sandbox), clock }).watchQr(stop.signal)) {
    const step = valueOf(told);
    if (step.step === "qr") links.push(step.link);
    if (links.length === 3) stop.abort();
  }
  expect(new Set(links).size).toBe(3);
});

test.each(["left for the phone number", "cancelled"])(
  "a QR code scanned in the moment in which it is %s leaves nobody signed in, and signs nobody in later",
  async (how) => {
    const sandbox = await openSandbox();
    const { personId } = sandbox.ready.telegram.accounts.find(({ password }) => password === null)!;
    // The scan is answered by signing in, while the answer is on its way for a while.
    sandbox.control.addFault({
      platform: "telegram",
      method: "auth.exportLoginToken",
      kind: "slow",
      after: 1,
      delayMs: 300,
    });
    const flow = begin(accessTo(sandbox));
    const stop = new AbortController();
    const steps: string[] = [];
    const told = new Promise<void>((resolve) => {
      const watch = async (): Promise<void> => {
        for await (const answer of flow.watchQr(stop.signal)) {
          const step = valueOf(answer);
          steps.push(step.step);
          if (step.step === "qr") sandbox.control.acceptLoginToken(step.link, personId);
        }
        resolve();
      };
      void watch();
    });
    await vi.waitFor(() => expect(sandbox.control.listFaults()[0]?.struck).toBe(1));
    stop.abort();
    if (how === "cancelled") await flow.cancel();
    await told;
    await untilSlowOneIsServed(sandbox);
    const sent = await flow.sendCode(accountOf(sandbox).phone);
    expect([steps, codeOf(sent), sandbox.control.telegramSignIns()]).toEqual([
      ["qr"],
      how === "cancelled" ? "network/unreachable" : "ok",
      [],
    ]);
  },
);

test("a QR code that was left is known to the server no more: a late scan signs nobody in", async () => {
  const sandbox = await openSandbox();
  const links: string[] = [];
  for await (const told of begin(accessTo(sandbox)).watchQr(never)) {
    const step = valueOf(told);
    if (step.step === "qr") links.push(step.link);
    break;
  }
  const { personId } = accountOf(sandbox);
  await vi.waitFor(() =>
    expect(() => sandbox.control.acceptLoginToken(links[0] ?? "", personId)).toThrow("AUTH_TOKEN_INVALIDX"),
  );
});

test("cancelling while an answer that signs in is on its way leaves nobody signed in", async () => {
  const sandbox = await openSandbox();
  const { phone, code, password } = accountOf(sandbox);
  const flow = begin(accessTo(sandbox));
  await flow.sendCode(phone);
  await flow.submitCode(code);
  sandbox.control.addFault({
    platform: "telegram",
    method: "auth.checkPassword",
    kind: "slow",
    delayMs: 300,
  });
  const pending = flow.submitPassword(password ?? "");
  await vi.waitFor(() => expect(sandbox.control.listFaults()[0]?.struck).toBe(1));
  await flow.cancel();
  await untilSlowOneIsServed(sandbox);
  expect([codeOf(await pending), sandbox.control.telegramSignIns()]).toEqual(["network/unreachable", []]);
});

test("cancelling after the sign-in is done ends nothing: the session is the caller's", async () => {
  const sandbox = await openSandbox();
  await signIn(sandbox);
  expect(sandbox.control.telegramSignIns()).toMatchObject([
    { personId: accountOf(sandbox).personId, device: "Muster" },
  ]);
});

test("cancelling ends a pending question, and nothing can be asked afterwards", async () => {
  const sandbox = await openSandbox();
  sandbox.control.addFault({ platform: "telegram", method: "auth.signIn", kind: "stall" });
  const { phone, code } = accountOf(sandbox);
  const flow = begin(accessTo(sandbox));
  await flow.sendCode(phone);
  const pending = flow.submitCode(code);
  await flow.cancel();
  const told = [await pending, await flow.sendCode(phone)];
  expect(
    told.map((each) => (each.ok ? "ok" : `${each.error.code} ${String(each.error.facts["reason"])}`)),
  ).toEqual(["network/unreachable closed", "network/unreachable closed"]);
});

test("a line that breaks in the middle of a question is taken up again", async () => {
  const sandbox = await openSandbox();
  const { phone, code } = accountOf(sandbox);
  const flow = begin(accessTo(sandbox));
  sandbox.control.addFault({ platform: "telegram", method: "auth.sendCode", kind: "drop" });
  const sent = await flow.sendCode(phone);
  sandbox.control.addFault({ platform: "telegram", method: "auth.signIn", kind: "drop" });
  const entered = await flow.submitCode(code);
  expect([codeOf(sent), codeOf(entered)]).toEqual(["ok", "ok"]);
});

test("neither the log nor the console is told a secret", async () => {
  const sandbox = await openSandbox();
  const spoken = (["log", "error", "warn", "info", "debug"] as const).map((way) => vi.spyOn(console, way));
  const { phone, code, password } = accountOf(sandbox);
  const access = accessTo(sandbox);
  const lines: string[] = [];
  const flow = begin({ ...access, log: logInto(lines) });
  await flow.sendCode(phone);
  await flow.submitCode("0");
  await flow.submitCode(code);
  await flow.submitPassword(password ?? "");
  const secret = flow.secret();
  await flow.cancel();
  await openSession({ ...access, secret }, { log: logInto(lines) }).fetchSelf({ signal: never });

  const secrets = [secret, secret.slice(20, 60), password ?? "", access.app.apiHash, phone.slice(1)];
  expect({
    lines: lines.length > 0,
    told: secrets.filter((each) => lines.some((line) => line.includes(each))),
    spoken: spoken.map(({ mock }) => mock.calls.length),
  }).toEqual({ lines: true, told: [], spoken: [0, 0, 0, 0, 0] });
  vi.restoreAllMocks();
});

/** Waits until the server has done what a fault made it do late, whether or not anybody still listens. */
async function untilSlowOneIsServed({ control }: Sandbox): Promise<void> {
  await vi.waitFor(() => expect(control.calls().calls.map(({ fault }) => fault)).toContain("slow"));
}

/** A clock that skips whatever somebody sleeps. */
function skippingClock() {
  let skippedMs = 0;
  return {
    nowMs: () => Date.now() + skippedMs,
    monotonicMs: () => performance.now() + skippedMs,
    async sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
      signal?.throwIfAborted();
      skippedMs += delayMs;
      await new Promise((resolve) => setTimeout(resolve, 1));
    },
  };
}
