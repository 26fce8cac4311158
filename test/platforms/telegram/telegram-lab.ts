import { onTestFinished } from "vitest";
import type {
  TelegramApp,
  TelegramSession,
  TelegramSessionOptions,
  TelegramSignIn,
} from "#main/platforms/telegram/index.ts";
import { openTelegramSession } from "#main/platforms/telegram/session.ts";
import { beginTelegramSignIn } from "#main/platforms/telegram/sign-in.ts";
import {
  accessTo as accessToReady,
  signInTo,
  valueOf,
  type SignedIn,
} from "#test/support/telegram-sign-in.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import type { TelegramAccountFacts } from "#sandbox/telegram/telegram-ready.ts";
import type { Log } from "#shared/lib/log.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";

export const never = new AbortController().signal;

export { valueOf, type SignedIn };

export function accessTo(sandbox: Sandbox): ReturnType<typeof accessToReady> {
  return accessToReady(sandbox.ready);
}

/** The n-th account of the team; the first is the token owner's. */
export function accountOf(sandbox: Sandbox, index = 0): TelegramAccountFacts {
  return sandbox.ready.telegram.accounts[index]!;
}

/** A sign-in that is cancelled when the test ends. */
export function begin(
  options: Partial<Parameters<typeof beginTelegramSignIn>[0]> & { app: TelegramApp },
): TelegramSignIn {
  const begun = beginTelegramSignIn({ clock: systemClock, log: logInto([]), ...options });
  const flow = valueOf(begun);
  onTestFinished(() => flow.cancel());
  return flow;
}

export function signIn(sandbox: Sandbox, index = 0): Promise<SignedIn> {
  return signInTo(sandbox.ready, index);
}

/** A session that is closed when the test ends. Its pauses are short and nothing is paced unless the test says so. */
export function openSession(
  signedIn: SignedIn,
  options: Partial<TelegramSessionOptions> = {},
): TelegramSession {
  const session = valueOf(
    openTelegramSession({
      ...signedIn,
      clock: systemClock,
      log: logInto([]),
      retryPauseMs: 10,
      deadlineMs: 5_000,
      pacing: { windowScale: 0 },
      ...options,
    }),
  );
  onTestFinished(() => session.close());
  return session;
}

/** The failure's code, or "ok". */
export function codeOf(result: Result<unknown, Failure>): string {
  return result.ok ? "ok" : result.error.code;
}

/** Keeps every line as text. */
export function logInto(lines: string[]): Log {
  const take = (level: string) => (event: string, fields?: Record<string, unknown>) => {
    lines.push(`${level} ${event} ${JSON.stringify(fields ?? {})}`);
  };
  return { debug: take("debug"), info: take("info"), warn: take("warn"), error: take("error") };
}

/** Reads a whole listing, page after page. */
export async function readAll<Item>(
  fetchPage: (
    cursor: string | null,
  ) => Promise<Result<{ items: readonly Item[]; nextCursor: string | null }, Failure>>,
): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = null; ;) {
    const page: { items: readonly Item[]; nextCursor: string | null } = valueOf(await fetchPage(cursor));
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null) return items;
  }
}
