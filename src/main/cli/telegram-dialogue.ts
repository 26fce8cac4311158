import type { TelegramSignInDoor } from "#main/features/connections/index.ts";
import type { SignInId, TelegramSignInInput } from "#shared/contract/connections.ts";
import type { Connection, TelegramServerAddress, TelegramSignInStep } from "#shared/domain/connection.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { MINUTE_MS, SECOND_MS, type Clock } from "#shared/lib/time.ts";
import type { Interrupts } from "./interrupts.ts";
import type { Prompt } from "./prompt.ts";
import type { QrScreen } from "./qr-screen.ts";
import type { Terminal } from "./terminal.ts";

/** What was said on the command line already; the rest is asked for. */
export interface DialogueOptions {
  readonly apiId?: number;
  readonly phone?: string;
  /** A phone that is signed in scans a QR code, instead of a phone number and a code. */
  readonly isByQr?: boolean;
  readonly server?: TelegramServerAddress;
}

/** Who is asked, and who answers. */
export interface DialogueParties {
  readonly door: TelegramSignInDoor;
  readonly prompt: Prompt;
  readonly terminal: Pick<Terminal, "note">;
  readonly qrScreen: QrScreen;
  /** Hears Ctrl+C while nothing is asked and a scan is waited for. */
  readonly listenForInterrupts: () => Interrupts;
  readonly clock: Clock;
}

/** A longer wait ends the command: nobody watches a terminal for an hour. */
const LONGEST_WAIT_MS = 10 * MINUTE_MS;

/** What the person at the terminal can put right by answering again. */
const ANSWERABLE: ReadonlySet<string> = new Set([
  "telegram/phone-invalid",
  "telegram/code-invalid",
  "telegram/code-expired",
  "telegram/password-invalid",
  "network/unreachable",
  "network/timed-out",
  "keychain/locked",
] satisfies Failure["code"][]);

const QR_ADVICE =
  "Scan it with Telegram on a phone that is signed in: Settings, Devices, Link Desktop Device. It renews itself.";

const SENT_BY = {
  app: "in the Telegram app",
  sms: "as a text message",
  call: "by a phone call",
  email: "by e-mail",
  other: "by Telegram",
} as const;

/**
 * The sign-in of the window, as questions and answers: API id and hash, phone number and code or a QR code to scan, and
 * the cloud password when the account has one. A person is asked again after a wrong answer and waits out a short flood wait; a program
 * gets the first failure. `job/cancelled` when no more answers come.
 */
export async function signInTelegram(
  options: DialogueOptions,
  parties: DialogueParties,
): Promise<Result<Connection, Failure>> {
  const { door, prompt } = parties;
  const input = await askForApp(options, prompt);
  if (!input.ok) return input;
  const begun = await door.begin(input.value);
  if (!begun.ok) return begun;
  const { signInId } = begun.value;
  try {
    return await answerSteps(signInId, options, parties);
  } finally {
    await door.cancel({ signInId });
  }
}

async function askForApp(
  { apiId, server }: DialogueOptions,
  prompt: Prompt,
): Promise<Result<TelegramSignInInput, Failure>> {
  const id = apiId ?? parseApiId(await prompt.ask("API id (my.telegram.org, “API development tools”):"));
  if (id === null) return err(failure("telegram/app-invalid", {}, "An API id is a whole number."));
  const apiHash = (await prompt.ask("API hash (it is not shown):", { isHidden: true }))?.trim();
  if (apiHash === undefined) return err(noAnswer());
  if (apiHash === "") return err(failure("telegram/app-invalid", {}, "There is no API hash."));
  return ok({ app: "given", apiId: id, apiHash, ...(server ? { server } : {}) });
}

/** Null for anything but a positive whole number. */
export function parseApiId(text: string | null): number | null {
  const id = Number(text?.trim());
  return Number.isInteger(id) && id > 0 && id <= 2_147_483_647 ? id : null;
}

