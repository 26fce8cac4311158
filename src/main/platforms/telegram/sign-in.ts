import { Api } from "telegram/tl/index.js";
import { computeCheck } from "telegram/Password.js";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { Log } from "#shared/lib/log.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { SECOND_MS, type Clock } from "#shared/lib/time.ts";
import { readSelf } from "./read-user.ts";
import { formatSecret } from "./secret.ts";
import { codeStepOf } from "./sent-code.ts";
import { SignInLine, type Answer } from "./sign-in-line.ts";
import type { TelegramApp, TelegramServer, TelegramSignIn, TelegramSignInStep } from "./telegram-session.ts";
import { trustOf, type Trust } from "./trust.ts";

export interface TelegramSignInOptions {
  readonly app: TelegramApp;
  /** Another server than Telegram itself. */
  readonly server?: TelegramServer;
  readonly clock: Clock;
  readonly log: Log;
  /** How long one request may take. */
  readonly deadlineMs?: number;
}

type Step = Promise<Result<TelegramSignInStep, Failure>>;

/** A code that was sent, and what to tell Telegram with it. */
interface SentCode {
  readonly phone: string;
  readonly hash: string;
}

const DEADLINE_MS = 30 * SECOND_MS;

/**
 * Begins a sign-in at its phone step: no connection is made before the first answer. Fails with
 * `telegram/bad-answer` for a server key that is none.
 */
export function beginTelegramSignIn(options: TelegramSignInOptions): Result<TelegramSignIn, Failure> {
  const trust = trustOf(options.server ?? null);
  return trust.ok ? ok(new SignIn(options, trust.value)) : trust;
}

class SignIn implements TelegramSignIn {
  readonly #options: TelegramSignInOptions;
  readonly #trust: Trust;
  readonly #line: SignInLine;
  #sent: SentCode | null = null;
  #done = false;
  /** Settles once nobody can be signed in any more by a QR code that is not shown any more. */
  #leftQr: Promise<void> = Promise.resolve();

  constructor(options: TelegramSignInOptions, trust: Trust) {
    this.#options = options;
    this.#trust = trust;
    this.#line = new SignInLine({ ...options, deadlineMs: options.deadlineMs ?? DEADLINE_MS }, trust);
  }

