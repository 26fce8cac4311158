import { WebClient, type WebClientOptions } from "@slack/web-api";
import { onTestFinished } from "vitest";
import { startSandbox, type Sandbox, type SandboxOptions } from "#sandbox/start-sandbox.ts";

/** Starts a small sandbox without rate limits for the running test and closes it when the test ends. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ world: "small", limits: false, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** The official client, unmodified, pointed at the sandbox; it does not retry and says nothing. */
export function officialClient(sandbox: Sandbox, token: string, options: WebClientOptions = {}): WebClient {
  return new WebClient(token, {
    slackApiUrl: sandbox.ready.slack.apiUrl,
    retryConfig: { retries: 0 },
    logger: silentLogger(),
    ...options,
  });
}

/** The `data` of the platform error a promise rejects with: Slack's own answer. */
export async function refusalOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  const data = (error as { data?: Record<string, unknown> } | null)?.data;
  if (!data) throw new Error(`expected a refusal, got ${String(error)}`);
  return data;
}

/** A raw call with a bearer token, for what the official client would not send or would hide. */
export async function rawCall(
  sandbox: Sandbox,
  method: string,
  init: RequestInit & { token?: string } = {},
): Promise<{ status: number; headers: Headers; answer: Record<string, unknown> }> {
  const { token = sandbox.ready.slack.tokens.full, ...rest } = init;
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(rest.headers as Record<string, string>),
  };
  const response = await fetch(new URL(method, sandbox.ready.slack.apiUrl), { ...rest, headers });
  return {
    status: response.status,
    headers: response.headers,
    answer: (await response.json()) as Record<string, unknown>,
  };
}

function silentLogger(): NonNullable<WebClientOptions["logger"]> {
  const quiet = (): void => {};
  return {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: quiet,
    setLevel: quiet,
    setName: quiet,
    getLevel: () => "error" as never,
  };
}
