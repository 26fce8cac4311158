import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CallLog } from "#sandbox/control/call-log.ts";
import { answerControlRequest } from "#sandbox/control/control-endpoint.ts";
import { FaultRules, SLACK_FAULTS } from "#sandbox/control/fault-rules.ts";
import { createControl, type SandboxControl } from "#sandbox/control/sandbox-control.ts";
import type { ApiParts } from "#sandbox/slack/api-endpoint.ts";
import { answerSlackRequest } from "#sandbox/slack/http-routes.ts";
import { AUTHORIZE_PATH, USER_AUTHORIZE_PATH } from "#sandbox/slack/oauth-pages.ts";
import { RateLimiter } from "#sandbox/slack/rate-limiter.ts";
import type { StartTokens } from "#sandbox/slack/tokens.ts";
import { createWorkspace } from "#sandbox/slack/workspace.ts";
import { WORLD_HALF } from "#sandbox/telegram/methods/world-half.ts";
import { startTelegram, type RunningTelegram } from "#sandbox/telegram/start-telegram.ts";
import type { TelegramReady } from "#sandbox/telegram/telegram-ready.ts";
import { loadWorld } from "#sandbox/world/load-world.ts";
import type { Person } from "#sandbox/world/model.ts";

export interface SandboxOptions {
  /** Default 1. */
  readonly seed?: number;
  /** `reference` (default), `small`, `huge`, or the path of a world file. */
  readonly world?: string;
  /** Whether rate limits are enforced; default true. */
  readonly limits?: boolean;
  /** Default 0: any free port of 127.0.0.1. */
  readonly slackPort?: number;
  /** Default 0: any free port of 127.0.0.1. */
  readonly telegramPort?: number;
  /** A folder that keeps Telegram's server key and sign-ins over a restart; default none. */
  readonly telegramState?: string;
  /** The sandbox's clock in epoch milliseconds; default `Date.now`. */
  readonly nowMs?: () => number;
  /** Shortens the rate limit windows for tests, such as 0.02; default 1. */
  readonly rateTimeScale?: number;
}

/** Where a started sandbox can be reached, and with what; `muster sandbox start` prints it as one JSON line. */
export interface SandboxReady {
  readonly pid: number;
  readonly seed: number;
  readonly world: string;
  readonly limits: "on" | "off";
  readonly slack: {
    readonly apiUrl: string;
    readonly oauthAuthorizeUrl: string;
    readonly oauthUserAuthorizeUrl: string;
    readonly teamId: string;
    readonly teamName: string;
    readonly tokens: StartTokens;
    /** Slack user id of the person the user tokens speak for. */
    readonly tokenOwnerId: string;
    readonly appId: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  readonly telegram: TelegramReady;
  /** Base of the control API; holds a secret. Ends with a slash. */
  readonly controlUrl: string;
}

export interface Sandbox {
  readonly ready: SandboxReady;
  readonly control: SandboxControl;
  /** Ends every open connection, stalled ones included, and frees the port. */
  close(): Promise<void>;
}

/**
 * Starts the simulated platforms in this process. Rejects with `WorldFileError` for a bad world file and with the
 * system's error (`EADDRINUSE`, with `port`) when a port is taken.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {
    seed = 1,
    world: worldName = "reference",
    limits = true,
    slackPort = 0,
    nowMs = Date.now,
  } = options;
  const world = loadWorld(worldName, seed);
  const workspace = createWorkspace(world, nowMs);
  const parts: ApiParts = {
    workspace,
    limiter: new RateLimiter(limits, options.rateTimeScale),
    faults: new FaultRules(SLACK_FAULTS),
    calls: new CallLog(),
  };
  const telegram = await startTelegram({
    world,
    worldHalf: WORLD_HALF,
    port: options.telegramPort ?? 0,
    limits,
    timeScale: options.rateTimeScale ?? 1,
    calls: parts.calls,
    stateFolder: options.telegramState ?? null,
    nowMs,
  });
  const control = createControl(parts, telegram.side);
  const controlPath = `/_sandbox/${randomBytes(16).toString("hex")}/`;
  const server = createServer((request, response) => {
    route(parts, control, controlPath, request, response).catch((error: unknown) =>
      failLoudly(error, response),
    );
  });
  // Longer than clients keep idle connections, so that none is closed under a request.
  server.keepAliveTimeout = 75_000;
  const port = await listenOrGiveUp(server, slackPort, telegram);
  workspace.origin = `http://127.0.0.1:${port}`;
  return {
    ready: {
      pid: process.pid,
      seed,
      world: worldName,
      limits: limits ? "on" : "off",
      slack: {
        apiUrl: `${workspace.origin}/api/`,
        oauthAuthorizeUrl: `${workspace.origin}${AUTHORIZE_PATH}`,
        oauthUserAuthorizeUrl: `${workspace.origin}${USER_AUTHORIZE_PATH}`,
        teamId: world.teamId,
        teamName: world.teamName,
        tokens: workspace.tokens.start,
        tokenOwnerId: (world.people[world.tokenOwner] as Person).slackUserId,
        appId: workspace.appId,
        clientId: workspace.clientId,
        clientSecret: workspace.clientSecret,
      },
      telegram: telegram.ready,
      controlUrl: `${workspace.origin}${controlPath}`,
    },
    control,
    close: async () => {
      await Promise.all([close(server), telegram.close()]);
    },
  };
}

async function route(
  parts: ApiParts,
  control: SandboxControl,
  controlPath: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", parts.workspace.origin);
  if (url.pathname.startsWith(controlPath)) {
    return answerControlRequest(control, url.pathname.slice(controlPath.length), url, request, response);
  }
  if (await answerSlackRequest(parts, url, request, response)) return;
  response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
  response.end("Muster's simulated Slack: nothing here\n");
}

/** A defect of the sandbox: said on stderr and answered as a 500 that cannot be taken for a scripted one. */
function failLoudly(error: unknown, response: ServerResponse): void {
  // A client that went away while sending is no defect.
  if (response.destroyed || response.closed) return;
  process.stderr.write(`sandbox defect: ${error instanceof Error ? error.stack : String(error)}\n`);
  if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
  response.end("sandbox defect\n");
}

/** A sandbox that cannot have all its ports leaves none of them taken. */
async function listenOrGiveUp(server: Server, port: number, telegram: RunningTelegram): Promise<number> {
  try {
    return await listen(server, port);
  } catch (error) {
    await telegram.close();
    throw error;
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
