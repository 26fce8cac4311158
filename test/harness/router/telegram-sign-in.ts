import type { implement } from "@orpc/server";
import type { Contract } from "#shared/contract/index.ts";
import { SignInId, type TelegramQrStep } from "#shared/contract/connections.ts";
import type { Connection, TelegramSignInStep } from "#shared/domain/connection.ts";
import { failure } from "#shared/domain/failure.ts";
import { type Fake, refusal } from "../fake-router.ts";

type Os = ReturnType<typeof implement<Contract>>["connections"]["telegramSignIn"];

const pause = (forMs: number) => new Promise((resolve) => setTimeout(resolve, forMs));

/**
 * A sign-in whose answers choose what happens. API id 1 is unknown; numbers: +0… unknown, +9… a flood wait; codes:
 * 00000 wrong, 11111 expired, 22222 no password needed, anything else leads to the password; password `wrong`.
 */
export function fakeTelegramSignIn(os: Os, fake: Fake, add: () => Connection) {
  let resends = 0;
  let apiId = 0;
  const sent = (phone: string): TelegramSignInStep => ({
    step: "code",
    phone: phone.replaceAll(/\D/g, ""),
    sentBy: resends === 0 ? "app" : "sms",
    length: 5,
    resendAtMs: resends > 1 ? null : Date.now() + (resends === 0 ? 3_000 : 120_000),
  });
  return {
    begin: os.begin.handler(async ({ input }) => {
      await pause(200);
      if (fake.scenario === "no-keychain") throw refusal("keychain/unavailable");
      apiId = input.app === "given" ? input.apiId : 7;
      resends = 0;
      return { signInId: SignInId.parse("sign-in-1"), step: { step: "phone" as const } };
    }),
    sendCode: os.sendCode.handler(async ({ input }) => {
      await pause(400);
      if (apiId === 1) throw refusal("telegram/app-invalid");
      if (input.phone.startsWith("+0")) throw refusal("telegram/phone-invalid");
      if (input.phone.startsWith("+9")) {
        throw refusal("telegram/flood-wait", { untilMs: Date.now() + 65_000 });
      }
      return sent(input.phone);
    }),
    resendCode: os.resendCode.handler(async () => {
      await pause(400);
      resends += 1;
      return sent("+442079460000");
    }),
    submitCode: os.submitCode.handler(async ({ input }): Promise<TelegramSignInStep> => {
      await pause(400);
      if (input.code === "00000") throw refusal("telegram/code-invalid");
      if (input.code === "11111") throw refusal("telegram/code-expired");
      if (input.code === "22222") return { step: "done", connection: add() };
      return { step: "password", hint: "first school" };
    }),
    submitPassword: os.submitPassword.handler(async ({ input }): Promise<TelegramSignInStep> => {
      await pause(400);
      if (input.password === "wrong") throw refusal("telegram/password-invalid");
      return { step: "done", connection: add() };
    }),
    watchQr: os.watchQr.handler(async function* ({ signal }): AsyncGenerator<TelegramQrStep> {
      await pause(400);
      if (fake.scenario === "offline") {
        yield { step: "failed", failure: failure("network/unreachable") };
        return;
      }
      for (let turn = 0; turn < 3; turn += 1) {
        if (signal?.aborted === true) return;
        const link = `tg://login?token=${"AQAAAPx7Yx0vT0kQ2mJt".repeat(2)}${turn}`;
        yield { step: "qr", link, expiresAtMs: Date.now() + 30_000 };
        await pause(8_000);
      }
      yield { step: "password", hint: null };
    }),
    cancel: os.cancel.handler(() => undefined),
  };
}