  async sendCode(phone: string): Step {
    const { apiId, apiHash } = this.#options.app;
    await this.#leftQr;
    const settings = new Api.CodeSettings({});
    const digits = phone.replace(/[^\d]/g, "");
    const answer = await this.#line.ask(
      "auth.sendCode",
      () => new Api.auth.SendCode({ phoneNumber: digits, apiId, apiHash, settings }),
    );
    return this.#readSentCode(answer, digits);
  }

  async resendCode(): Step {
    const sent = this.#sent;
    if (!sent) return err(noCode("auth.resendCode"));
    const answer = await this.#line.ask(
      "auth.resendCode",
      () => new Api.auth.ResendCode({ phoneNumber: sent.phone, phoneCodeHash: sent.hash }),
    );
    // An expired code cannot be sent again, only replaced.
    if (answer.outcome === "failed" && answer.failure.code === "telegram/code-expired")
      return this.sendCode(sent.phone);
    return this.#readSentCode(answer, sent.phone);
  }

  async submitCode(code: string): Step {
    const sent = this.#sent;
    if (!sent) return err(noCode("auth.signIn"));
    const phoneCode = code.replace(/[\s-]/g, "");
    const answer = await this.#line.ask(
      "auth.signIn",
      () => new Api.auth.SignIn({ phoneNumber: sent.phone, phoneCodeHash: sent.hash, phoneCode }),
    );
    return this.#readAuthorization(answer, "auth.signIn");
  }

  async submitPassword(password: string): Step {
    // Telegram forgets the numbers of a check; new ones belong to every attempt.
    const method = "auth.checkPassword";
    const asked = await this.#line.ask("account.getPassword", () => new Api.account.GetPassword());
    if (asked.outcome !== "answered") return err(asked.failure);
    if (!(asked.answer instanceof Api.account.Password)) return err(badAnswer("account.getPassword"));
    if (!asked.answer.hasPassword)
      return err(failure("telegram/refused", { method }, "It has no cloud password."));
    const check = await this.#computeCheck(asked.answer, password);
    if (!check) return err(badAnswer("account.getPassword"));
    const answer = await this.#line.ask(method, () => new Api.auth.CheckPassword({ password: check }));
    return this.#readAuthorization(answer, method);
  }

  async *watchQr(signal: AbortSignal): AsyncGenerator<Result<TelegramSignInStep, Failure>, void> {
    await this.#leftQr;
    let isOver = false;
    const leave = (): void => {
      if (isOver) return;
      isOver = true;
      this.#done = false;
      this.#leftQr = this.#line.giveUpKey();
    };
    signal.addEventListener("abort", leave, { once: true });
    try {
      for await (const told of this.#qrSteps(signal)) {
        if (signal.aborted) return;
        if (!told.ok || told.value.step !== "qr") isOver = true;
        yield told;
      }
    } finally {
      signal.removeEventListener("abort", leave);
      leave();
    }
  }

  async *#qrSteps(signal: AbortSignal): AsyncGenerator<Result<TelegramSignInStep, Failure>, void> {
    const { apiId, apiHash } = this.#options.app;
    const method = "auth.exportLoginToken";
    const request = (): Api.AnyRequest => new Api.auth.ExportLoginToken({ apiId, apiHash, exceptIds: [] });
    while (!signal.aborted) {
      const scanned = this.#line.nextLoginToken();
      let answer = await this.#line.ask(method, request);
      if (signal.aborted) return;
      if (answer.outcome === "answered" && answer.answer instanceof Api.auth.LoginTokenMigrateTo) {
        const { dcId, token } = answer.answer;
        this.#line.moveTo(dcId);
        answer = await this.#line.ask(
          "auth.importLoginToken",
          () => new Api.auth.ImportLoginToken({ token }),
        );
      }
      if (answer.outcome !== "answered" || !(answer.answer instanceof Api.auth.LoginToken)) {
        const success = answer.outcome === "answered" ? answer.answer : null;
        const told =
          success instanceof Api.auth.LoginTokenSuccess
            ? { outcome: "answered" as const, answer: success.authorization }
            : answer;
        yield await this.#readAuthorization(told, method);
        return;
      }
      const { token, expires } = answer.answer;
      const expiresAtMs = expires * SECOND_MS;
      yield ok({ step: "qr", link: `tg://login?token=${token.toString("base64url")}`, expiresAtMs });
      await this.#line.untilScanned(scanned, expiresAtMs, signal);
    }
  }

  secret(): string {
    const key = this.#line.key;
    if (!this.#done || !key) throw new Error("there is no secret before the sign-in is done");
    const { dataCentre, host } = this.#line;
    return formatSecret({ dataCentre, bytes: key, trust: this.#trust.name }, host);
  }

  async cancel(): Promise<void> {
    const sent = this.#sent;
    this.#sent = null;
    this.#line.hangUp();
    await this.#leftQr;
    // What has arrived is read before it is judged.
    await new Promise((resolve) => setImmediate(resolve));
    if (!this.#done) {
      if (sent) await this.#line.takeBackCode(sent.phone, sent.hash);
      await this.#line.giveUpKey();
    }
    this.#line.close();
  }

  #readSentCode(answer: Answer, phone: string): Result<TelegramSignInStep, Failure> | Step {
    if (answer.outcome !== "answered") return err(answer.failure);
    const sent = answer.answer;
    // An account that signed in lately on this device can be let in at once.
    if (sent instanceof Api.auth.SentCodeSuccess) {
      return this.#readAuthorization({ outcome: "answered", answer: sent.authorization }, "auth.sendCode");
    }
    if (!(sent instanceof Api.auth.SentCode)) return err(badAnswer("auth.sendCode"));
    this.#sent = { phone, hash: sent.phoneCodeHash };
    return ok(codeStepOf(sent, phone, this.#options.clock.nowMs()));
  }

  async #readAuthorization(answer: Answer, method: string): Step {
    if (answer.outcome !== "answered") {
      return answer.error === "SESSION_PASSWORD_NEEDED" ? this.#askForPassword() : err(answer.failure);
    }
    if (answer.answer instanceof Api.auth.AuthorizationSignUpRequired) {
      const facts = { method, telegramError: "SIGN_UP_REQUIRED" };
      return err(failure("telegram/phone-invalid", facts, "Nobody has an account with this number."));
    }
    if (!(answer.answer instanceof Api.auth.Authorization)) return err(badAnswer(method));
    const self = readSelf(answer.answer.user);
    if (!self) return err(badAnswer(method));
    this.#done = true;
    return ok({ step: "done", self });
  }

  async #askForPassword(): Step {
    const asked = await this.#line.ask("account.getPassword", () => new Api.account.GetPassword());
    if (asked.outcome !== "answered") return err(asked.failure);
    if (!(asked.answer instanceof Api.account.Password)) return err(badAnswer("account.getPassword"));
    return ok({ step: "password", hint: asked.answer.hint || null });
  }

  async #computeCheck(
    parameters: Api.account.Password,
    password: string,
  ): Promise<Api.InputCheckPasswordSRP | null> {
    try {
      return await computeCheck(parameters, password);
    } catch {
      // Numbers that do not make a sound check: the library refuses to put the password into them.
      return null;
    }
  }
}

function noCode(method: string): Failure {
  return failure("telegram/code-expired", { method }, "No code was asked for.");
}

function badAnswer(method: string): Failure {
  return failure("telegram/bad-answer", { method, problem: "unexpected-form" });
}