async function answerSteps(
  signInId: SignInId,
  { phone, isByQr = false }: DialogueOptions,
  parties: DialogueParties,
): Promise<Result<Connection, Failure>> {
  const { prompt } = parties;
  let step: TelegramSignInStep = { step: "phone" };
  let known = phone ?? null;
  for (;;) {
    if (step.step === "done") return ok(step.connection);
    const next: Result<TelegramSignInStep, Failure> | null =
      isByQr && step.step === "phone"
        ? await showQr(signInId, parties)
        : await answerStep(signInId, step, known, parties);
    // A number that was refused is not tried twice.
    known = null;
    if (next === null) return err(noAnswer());
    if (next.ok) {
      step = next.value;
      continue;
    }
    if (!prompt.isInteractive || !(await canGoOnAfter(next.error, parties))) return next;
  }
}

/** Shows codes, each until it expires, to the step that follows a scan. Null when nobody wants to wait any more. */
async function showQr(
  signInId: SignInId,
  { door, terminal, qrScreen, listenForInterrupts }: DialogueParties,
): Promise<Result<TelegramSignInStep, Failure> | null> {
  terminal.note(QR_ADVICE);
  const interrupts = listenForInterrupts();
  try {
    for await (const step of door.watchQr({ signInId }, interrupts.signal)) {
      if (step.step === "failed") return err(step.failure);
      if (step.step !== "qr") return ok(step);
      qrScreen.show(step.link);
    }
    return null;
  } finally {
    interrupts.stopListening();
  }
}

/** Null when nobody answers. */
async function answerStep(
  signInId: SignInId,
  step: TelegramSignInStep,
  knownPhone: string | null,
  { door, prompt, terminal, clock }: DialogueParties,
): Promise<Result<TelegramSignInStep, Failure> | null> {
  switch (step.step) {
    case "phone": {
      const phone = knownPhone ?? (await prompt.ask("Phone number, with the country code:"));
      return phone === null ? null : door.sendCode({ signInId, phone: phone.trim() });
    }
    case "code": {
      const offer = prompt.isInteractive && step.resendAtMs !== null ? " (Enter alone: another one)" : "";
      const code = await prompt.ask(`Code, sent ${SENT_BY[step.sentBy]}${offer}:`);
      if (code === null) return null;
      if (code.trim() !== "") return door.submitCode({ signInId, code: code.trim() });
      const waitMs = step.resendAtMs === null ? null : step.resendAtMs - clock.nowMs();
      if (waitMs !== null && waitMs <= 0) return door.resendCode({ signInId });
      terminal.note(
        waitMs === null
          ? "Telegram sends no other code."
          : `Another code can be asked for in ${inSeconds(waitMs)}.`,
      );
      return prompt.isInteractive ? ok(step) : err(failure("telegram/code-invalid"));
    }
    case "password": {
      const hint = step.hint === null ? "" : `, hint: ${step.hint}`;
      const password = await prompt.ask(`Cloud password (it is not shown${hint}):`, { isHidden: true });
      return password === null ? null : door.submitPassword({ signInId, password });
    }
    case "qr":
    case "done":
      return ok(step);
  }
}

/** Tells what went wrong; waits where Telegram asks to wait for a short time. */
async function canGoOnAfter(why: Failure, { terminal, clock }: DialogueParties): Promise<boolean> {
  if (why.code !== "telegram/flood-wait") {
    if (!ANSWERABLE.has(why.code)) return false;
    terminal.note(`${why.message} ${why.todo}`);
    return true;
  }
  const waitMs = Number(why.facts["untilMs"]) - clock.nowMs();
  if (!(waitMs <= LONGEST_WAIT_MS)) return false;
  terminal.note(`${why.message} Waiting for ${inSeconds(waitMs)}.`);
  await clock.sleep(Math.max(0, waitMs));
  return true;
}

function inSeconds(timeMs: number): string {
  return `${Math.max(0, Math.ceil(timeMs / SECOND_MS))} s`;
}

function noAnswer(): Failure {
  return failure("job/cancelled", {}, "Nobody answered before the sign-in was done.");
}
