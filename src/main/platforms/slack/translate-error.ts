import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { failure, type Failure, type FailureCode, type FailureFacts } from "#shared/domain/failure.ts";
import { BadAnswer, DeadlinePassed } from "./bad-answer.ts";

/** Ways a request can end without success; "said no" and "no answer" are kept apart. */
export type NoSuccess =
  /** Slack said no, under its own error code. */
  | { readonly outcome: "refused"; readonly error: string; readonly failure: Failure }
  | { readonly outcome: "slow-down"; readonly retryAfterMs: number | null }
  /** Nobody answered, or not intelligibly: whether the request had an effect is unknown. */
  | { readonly outcome: "no-answer"; readonly failure: Failure; readonly retryAfterMs: number | null };

interface RequestFacts {
  readonly method: string;
  /** 0 when no answer began. */
  readonly status: number;
  /** The header, as sent. */
  readonly retryAfter: string | null;
}

/** In characters: more than all scopes there are. */
const LONGEST_SCOPES = 8_000;

/**
 * Slack's error codes in the words of our catalogue. A code that is not here becomes `slack/refused`, which shows it.
 * Source: the "Errors" tables of docs.slack.dev/reference/methods (checked 2026-11).
 */
const REFUSALS: Readonly<Record<string, FailureCode>> = {
  account_inactive: "slack/account-inactive",
  team_access_not_granted: "slack/not-allowed",
  user_removed_from_team: "slack/account-inactive",
  token_expired: "slack/token-expired",
  token_revoked: "slack/token-revoked",
  invalid_auth: "slack/token-invalid",
  not_authed: "slack/token-invalid",
  two_factor_setup_required: "slack/not-allowed",
  not_allowed_token_type: "slack/token-kind",
  missing_scope: "slack/missing-scope",
  channel_not_found: "slack/channel-not-found",
  user_not_found: "slack/user-not-found",
  user_not_visible: "slack/user-not-found",
  users_not_found: "slack/user-not-found",
  access_denied: "slack/not-allowed",
  accesslimited: "slack/not-allowed",
  ekm_access_denied: "slack/not-allowed",
  enterprise_is_restricted: "slack/not-allowed",
  no_permission: "slack/not-allowed",
  org_login_required: "slack/not-allowed",
  restricted_action: "slack/not-allowed",
  user_is_restricted: "slack/not-allowed",
  user_is_ultra_restricted: "slack/not-allowed",
  invalid_refresh_token: "slack/token-expired",
  cant_invite: "slack/not-allowed",
  is_archived: "slack/archived",
  cant_invite_self: "slack/cannot-invite-self",
  invitee_cant_see_channel: "slack/not-allowed",
  no_external_invite_permission: "slack/not-allowed",
  not_supported: "slack/not-allowed",
  permission_denied: "slack/not-allowed",
  cant_kick_self: "slack/cannot-remove",
  cant_kick_from_general: "slack/general-channel",
  cant_kick_from_last_channel: "slack/cannot-remove",
  no_channel: "slack/name-invalid",
  invalid_name: "slack/name-invalid",
  invalid_name_maxlength: "slack/name-invalid",
  invalid_name_punctuation: "slack/name-invalid",
  invalid_name_required: "slack/name-invalid",
  invalid_name_specials: "slack/name-invalid",
  method_not_supported_for_channel_type: "slack/not-allowed",
  name_taken: "slack/name-taken",
  not_authorized: "slack/not-allowed",
  not_in_channel: "slack/not-in-channel",
  ura_max_channels: "slack/guest-limit",
};

/** Codes by which Slack says that it failed itself; the same request may succeed a moment later. */
const SLACK_FAILED = new Set([
  "fatal_error",
  "fetch_members_failed",
  "internal_error",
  "request_timeout",
  "service_unavailable",
  "team_added_to_org",
]);

/** Slack's word for "too fast" where it comes as an answer instead of a 429. */
const RATE_LIMIT_CODES = new Set(["ratelimited", "rate_limited"]);

