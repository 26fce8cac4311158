import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openPrompt, type Prompt } from "#main/cli/prompt.ts";
import { type DialogueOptions, signInTelegram } from "#main/cli/telegram-dialogue.ts";
import { failure } from "#shared/domain/failure.ts";
import { HOUR_MS, SECOND_MS } from "#shared/lib/time.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import {
  ana,
  app,
  ben,
  code,
  createScriptedTelegram,
  password,
  type ScriptedTelegram,
} from "./scripted-telegram.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

let telegram: ScriptedTelegram;
let bench: Workbench;
beforeEach(async () => {
  telegram = createScriptedTelegram();
  bench = await openWorkbench({ telegram: telegram.platform });
});
afterEach(() => bench.close());

const asked: string[] = [];
const noted: string[] = [];
const shown: string[] = [];
let interrupt: AbortController;
beforeEach(() => {
  asked.length = 0;
  noted.length = 0;
  shown.length = 0;
  interrupt = new AbortController();
});

/** Somebody who answers so, and then not any more; a program unless told otherwise. */
function answering(answers: readonly string[], isInteractive = false): Prompt {
  const left = [...answers];
  return {
    isInteractive,
    ask(question, options) {
      asked.push(`${options?.isHidden === true ? "hidden: " : ""}${question}`);
      return Promise.resolve(left.shift() ?? null);
    },
    close: () => undefined,
  };
}

function signIn(prompt: Prompt, options: DialogueOptions = {}, clock = createManualClock()) {
  return signInTelegram(options, {
    door: bench.connections.telegramSignIn,
    prompt,
    terminal: { note: (line: string) => void noted.push(line) },
    qrScreen: { show: (link) => void shown.push(link) },
    listenForInterrupts: () => ({ signal: interrupt.signal, stopListening: () => undefined }),
    clock,
  });
}

test("a program gives the hash, the code and the password, and nothing else is asked", async () => {
  const done = await signIn(answering([app.apiHash, code, password]), { apiId: app.apiId, phone: ana.phone });

  expect([done, asked, noted, telegram.begun[0]]).toMatchObject([
    { value: { userId: ana.userId, state: "ready" } },
    [
      "hidden: API hash (it is not shown):",
      "Code, sent in the Telegram app:",
      "hidden: Cloud password (it is not shown, hint: a horse):",
    ],
    [],
    { app, cancelled: true },
  ]);
});

test("a person is asked for everything, again after a mistake, and may ask for another code", async () => {
  const answers = ["4242", app.apiHash, "12", ben.phone, "00000", "", code];
  telegram.failNext("sendCode", "telegram/phone-invalid");
  const done = await signIn(answering(answers, true));

  expect({ done, calls: telegram.calls.slice(1, 6), noted }).toMatchObject({
    done: { value: { userId: ben.userId } },
    calls: ["sendCode", "sendCode", "submitCode", "resendCode", "submitCode"],
    noted: [
      expect.stringContaining("does not know this phone number") as string,
      expect.stringContaining("The code is not right") as string,
    ],
  });
});

test("a program's first wrong answer ends it, and the sign-in with it", async () => {
  const done = await signIn(answering([app.apiHash, "00000", code]), { apiId: 7, phone: ana.phone });

  expect([done, telegram.begun[0]?.cancelled]).toMatchObject([
    { error: { code: "telegram/code-invalid" } },
    true,
  ]);
});

test("a code to scan is shown instead of asking for number and code, until somebody scanned it", async () => {
  telegram.scan({ ...ben });
  const done = await signIn(answering([app.apiHash]), { apiId: app.apiId, isByQr: true });

  expect({ done, asked, shown, noted, calls: telegram.calls }).toMatchObject({
    done: { value: { userId: ben.userId, state: "ready" } },
    asked: ["hidden: API hash (it is not shown):"],
    shown: ["tg://login?token=one"],
    noted: [expect.stringContaining("Link Desktop Device") as string],
    calls: ["beginSignIn", "watchQr"],
  });
});

