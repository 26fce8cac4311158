import {
  FloodTestPhoneWaitError,
  FloodWaitError,
  NetworkMigrateError,
  PhoneMigrateError,
  RPCError,
  SlowModeWaitError,
  UserMigrateError,
} from "telegram/errors/index.js";
import { failure, type Failure, type FailureCode, type FailureFacts } from "#shared/domain/failure.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import { DeadlinePassed } from "./deadline.ts";
import { UntrustedServer } from "./handshake.ts";
import { KeyForgotten } from "./line.ts";
import { UnreadableAnswer } from "./link.ts";
import { WireLost } from "./wire.ts";

/** Ways a request can end without success; "said no" and "no answer" are kept apart. */
export type NoSuccess =
  /** Telegram said no, under its own error name. */
  | { readonly outcome: "refused"; readonly error: string; readonly failure: Failure }
  | { readonly outcome: "slow-down"; readonly waitMs: number }
  /** The request belongs to another data centre. */
  | { readonly outcome: "elsewhere"; readonly dataCentre: number }
  /** Nobody answered, or not intelligibly: whether the request had an effect is unknown. */
  | { readonly outcome: "no-answer"; readonly failure: Failure };

/**
 * Telegram's error names in the words of our catalogue. A name that is not here becomes `telegram/refused`, which
 * shows it. Source: the "Possible errors" tables of core.telegram.org/method/… (checked 2026-11).
 */
const REFUSALS: Readonly<Record<string, FailureCode>> = {
  API_ID_INVALID: "telegram/app-invalid",
  API_ID_PUBLISHED_FLOOD: "telegram/app-invalid",
  CONNECTION_API_ID_INVALID: "telegram/app-invalid",
  PHONE_NUMBER_APP_SIGNUP_FORBIDDEN: "telegram/phone-invalid",
  PHONE_NUMBER_INVALID: "telegram/phone-invalid",
  PHONE_NUMBER_UNOCCUPIED: "telegram/phone-invalid",
  PHONE_CODE_EMPTY: "telegram/code-invalid",
  PHONE_CODE_INVALID: "telegram/code-invalid",
  PHONE_CODE_EXPIRED: "telegram/code-expired",
  PHONE_CODE_HASH_EMPTY: "telegram/code-expired",
  PHONE_HASH_EXPIRED: "telegram/code-expired",
  SEND_CODE_UNAVAILABLE: "telegram/code-expired",
  PASSWORD_HASH_INVALID: "telegram/password-invalid",
  AUTH_KEY_DUPLICATED: "telegram/session-revoked",
  AUTH_KEY_INVALID: "telegram/session-revoked",
  AUTH_KEY_PERM_EMPTY: "telegram/session-revoked",
  AUTH_KEY_UNREGISTERED: "telegram/session-revoked",
  SESSION_EXPIRED: "telegram/session-revoked",
  SESSION_REVOKED: "telegram/session-revoked",
  INPUT_USER_DEACTIVATED: "telegram/user-not-found",
  PHONE_NUMBER_BANNED: "telegram/account-deactivated",
  USER_DEACTIVATED: "telegram/account-deactivated",
  USER_DEACTIVATED_BAN: "telegram/account-deactivated",
  CHANNEL_INVALID: "telegram/group-not-found",
  CHANNEL_PRIVATE: "telegram/group-not-found",
  CHANNEL_PUBLIC_GROUP_NA: "telegram/group-not-found",
  CHAT_FORBIDDEN: "telegram/group-not-found",
  CHAT_ID_INVALID: "telegram/group-not-found",
  PEER_ID_INVALID: "telegram/group-not-found",
  USER_BANNED_IN_CHANNEL: "telegram/not-allowed",
  CHAT_ADMIN_REQUIRED: "telegram/not-allowed",
  CHAT_WRITE_FORBIDDEN: "telegram/not-allowed",
  CHAT_SEND_PLAIN_FORBIDDEN: "telegram/not-allowed",
  CHAT_RESTRICTED: "telegram/not-allowed",
  CHAT_GUEST_SEND_FORBIDDEN: "telegram/not-allowed",
  RIGHT_FORBIDDEN: "telegram/not-allowed",
  PARTICIPANT_ID_INVALID: "telegram/user-not-found",
  USER_ID_INVALID: "telegram/user-not-found",
  USERNAME_INVALID: "telegram/user-not-found",
  USERNAME_NOT_OCCUPIED: "telegram/user-not-found",
};

