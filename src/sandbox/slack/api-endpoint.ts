import type { IncomingMessage, ServerResponse } from "node:http";
import type { CallLog } from "#sandbox/control/call-log.ts";
import type { FaultRule, FaultRules } from "#sandbox/control/fault-rules.ts";
import { textOf, type Arguments } from "#sandbox/slack/arguments.ts";
import { breakAnswer, loseAnswer, spoilPage } from "#sandbox/slack/fault-effects.ts";
import { requireScope, type Answer, type Method } from "#sandbox/slack/method.ts";
import { METHODS } from "#sandbox/slack/method-table.ts";
import type { RateLimiter } from "#sandbox/slack/rate-limiter.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import { parseArguments, readBody } from "#sandbox/slack/request-body.ts";
import type { TokenGrant } from "#sandbox/slack/tokens.ts";
import type { SlackWorkspace } from "#sandbox/slack/workspace.ts";

/** What the Web API endpoint works with. */
export interface ApiParts {
  readonly workspace: SlackWorkspace;
  readonly limiter: RateLimiter;
  readonly faults: FaultRules;
  readonly calls: CallLog;
}

const BODY_MOST_BYTES = 4 * 1024 * 1024;
const RATE_LIMITED = Symbol("rate limited");

interface Outcome {
  readonly answer: Answer | typeof RATE_LIMITED;
  readonly retryAfterS: number;
  readonly grant: TokenGrant | null;
  readonly method: Method | null;
}

/** Answers one call of `/api/<method>`: faults first, then token, rate limit, scope and the method itself. */
export async function answerApiCall(
  parts: ApiParts,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { workspace, faults, calls } = parts;
  let args: Arguments = new Map();
  let unreadable: SlackRefusal | null = null;
  try {
    const body = await readBody(request, BODY_MOST_BYTES);
    const query = new URL(request.url ?? "/", "http://sandbox").searchParams;
    args = parseArguments(query, request.headers["content-type"] ?? "", body);
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    unreadable = error;
  }
  const token = readToken(request, args);
  const fault = faults.strike(name, textOf(args, "channel"));
  if (fault) changeByFault(workspace, fault, token, textOf(args, "channel"));

  const known = workspace.tokens.find(token);
  function log(status: number, error: string | null): void {
    calls.add({
      method: name,
      token: known?.label ?? (token === "" ? "none" : "unknown"),
      atMs: workspace.nowMs(),
      status,
      error,
      channel: args.get("channel") ?? null,
      user: args.get("user") ?? null,
      fault: fault?.kind ?? null,
    });
  }

  if (fault && breakAnswer(fault, response, (status) => log(status, fault.errorCode))) return;
  if (fault?.kind === "slow") await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  const outcome = unreadable
    ? { answer: refusalAnswer(unreadable), retryAfterS: 0, grant: null, method: null }
    : runMethod(parts, name, args, token, request.headers.authorization ?? "", fault?.kind === "truncate");
  if (outcome.answer === RATE_LIMITED) {
    log(429, "ratelimited");
    sendRateLimited(response, outcome.retryAfterS);
    return;
  }
  const isDone = outcome.answer["ok"] === true;
  if (fault && isDone && loseAnswer(fault, response, (status) => log(status, null))) return;
  const answer = fault ? spoilPage(fault, args, outcome.answer) : outcome.answer;
  log(200, answer["ok"] === true ? null : String(answer["error"]));
  sendJson(response, answer, outcome);
}

function runMethod(
  parts: ApiParts,
  name: string,
  args: Arguments,
  token: string,
  authorization: string,
  shortPage: boolean,
): Outcome {
  const { workspace, limiter, calls } = parts;
  const method = Object.hasOwn(METHODS, name) ? (METHODS[name] ?? null) : null;
  let grant: TokenGrant | null = null;
  try {
    if (!method) {
      calls.addUnknownMethod(name);
      throw new SlackRefusal("unknown_method", { req_method: name });
    }
    const admitted = method.open ? null : workspace.tokens.admit(token, workspace.nowMs());
    grant = admitted?.grant ?? null;
    const capped = workspace.settings.historyCap && /^conversations\.(history|replies)$/.test(name);
    const key = method.tier === "chat" ? `${name}/${textOf(args, "channel")}` : name;
    const retryAfterS = limiter.take(key, capped ? "tier1" : method.tier, workspace.nowMs());
    if (retryAfterS > 0) return { answer: RATE_LIMITED, retryAfterS, grant, method };
    if (method.open) {
      return {
        answer: { ok: true, ...method.run({ workspace, args, authorization }) },
        retryAfterS,
        grant,
        method,
      };
    }
    const call = { workspace, args, shortPage, ...(admitted as NonNullable<typeof admitted>) };
    requireScope(call, method.accepts[call.grant.type]);
    return { answer: { ok: true, ...method.run(call) }, retryAfterS, grant, method };
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return { answer: refusalAnswer(error), retryAfterS: 0, grant, method };
  }
}

function refusalAnswer(refusal: SlackRefusal): Answer {
  return { ok: false, error: refusal.code, ...refusal.fields };
}

/** A bearer token, or the older `token` argument. */
function readToken(request: IncomingMessage, args: Arguments): string {
  const header = request.headers.authorization ?? "";
  return /^bearer /i.test(header) ? header.slice(7).trim() : textOf(args, "token");
}

/** Faults that change the world rather than the answer. */
function changeByFault(workspace: SlackWorkspace, fault: FaultRule, token: string, channel: string): void {
  const grant = workspace.tokens.find(token);
  if (fault.kind === "vanish") workspace.world.channels.delete(fault.channel ?? channel);
  if (fault.kind === "revoke" && grant) grant.state = "revoked";
  if (fault.kind === "expire" && grant) grant.state = "expired";
  if (fault.kind === "lose-scope") {
    for (const scope of (fault.errorCode ?? "").split(",")) grant?.scopes.delete(scope.trim());
  }
}

function sendJson(response: ServerResponse, answer: Answer, outcome: Outcome): void {
  const { grant, method } = outcome;
  const accepted = method && !method.open && grant ? method.accepts[grant.type] : [];
  const body = Buffer.from(JSON.stringify(answer), "utf8");
  response.writeHead(200, {
    "content-type": "application/json; charset=utf-8",
    "content-length": body.length,
    ...(grant && { "x-oauth-scopes": [...grant.scopes].join(",") }),
    ...(accepted.length > 0 && { "x-accepted-oauth-scopes": accepted.join(",") }),
  });
  response.end(body);
}

/** HTTP 429 as documented: whole seconds in Retry-After (checked 2026-11). */
function sendRateLimited(response: ServerResponse, retryAfterS: number): void {
  response.writeHead(429, {
    "content-type": "application/json; charset=utf-8",
    "retry-after": String(retryAfterS),
  });
  response.end(JSON.stringify({ ok: false, error: "ratelimited" }));
}
