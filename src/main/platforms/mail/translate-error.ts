import { failure } from "#shared/domain/failure.ts";
import type { MailFailure } from "./mail-failure.ts";

/** What nodemailer puts on its errors (nodemailer 10 `errors.d.ts`, checked 2026-11). */
interface MailError {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
  readonly originalCode?: string;
  readonly timeoutType?: string;
}

/** Codes of errors that end a conversation without an answer to the last word of it. */
const NO_ANSWER = new Set(["ECONNECTION", "ESOCKET", "EDNS", "ETIMEDOUT", "EPROTOCOL", "EPROXY"]);

/** Reasons for which there never was a conversation, so that nothing can have been taken. */
const NEVER_MET = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EDNS",
  "CONNECT_TIMEOUT",
  "GREETING_TIMEOUT",
]);

/** How much of a server's own words is shown. */
const SHOWN = 200;

/**
 * In our words: the server said no, or nobody answered. Errors that nodemailer does not make on purpose are defects and
 * are thrown on.
 */
export function readMailError(error: unknown): MailFailure {
  if (!(error instanceof Error)) throw error;
  const { code, command, response, responseCode, originalCode, timeoutType } = error as MailError;
  if (responseCode !== undefined || code === "EAUTH" || code === "ENOAUTH") {
    const facts = { smtpCode: responseCode ?? null, command: command ?? null };
    const words = sayable(response ?? error.message);
    const refused = code === "EAUTH" || code === "ENOAUTH" ? "mail/login-refused" : "mail/refused";
    return { failure: failure(refused, facts, words && `It said: ${words}.`), mayHaveArrived: false };
  }
  if (code !== undefined && NO_ANSWER.has(code)) {
    const why = code === "ETIMEDOUT" ? "network/timed-out" : "network/unreachable";
    const reason = timeoutType ?? originalCode ?? code;
    // nodemailer does not say how far the conversation had come when it was cut off.
    return { failure: failure(why, { reason }), mayHaveArrived: !NEVER_MET.has(reason) };
  }
  if (code === "ETLS" || code === "EENVELOPE" || code === "EMESSAGE") {
    return {
      failure: failure("mail/refused", { reason: code }, sayable(error.message)),
      mayHaveArrived: false,
    };
  }
  throw error;
}

/** A server's words on one line, without control characters. */
function sayable(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .slice(0, SHOWN);
}
