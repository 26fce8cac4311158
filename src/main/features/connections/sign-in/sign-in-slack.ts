import { exchangeSlackCode } from "#main/platforms/slack/index.ts";
import type { OAuthStep } from "#shared/contract/connections.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, type Result } from "#shared/lib/result.ts";
import { MINUTE_MS, type Clock } from "#shared/lib/time.ts";
import { admitToken } from "../admit-token.ts";
import type { ConnectionsDeps } from "../connections-deps.ts";
import { REQUESTED_SLACK_SCOPES } from "../scopes-policy.ts";
import type { Sessions } from "../sessions.ts";
import { secretOf } from "../token-keeper.ts";
import { createChallenge, type Challenge } from "./challenge.ts";
import { openRedirectServer } from "./redirect-server.ts";

/** How long the browser may take. Slack's codes live as long. */
const SIGN_IN_WITHIN_MS = 10 * MINUTE_MS;

export interface SlackSignIn {
  readonly clientId: string;
  readonly apiUrl: string;
  readonly authorizeUrl: string;
}

/**
 * One sign-in through the browser (OAuth 2 with PKCE, without a client secret), step by step. Ends after `done` or
 * `failed`, or without either when `signal` aborts. The keychain is tried first: nobody should click through Slack
 * for a token that cannot be kept.
 */
export async function* signInSlack(
  deps: ConnectionsDeps,
  sessions: Sessions,
  signIn: SlackSignIn,
  signal: AbortSignal,
): AsyncGenerator<OAuthStep, void, void> {
  const { clock, log } = deps;
  const keychain = await deps.keychain.probe();
  if (!keychain.ok) {
    yield { step: "failed", failure: keychain.error };
    return;
  }
  const challenge = createChallenge();
  const server = await openRedirectServer(challenge.state, deps.redirectPorts);
  if (!server.ok) {
    yield { step: "failed", failure: server.error };
    return;
  }
  const { redirectUri } = server.value;
  try {
    const url = consentUrl(signIn, challenge, redirectUri);
    const expiresAtMs = clock.nowMs() + SIGN_IN_WITHIN_MS;
    // Where no browser opens, the operator can still copy the address.
    await deps
      .openBrowser(url)
      .catch((error: unknown) => log.warn("browser-not-opened", { error: String(error) }));
    yield { step: "browser-opened", url, expiresAtMs };

    const code = await firstOf(server.value.code, clock, signal);
    if (signal.aborted) return;
    if (!code.ok) {
      yield { step: "failed", failure: code.error };
      return;
    }
    yield { step: "exchanging" };

    const { clientId, apiUrl } = signIn;
    const { codeVerifier } = challenge;
    const deadline = deps.sessionTuning?.deadlineMs;
    const app = {
      clientId,
      apiUrl,
      clock,
      log,
      fetch: deps.fetch,
      ...(deadline === undefined ? {} : { deadlineMs: deadline }),
    };
    const granted = await exchangeSlackCode(app, { code: code.value, codeVerifier, redirectUri }, signal);
    const admitted = granted.ok
      ? await admitToken(deps, sessions, {
          secret: secretOf(granted.value, clientId, null),
          apiUrl,
          isSandbox: false,
        })
      : granted;
    yield admitted.ok
      ? { step: "done", connection: admitted.value }
      : { step: "failed", failure: admitted.error };
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await server.value.close();
  }
}

function consentUrl(
  { clientId, authorizeUrl }: SlackSignIn,
  challenge: Challenge,
  redirectUri: string,
): string {
  const url = new URL(authorizeUrl);
  url.search = new URLSearchParams({
    client_id: clientId,
    user_scope: REQUESTED_SLACK_SCOPES.join(","),
    redirect_uri: redirectUri,
    state: challenge.state,
    code_challenge: challenge.codeChallenge,
    code_challenge_method: "S256",
  }).toString();
  return url.href;
}

/** The code, or `slack/oauth-timed-out`; what it answers after an abort means nothing. */
async function firstOf(
  code: Promise<Result<string, Failure>>,
  clock: Clock,
  signal: AbortSignal,
): Promise<Result<string, Failure>> {
  const stopTimer = new AbortController();
  const timer = clock
    .sleep(SIGN_IN_WITHIN_MS, AbortSignal.any([signal, stopTimer.signal]))
    .catch(() => undefined)
    .then((): Result<string, Failure> => err(failure("slack/oauth-timed-out")));
  try {
    return await Promise.race([code, timer]);
  } finally {
    stopTimer.abort();
  }
}
