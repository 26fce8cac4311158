import type { IncomingMessage, ServerResponse } from "node:http";
import { FaultOrderError } from "#sandbox/control/fault-rules.ts";
import type { SandboxControl } from "#sandbox/control/sandbox-control.ts";
import {
  readAcceptance,
  readOrder,
  readSettings,
  readTokenChange,
  readWorldChange,
  UnreadableRequest,
} from "#sandbox/control/control-requests.ts";
import { readBody } from "#sandbox/slack/request-body.ts";
import { ImpossibleChange } from "#sandbox/world/changes.ts";

/**
 * The control API, JSON over HTTP below a secret path:
 * `faults` GET, POST, DELETE (`?id=`) · `calls` GET, DELETE · `truth` GET · `world` POST · `slack/tokens` POST · `telegram/world` POST ·
 * `telegram/accept-login-token` POST · `telegram/sign-ins` GET, DELETE (`?personId=`) · `settings` GET, POST.
 * 200 with the result, 400 `{ error }` for a request that does not fit, 404 for anything else.
 */
export async function answerControlRequest(
  control: SandboxControl,
  resource: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = await readJson(request);
    const result = dispatch(control, `${request.method ?? "GET"} ${resource}`, url, body);
    if (result === undefined) return sendJson(response, 404, { error: `no control resource "${resource}"` });
    sendJson(response, 200, result);
  } catch (error) {
    const expected =
      error instanceof UnreadableRequest ||
      error instanceof FaultOrderError ||
      error instanceof ImpossibleChange;
    if (!expected) throw error;
    sendJson(response, 400, { error: error.message });
  }
}

function dispatch(control: SandboxControl, request: string, url: URL, body: unknown): unknown {
  switch (request) {
    case "GET faults":
      return { faults: control.listFaults() };
    case "POST faults":
      return control.addFault(readOrder(body));
    case "DELETE faults":
      return { removed: control.clearFaults(url.searchParams.get("id") ?? undefined) };
    case "GET calls":
      return control.calls();
    case "DELETE calls":
      control.clearCalls();
      return { cleared: true };
    case "GET truth":
      return control.truth();
    case "POST world":
      control.change(readWorldChange(body));
      return { changed: true };
    case "POST slack/tokens":
      control.changeToken(readTokenChange(body));
      return { changed: true };
    case "POST telegram/world":
      control.changeTelegram(body);
      return { changed: true };
    case "POST telegram/accept-login-token": {
      const { link, personId } = readAcceptance(body);
      control.acceptLoginToken(link, personId);
      return { accepted: true };
    }
    case "GET telegram/sign-ins":
      return { signIns: control.telegramSignIns() };
    case "DELETE telegram/sign-ins":
      return { ended: control.endTelegramSignIns(url.searchParams.get("personId") ?? "") };
    case "GET settings":
      return control.settings();
    case "POST settings":
      return control.configure(readSettings(body));
    default:
      return undefined;
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, 100_000);
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new UnreadableRequest("the body is not JSON");
  }
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(value));
}
