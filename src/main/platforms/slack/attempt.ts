import { LogLevel, WebClient, type Logger } from "@slack/web-api";
import { DeadlinePassed } from "./bad-answer.ts";
import { readAnswer, type SlackAnswer } from "./read-answer.ts";
import { readError, type NoSuccess } from "./translate-error.ts";

export interface AttemptRequest {
  readonly method: string;
  readonly args: Readonly<Record<string, string | number | boolean>>;
  /** Null for the methods that need none. */
  readonly token: string | null;
  readonly apiUrl: string;
  readonly fetch: typeof globalThis.fetch;
  /** From sending the request to the last byte of the answer. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** What became of one request. */
export type Attempt =
  | { readonly outcome: "answered"; readonly answer: SlackAnswer; readonly scopes: readonly string[] }
  | (Extract<NoSuccess, { outcome: "refused" }> & { readonly answer: SlackAnswer | null })
  | Exclude<NoSuccess, { outcome: "refused" }>;

/** The SDK's own log can hold what customers wrote, so it is not kept. */
const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/**
 * Makes one request through Slack's SDK, without its retries and its queue: those are ours (governor.ts). Rejects
 * only with the reason of `signal`.
 *
 * The SDK prepares a debug line from every answer even when nobody reads it, 25 ms for 1,000 people against 4 ms for
 * parsing them. Therefore the body is read and parsed here, once, and the SDK gets only the part it judges by.
 */
export async function attempt(request: AttemptRequest): Promise<Attempt> {
  const { signal } = request;
  signal.throwIfAborted();
  const stop = new AbortController();
  const stopForCaller = (): void => stop.abort(signal.reason);
  signal.addEventListener("abort", stopForCaller, { once: true });
  const deadline = setTimeout(
    () => stop.abort(new DeadlinePassed(`no answer within ${request.deadlineMs} ms`)),
    request.deadlineMs,
  );

  let answer: SlackAnswer | null = null;
  let headers = new Headers();
  let status = 0;
  const client = new WebClient(request.token ?? undefined, {
    slackApiUrl: request.apiUrl,
    allowAbsoluteUrls: false,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    maxRequestConcurrency: 1,
    logger: silent,
    fetch: async (url, init) => {
      let response: Response;
      try {
        response = await request.fetch(url, { ...init, signal: stop.signal });
        headers = response.headers;
        status = response.status;
        if (status === 200) answer = await readAnswer(response);
        else await response.body?.cancel();
      } catch (error) {
        // Chromium's fetch says of a body that was cut off only that it broke, not that we did it.
        if (stop.signal.aborted) throw stop.signal.reason as Error;
        throw error;
      }
      return {
        ok: response.ok,
        status,
        statusText: response.statusText,
        url: response.url,
        headers: response.headers,
        text: () => Promise.resolve(JSON.stringify(verdictOf(answer))),
        json: () => Promise.resolve(verdictOf(answer)),
        arrayBuffer: () => Promise.reject(new Error("no Slack method of ours answers with bytes")),
      };
    },
  });

  try {
    await client.apiCall(request.method, request.args);
    if (answer === null) throw new Error("the SDK reported success without an answer");
    return { outcome: "answered", answer, scopes: scopesOf(headers) };
  } catch (error) {
    signal.throwIfAborted();
    const facts = { method: request.method, status, retryAfter: headers.get("retry-after") };
    const result = readError(error, facts);
    return result.outcome === "refused" ? { ...result, answer } : result;
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener("abort", stopForCaller);
  }
}

/** The part of an answer by which the SDK tells success from refusal. */
function verdictOf(answer: SlackAnswer | null): Record<string, unknown> {
  return answer
    ? { ok: answer.ok, error: answer["error"], needed: answer["needed"], provided: answer["provided"] }
    : {};
}

/** Slack lists what the token may do in a header of every answer. */
function scopesOf(headers: Headers): string[] {
  return (headers.get("x-oauth-scopes") ?? "")
    .split(",")
    .map((scope) => scope.trim())
    .filter((scope) => scope !== "");
}
