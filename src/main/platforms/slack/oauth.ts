import { z } from "zod";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { Governor } from "#shared/lib/governor.ts";
import type { Log } from "#shared/lib/log.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { Clock, EpochMs } from "#shared/lib/time.ts";
import { WaitBoard } from "#shared/lib/wait-board.ts";
import { governedCall, type CallContext } from "./governed-call.ts";
import { slackLimits } from "./tiers.ts";

/** The app that signs in, and where Slack is. An app on somebody's laptop has no client secret. */
export interface SlackOAuthApp {
  readonly clientId: string;
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly log: Log;
  /** What makes the requests; Node's own unless given. */
  readonly fetch?: typeof globalThis.fetch;
  readonly deadlineMs?: number;
}

/** A token that was granted; the last two are null for a token that does not expire. */
export interface SlackGrant {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly expiresAtMs: EpochMs | null;
}

const Token = z.string().min(1).max(2_000);

const TokenFields = {
  access_token: Token,
  refresh_token: Token.nullish(),
  expires_in: z.number().positive().nullish(),
};

/** A code's user token comes in `authed_user`; a refreshed one on the top level (checked 2026-11). */
const GrantAnswer = z.union([
  z.object({ authed_user: z.object(TokenFields) }).transform((answer) => answer.authed_user),
  z.object(TokenFields),
]);

/**
 * Exchanges the code of a finished consent page for a user token.
 * Source: docs.slack.dev/authentication/using-pkce and /reference/methods/oauth.v2.access (checked 2026-11).
 *
 * Fails with `slack/oauth-failed` when Slack refuses (`slackError` says why); a code works once, so an exchange that
 * got no answer is not repeated.
 */
export async function exchangeSlackCode(
  app: SlackOAuthApp,
  exchange: { readonly code: string; readonly codeVerifier: string; readonly redirectUri: string },
  signal: AbortSignal,
): Promise<Result<SlackGrant, Failure>> {
  const args = {
    client_id: app.clientId,
    code: exchange.code,
    code_verifier: exchange.codeVerifier,
    redirect_uri: exchange.redirectUri,
  };
  const granted = await requestGrant(app, args, signal);
  if (granted.ok) return granted;
  const { code, facts } = granted.error;
  const slackError = facts["slackError"];
  // Slack failing by itself is no refusal.
  if (slackError === undefined || code === "slack/bad-answer") return granted;
  return err(failure("slack/oauth-failed", { slackError }, `Slack said: ${String(slackError)}.`));
}

/**
 * Exchanges a refresh token for the next pair; the old pair stops working.
 * Source: docs.slack.dev/authentication/using-token-rotation (checked 2026-11): tokens live 12 hours, refresh tokens
 * of PKCE apps 30 days.
 *
 * Fails with `slack/token-expired` when the refresh token is no longer good. Not repeated when nobody answers: the
 * refresh token may be used up.
 */
export async function refreshSlackToken(
  app: SlackOAuthApp,
  refreshToken: string,
  signal: AbortSignal,
): Promise<Result<SlackGrant, Failure>> {
  const args = { client_id: app.clientId, grant_type: "refresh_token", refresh_token: refreshToken };
  return requestGrant(app, args, signal);
}

async function requestGrant(
  app: SlackOAuthApp,
  args: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Result<SlackGrant, Failure>> {
  const waits = new WaitBoard(app.clock);
  const context: CallContext = {
    apiUrl: app.apiUrl,
    fetch: app.fetch ?? fetch,
    tokens: null,
    governor: new Governor({ clock: app.clock, waits, limits: slackLimits() }),
    waits,
    clock: app.clock,
    log: app.log,
    deadlineMs: app.deadlineMs ?? 30_000,
    retryPauseMs: 500,
    onRequest: () => undefined,
  };
  const request = { method: "oauth.v2.access", args, schema: GrantAnswer, kind: "write" } as const;
  const result = await governedCall(context, request, signal);
  if (!result.ok) return result;
  const grant = result.value.value;
  return ok({
    accessToken: grant.access_token,
    refreshToken: grant.refresh_token ?? null,
    expiresAtMs: grant.expires_in ? app.clock.nowMs() + Math.floor(grant.expires_in * 1_000) : null,
  });
}
