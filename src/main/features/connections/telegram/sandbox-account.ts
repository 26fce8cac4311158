import type { SandboxTelegram } from "#main/platforms/sandbox/index.ts";
import type {
  TelegramSignIn,
  TelegramSignInStep as PlatformStep,
} from "#main/platforms/telegram/telegram-session.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { ConnectionsDeps } from "../connections-deps.ts";
import type { AccountToAdmit } from "./admit-account.ts";

/**
 * Signs the sandbox's account in as an operator would: phone number, code, and the cloud password if it is asked for.
 * Fails with `sandbox/not-started` and the reason; nothing is stored either way.
 */
export async function signInToSandbox(
  { telegram }: Pick<ConnectionsDeps, "telegram">,
  { server, app, account }: SandboxTelegram,
): Promise<Result<Omit<AccountToAdmit, "isSandbox">, Failure>> {
  const begun = await telegram.beginSignIn({ app, server });
  if (!begun.ok) return err(notSignedIn(begun.error));
  const flow = begun.value;
  try {
    const last = await answerAll(flow, account);
    if (!last.ok) return err(notSignedIn(last.error));
    if (last.value.step !== "done") {
      const reason = `its Telegram sign-in stopped at “${last.value.step}”`;
      return err(failure("sandbox/not-started", { reason }));
    }
    const { self } = last.value;
    return ok({ app, server, session: flow.secret(), self, phone: account.phone });
  } finally {
    await flow.cancel();
  }
}

async function answerAll(
  flow: TelegramSignIn,
  { phone, code, password }: SandboxTelegram["account"],
): Promise<Result<PlatformStep, Failure>> {
  const sent = await flow.sendCode(phone);
  if (!sent.ok || sent.value.step !== "code") return sent;
  const entered = await flow.submitCode(code);
  if (!entered.ok || entered.value.step !== "password" || password === null) return entered;
  return flow.submitPassword(password);
}

function notSignedIn({ code, message }: Failure): Failure {
  return failure("sandbox/not-started", { reason: `its Telegram sign-in failed: ${code}: ${message}` });
}
