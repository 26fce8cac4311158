import type { Failure } from "#shared/domain/failure.ts";
import type { Telling, TellingChannel, TellingSettings } from "#shared/domain/telling.ts";

/** Reasons for which a request never left: nobody can have read it. */
const NEVER_LEFT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/**
 * May the message have arrived although the answer was this failure? A platform that said no did not take it; one that
 * said nothing may have.
 */
export function mayHaveArrived({ code, facts }: Failure): boolean {
  if (code === "network/unreachable") return !NEVER_LEFT.has(String(facts["reason"] ?? ""));
  return code === "network/timed-out" || code === "slack/bad-answer" || code === "telegram/bad-answer";
}

/** Refusals that pass by themselves, and those that an operator's sign-in ends: tried again. The rest is for good. */
export function mayPass({ code }: Failure): boolean {
  return (
    code.startsWith("network/") ||
    code === "slack/rate-limited" ||
    code === "telegram/flood-wait" ||
    code === "keychain/locked"
  );
}

/** Not before this time, where the platform named one; else null. */
export function notBeforeMsOf({ facts }: Failure): number | null {
  return typeof facts["untilMs"] === "number" ? facts["untilMs"] : null;
}

/** It will go, or is going, without a failure in between: worth waiting for. */
export function isUnderWay({ state, failure }: Pick<Telling, "state" | "failure">): boolean {
  return state === "sending" || (state === "waiting" && failure === null);
}

/** The channels that are switched on. */
export function enabledChannels(settings: TellingSettings): TellingChannel[] {
  return (["system", "slack", "telegram", "mail"] as const).filter((channel) => settings[channel].enabled);
}

/** What is missing to use a channel, in the operator's words; empty when nothing is. */
export function missingOf(
  settings: TellingSettings,
  channel: TellingChannel,
  { hasMailPassword }: { readonly hasMailPassword: boolean },
): string[] {
  switch (channel) {
    case "system":
      return [];
    case "slack":
    case "telegram": {
      const { connectionId, target } = settings[channel];
      return [...(connectionId === null ? ["connection"] : []), ...(target === "" ? ["destination"] : [])];
    }
    case "mail": {
      const { host, from, to, user } = settings.mail;
      return [
        ...(host === "" ? ["server"] : []),
        ...(isAddress(from) ? [] : ["sender"]),
        ...(to !== "" && to.split(",").every((one) => isAddress(one.trim())) ? [] : ["recipient"]),
        ...(user !== "" && !hasMailPassword ? ["password"] : []),
      ];
    }
  }
}

/** Enough to be worth a try; the server has the last word. */
function isAddress(text: string): boolean {
  return /^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(text);
}

/** The connection was signed out: once the operator signs in again, the message can go. */
export function needsSignIn({ code }: Failure): boolean {
  return SIGNED_OUT.has(code);
}

const SIGNED_OUT: ReadonlySet<string> = new Set([
  "slack/account-inactive",
  "slack/token-expired",
  "slack/token-revoked",
  "slack/token-invalid",
  "slack/missing-scope",
  "telegram/session-revoked",
  "telegram/account-deactivated",
  "keychain/secret-missing",
]);
