import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { isSameState } from "./challenge.ts";
import { sendResultPage } from "./result-page.ts";

/** Waits on this computer for the browser to come back from Slack, once. */
export interface RedirectServer {
  /** Where Slack is to send the browser; goes into the sign-in's address and into the exchange, unchanged. */
  readonly redirectUri: string;
  /** The code; `slack/oauth-denied` or `slack/oauth-failed` when Slack sent the browser back without one. */
  readonly code: Promise<Result<string, Failure>>;
  close(): Promise<void>;
}

const PATH = "/slack/callback";

/**
 * Ports of the redirect address. Slack compares it with the app's settings, port included, so they are fixed and in
 * the manifest; there are three because another program may hold one.
 */
export const REDIRECT_PORTS: readonly number[] = [47_831, 47_832, 47_833];

/**
 * Listens on loopback only. The name is `localhost` because Slack takes no other for an app on a desktop
 * (docs.slack.dev/authentication/using-pkce, checked 2026-11). A request with another `state` gets an error page and
 * changes nothing, so no other page in the browser can end the sign-in.
 *
 * Fails with `slack/oauth-failed` when every port is taken.
 */
export async function openRedirectServer(
  state: string,
  ports: readonly number[] = REDIRECT_PORTS,
): Promise<Result<RedirectServer, Failure>> {
  const { promise: code, resolve } = Promise.withResolvers<Result<string, Failure>>();
  for (const port of ports) {
    const servers = await listen(port, (request, response) => {
      const outcome = answer(request, response, state);
      if (outcome) resolve(outcome);
    });
    const [first] = servers;
    if (!first) continue;
    const { port: chosen } = first.address() as AddressInfo;
    return ok({
      redirectUri: `http://localhost:${chosen}${PATH}`,
      code,
      close: async () => {
        await Promise.all(servers.map((server) => close(server)));
      },
    });
  }
  const facts = { reason: "ports-taken", ports: ports.map(String) };
  return err(failure("slack/oauth-failed", facts, `Other programs hold the ports ${ports.join(", ")}.`));
}

/** `localhost` is either address; where the machine has no IPv6, one is enough. */
async function listen(
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server[]> {
  const first = await listenOn("127.0.0.1", port, handle);
  if (first === "taken" || first === "no-address") return [];
  const second = await listenOn("::1", (first.address() as AddressInfo).port, handle);
  if (second === "no-address") return [first];
  if (second !== "taken") return [first, second];
  // Somebody else answers to half of the name: the code could go there.
  await close(first);
  return [];
}

async function listenOn(
  host: string,
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server | "taken" | "no-address"> {
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 10_000 }, handle);
  server.listen({ host, port, exclusive: true });
  try {
    await once(server, "listening");
    return server;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT" ? "no-address" : "taken";
  }
}

/** Answers one request; null when it is not the end of this sign-in. */
function answer(
  request: IncomingMessage,
  response: ServerResponse,
  state: string,
): Result<string, Failure> | null {
  const url = URL.parse(request.url ?? "", "http://localhost");
  const isForUs = /^(localhost|127\.0\.0\.1|\[::1\]):\d+$/.test(request.headers.host ?? "");
  if (request.method !== "GET" || url?.pathname !== PATH || !isForUs) {
    sendResultPage(response, "unknown");
    return null;
  }
  if (!isSameState(state, url.searchParams.get("state") ?? "")) {
    sendResultPage(response, "foreign");
    return null;
  }
  const code = url.searchParams.get("code");
  if (code) {
    sendResultPage(response, "received");
    return ok(code);
  }
  const slackError = (url.searchParams.get("error") ?? "no_code").slice(0, 100);
  if (slackError === "access_denied") {
    sendResultPage(response, "denied");
    return err(failure("slack/oauth-denied"));
  }
  sendResultPage(response, "failed");
  return err(failure("slack/oauth-failed", { slackError }, `Slack said: ${slackError}.`));
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  // A page still on its way to the browser gets a moment.
  const timer = setTimeout(() => server.closeAllConnections(), 1_000);
  await closed;
  clearTimeout(timer);
}
