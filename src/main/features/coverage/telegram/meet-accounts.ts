import type { Failure } from "#shared/domain/failure.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import type { AccountState } from "../sources/coverage-source.ts";
import type { TelegramAudit } from "../audit/connection-audit.ts";

/**
 * What Telegram says about an account: nothing about one that the connected account has not met. `movedTo` is the account
 * that now has the username recorded for it.
 */
export interface MetAccount {
  readonly state: AccountState | "not-met";
  readonly movedTo: string | null;
}

/**
 * Makes sure that the connected account has met one person, whom it can otherwise not ask about: by the recorded
 * username, which counts only when it still belongs to the recorded id.
 */
export async function meetByUsername(
  audit: TelegramAudit,
  userId: string,
  signal: AbortSignal,
): Promise<Result<MetAccount, Failure>> {
  const username = audit.usernames.get(userId);
  if (username === undefined) return ok({ state: "not-met", movedTo: null });
  const found = await audit.source.findByUsername({ username, signal });
  if (!found.ok) return found;
  if (found.value === null) return ok({ state: "not-met", movedTo: null });
  return ok(
    found.value.userId === userId
      ? { state: found.value.state, movedTo: null }
      : { state: "not-met", movedTo: found.value.userId },
  );
}

/**
 * The connected account cannot ask about this person: no answer has shown it how, or Telegram does not take what an earlier
 * one showed. That says nothing about whether the person exists.
 */
export function isNotMet({ code }: Failure): boolean {
  return code === "telegram/not-met" || code === "telegram/user-not-found";
}

/** Meets these accounts, as far as they can be met. */
export async function meetAccounts(
  audit: TelegramAudit,
  userIds: readonly string[],
  signal: AbortSignal,
): Promise<Result<void, Failure>> {
  const states = await audit.source.fetchStates({ userIds, signal });
  if (!states.ok) return states;
  for (const userId of userIds) {
    if (states.value.has(userId)) continue;
    const met = await meetByUsername(audit, userId, signal);
    if (!met.ok) return met;
  }
  return ok(undefined);
}

/**
 * Asks about a person. A session that was opened anew may have forgotten how to address somebody it had met: then they
 * are met again by their username, and asked about once more.
 */
export async function askMeeting<Value>(
  audit: TelegramAudit,
  userId: string,
  signal: AbortSignal,
  ask: () => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  const answer = await ask();
  if (answer.ok || !isNotMet(answer.error)) return answer;
  const met = await meetByUsername(audit, userId, signal);
  return met.ok && met.value.state !== "not-met" ? ask() : answer;
}