/** Names by which Telegram says that it failed itself; the same request may succeed a moment later. */
const TELEGRAM_FAILED = /^(?:RPC_CALL_FAIL|RPC_MCGET_FAIL|INTERDC_|WORKER_BUSY|TIMEOUT|MSG_WAIT_FAILED)/i;

/** Final, although it comes with the number of a failure: the message was sent, by an earlier attempt. */
const ALREADY_SENT = "RANDOM_ID_DUPLICATE";

/** What a server may have written as a name is cut, so that an error stays readable. */
const MAX_NAME_LENGTH = 200;

/** Reads what a request rejected with. What nobody throws on purpose is a defect and is thrown on. */
export function readError(error: unknown, method: string): NoSuccess {
  if (error instanceof RPCError) return readRefusal(error, method);
  if (error instanceof DeadlinePassed) return noAnswer("network/timed-out", { method });
  if (error instanceof WireLost) {
    return error.reason === "silent"
      ? noAnswer("network/timed-out", { method })
      : noAnswer("network/unreachable", { method, reason: error.reason });
  }
  if (error instanceof UnreadableAnswer)
    return noAnswer("telegram/bad-answer", { method, problem: "unknown-form" });
  if (error instanceof KeyForgotten) {
    const facts = { method, telegramError: "KEY_FORGOTTEN" };
    return {
      outcome: "refused",
      error: "KEY_FORGOTTEN",
      failure: failure("telegram/session-revoked", facts),
    };
  }
  if (error instanceof UntrustedServer) {
    const detail = "The server does not hold the key that it should.";
    const untrusted = failure("telegram/bad-answer", { method, problem: "server-key" }, detail);
    return { outcome: "refused", error: "SERVER_KEY", failure: untrusted };
  }
  throw error;
}

function readRefusal(error: RPCError, method: string): NoSuccess {
  if (
    error instanceof FloodWaitError ||
    error instanceof FloodTestPhoneWaitError ||
    error instanceof SlowModeWaitError
  ) {
    return { outcome: "slow-down", waitMs: Math.max(1, error.seconds) * SECOND_MS };
  }
  if (
    error instanceof PhoneMigrateError ||
    error instanceof NetworkMigrateError ||
    error instanceof UserMigrateError
  ) {
    return { outcome: "elsewhere", dataCentre: error.newDc };
  }
  const name = error.errorMessage.slice(0, MAX_NAME_LENGTH);
  const code = REFUSALS[name] ?? "telegram/refused";
  const detail = code === "telegram/refused" ? `Telegram said: ${name}.` : undefined;
  const told =
    name === "AUTH_KEY_DUPLICATED"
      ? usedTwice(method)
      : failure(code, { method, telegramError: name }, detail);
  const isNumberOfFailure = Math.abs(error.code ?? 0) >= 500 && name !== ALREADY_SENT;
  const hasFailed = TELEGRAM_FAILED.test(name) || isNumberOfFailure;
  return hasFailed
    ? { outcome: "no-answer", failure: { ...told, facts: { ...told.facts, problem: "telegram-failed" } } }
    : { outcome: "refused", error: name, failure: told };
}

/** One session was used from two places at once, which Telegram takes for theft and ends it for both. */
function usedTwice(method: string): Failure {
  const detail =
    "It was used in two places at the same time, as by a copy of this data folder, and is void in both.";
  const told = failure("telegram/session-revoked", { method, telegramError: "AUTH_KEY_DUPLICATED" }, detail);
  return {
    ...told,
    todo: `${told.todo} Sign the other copy in by itself: every one needs a session of its own.`,
  };
}

function noAnswer(code: FailureCode, facts: FailureFacts): NoSuccess {
  return { outcome: "no-answer", failure: failure(code, facts) };
}