/** Reads what the SDK threw. Anything it does not throw on purpose is a defect and is thrown on. */
export function readError(error: unknown, facts: RequestFacts): NoSuccess {
  const retryAfterMs = retryAfterMsOf(facts.retryAfter);
  if (error instanceof WebAPIRateLimitedError || facts.status === 429) {
    return { outcome: "slow-down", retryAfterMs };
  }
  if (error instanceof WebAPIPlatformError) return readRefusal(error.data, facts, retryAfterMs);
  if (error instanceof WebAPIHTTPError) {
    return badAnswer(
      { method: facts.method, status: error.statusCode },
      `HTTP ${error.statusCode}.`,
      retryAfterMs,
    );
  }
  if (error instanceof WebAPIRequestError) return readNoAnswer(error.original, facts.method);
  throw error;
}

function readRefusal(data: object, { method }: RequestFacts, retryAfterMs: number | null): NoSuccess {
  const error = textOf(data, "error") ?? "unknown_error";
  if (RATE_LIMIT_CODES.has(error)) return { outcome: "slow-down", retryAfterMs };
  if (SLACK_FAILED.has(error))
    return badAnswer({ method, slackError: error }, `Slack said: ${error}.`, retryAfterMs);
  return { outcome: "refused", error, failure: refusalOf(error, method, data) };
}

/** What Slack's error code `error` of `method` is in our words; `data` is the answer it came with. */
export function refusalOf(error: string, method: string, data: object): Failure {
  const code = REFUSALS[error] ?? "slack/refused";
  if (code === "slack/missing-scope") {
    const needed = textOf(data, "needed") ?? "";
    return failure(
      code,
      { method, needed, provided: scopesIn(data, "provided") },
      needed && `Needed: ${needed}.`,
    );
  }
  return failure(
    code,
    { method, slackError: error },
    code === "slack/refused" ? `Slack said: ${error}.` : undefined,
  );
}

function readNoAnswer(original: Error, method: string): NoSuccess {
  const told = (code: FailureCode, facts: FailureFacts, detail?: string): NoSuccess => ({
    outcome: "no-answer",
    failure: failure(code, { method, ...facts }, detail),
    retryAfterMs: null,
  });
  // A deadline that strikes while the body arrives comes wrapped by fetch.
  const causes = [original, original.cause];
  if (causes.some((cause) => cause instanceof DeadlinePassed)) return told("network/timed-out", {});
  if (original instanceof BadAnswer)
    return told("slack/bad-answer", { problem: original.message }, `It is ${original.message}.`);
  return told("network/unreachable", { reason: reasonOf(original) });
}

/** A short machine-readable reason (`ECONNREFUSED` of Node, `ERR_CONNECTION_REFUSED` of Chromium); never an address, which could hold a secret. */
function reasonOf(error: Error): string {
  const { cause } = error;
  for (const candidate of [cause, error]) {
    const code = typeof candidate === "object" && candidate !== null ? textOf(candidate, "code") : null;
    if (code) return code;
  }
  return /^net::(ERR_[A-Z_]+)/.exec(error.message)?.[1] ?? "connection-lost";
}

function badAnswer(facts: FailureFacts, detail: string, retryAfterMs: number | null): NoSuccess {
  return { outcome: "no-answer", failure: failure("slack/bad-answer", facts, detail), retryAfterMs };
}

/** Slack sends whole seconds; anything else counts as not sent. */
function retryAfterMsOf(header: string | null): number | null {
  return header !== null && /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1_000 : null;
}

/** A list of scopes counts as a whole: half of one would say that the token lacks the rest. Empty where there is none. */
function scopesIn(value: object, key: string): string {
  const text: unknown = (value as Record<string, unknown>)[key];
  return typeof text === "string" && text.length <= LONGEST_SCOPES ? text : "";
}

/** What a server may have written there is cut, so that an error stays readable. */
function textOf(value: object, key: string): string | null {
  const text: unknown = (value as Record<string, unknown>)[key];
  return typeof text === "string" ? text.slice(0, 300) : null;
}