test("a scanned account with a cloud password is asked for it, and a wrong one is asked for again", async () => {
  telegram.scan({ ...ana });
  telegram.asksPasswordAfterScan = true;
  const answers = ["4242", app.apiHash, "not it", password];
  const done = await signIn(answering(answers, true), { isByQr: true });

  expect([done, shown.length, asked.slice(2)]).toMatchObject([
    { value: { userId: ana.userId } },
    1,
    [
      "hidden: Cloud password (it is not shown, hint: a horse):",
      "hidden: Cloud password (it is not shown, hint: a horse):",
    ],
  ]);
});

test("a person sees another code after one that could not be had; a program ends with the reason", async () => {
  telegram.scan({ ...ben });
  telegram.failNext("watchQr", "network/unreachable");
  const done = await signIn(answering(["4242", app.apiHash], true), { isByQr: true });
  telegram.failNext("watchQr", "network/unreachable");
  const ended = await signIn(answering([app.apiHash]), { apiId: 7, isByQr: true });

  expect([done, ended, shown]).toMatchObject([
    { value: { userId: ben.userId } },
    { error: { code: "network/unreachable" } },
    ["tg://login?token=one"],
  ]);
});

test("Ctrl+C while a scan is waited for ends the sign-in", async () => {
  const done = signIn(answering(["4242", app.apiHash], true), { isByQr: true });
  await expect.poll(() => shown).toEqual(["tg://login?token=one"]);
  interrupt.abort();

  expect([await done, telegram.begun[0]?.cancelled]).toMatchObject([
    { error: { code: "job/cancelled" } },
    true,
  ]);
});

test("a short flood wait is waited out and the same step tried again, a long one ends it", async () => {
  const clock = createManualClock();
  const wait = (forMs: number) => failure("telegram/flood-wait", { untilMs: clock.nowMs() + forMs });
  telegram.failNext("submitCode", wait(30 * SECOND_MS));
  const done = signIn(answering([app.apiHash, code, code], true), { apiId: 7, phone: ben.phone }, clock);
  await clock.advance(31 * SECOND_MS);
  const waited = await done;
  telegram.failNext("sendCode", wait(HOUR_MS));
  const refused = await signIn(answering([app.apiHash], true), { apiId: 7, phone: ben.phone }, clock);

  expect([waited, refused, noted]).toMatchObject([
    { ok: true },
    { error: { code: "telegram/flood-wait" } },
    [expect.stringContaining("Waiting for 30 s.") as string],
  ]);
});

test.each([
  [[], {}, "telegram/app-invalid"],
  [["x"], {}, "telegram/app-invalid"],
  [["7"], {}, "job/cancelled"],
  [["7", " "], {}, "telegram/app-invalid"],
  [["hash"], { apiId: 7, phone: ana.phone }, "job/cancelled"],
] as const)("answers %j that end too early end with what is missing", async (answers, options, reason) => {
  expect(await signIn(answering(answers), options)).toMatchObject({ error: { code: reason } });
});

test("a program's lines are read one by one, however they arrive", async () => {
  const input = new PassThrough();
  const prompt = openPrompt(() => undefined, input as unknown as NodeJS.ReadStream);
  input.write("first\r\nsec");
  const first = await prompt.ask("?");
  input.end("ond\n last ");

  expect([
    prompt.isInteractive,
    first,
    await prompt.ask("?"),
    await prompt.ask("?"),
    await prompt.ask("?"),
  ]).toEqual([false, "first", "second", " last ", null]);
});

test("a person at a terminal sees what may be seen, corrects it, and can stop", async () => {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const shown: string[] = [];
  const prompt = openPrompt((text) => shown.push(text), input as unknown as NodeJS.ReadStream);
  const phone = prompt.ask("Phone:");
  input.write("+4x\u007f4\u001b\r");
  const first = await phone;
  const secret = prompt.ask("Hash:", { isHidden: true });
  input.write("abc\r");
  const second = await secret;
  const stopped = prompt.ask("Code:");
  input.write("1\u0003");

  expect([first, second, await stopped, shown.join("")]).toEqual([
    "+44",
    "abc",
    null,
    "Phone: +4x\b \b4\nHash: \nCode: 1\n",
  ]);
});
