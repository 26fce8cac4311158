import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";
import type { TelegramSessionOptions } from "./session-core.ts";
import type { TelegramSignInOptions } from "./sign-in.ts";
import type { TelegramSession, TelegramSignIn } from "./telegram-session.ts";

/**
 * Opens a session on a kept secret; no connection is made before the first call. The library builds a class for each
 * of Telegram's 2,000 types when it is loaded (150 ms and 30 MB), so it is loaded only here, when somebody has
 * a Telegram account.
 *
 * Fails with `keychain/secret-missing` for a secret that is none, or that belongs to another server, and with
 * `telegram/bad-answer` for a server key that is none.
 */
export async function openTelegramSession(
  options: TelegramSessionOptions,
): Promise<Result<TelegramSession, Failure>> {
  const session = await import("./session.ts");
  return session.openTelegramSession(options);
}

/**
 * Begins a sign-in at its phone step; no connection is made before the first answer. Fails with `telegram/bad-answer`
 * for a server key that is none.
 */
export async function beginTelegramSignIn(
  options: TelegramSignInOptions,
): Promise<Result<TelegramSignIn, Failure>> {
  const signIn = await import("./sign-in.ts");
  return signIn.beginTelegramSignIn(options);
}
