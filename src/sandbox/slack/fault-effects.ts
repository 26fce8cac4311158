import type { ServerResponse } from "node:http";
import type { FaultRule } from "#sandbox/control/fault-rules.ts";
import { textOf, type Arguments } from "#sandbox/slack/arguments.ts";
import { encodeCursor } from "#sandbox/slack/cursor.ts";
import type { Answer } from "#sandbox/slack/method.ts";

const ERROR_PAGE =
  "<!DOCTYPE html><html><head><title>Slack</title></head><body><h1>Something went wrong</h1></body></html>";
const STATUS_BY_KIND: Readonly<Record<string, number>> = { http500: 500, http502: 502, http503: 503 };

/**
 * Answers (or does not answer) a call that a fault breaks outright. Returns false for faults that let the method run.
 * `log` is told the HTTP status, 0 when none was sent.
 */
export function breakAnswer(
  fault: FaultRule,
  response: ServerResponse,
  log: (status: number) => void,
): boolean {
  switch (fault.kind) {
    case "stall":
      // The socket stays open and silent until the client gives up.
      log(0);
      return true;
    case "drop":
      log(0);
      breakOff(response);
      return true;
    case "html":
      log(200);
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end(ERROR_PAGE);
      return true;
    case "cut-json":
      log(200);
      response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
      response.end('{"ok":true,"members":["U0');
      return true;
    case "http500":
    case "http502":
    case "http503":
      log(STATUS_BY_KIND[fault.kind] as number);
      response.writeHead(STATUS_BY_KIND[fault.kind] as number, {
        "content-type": "text/html; charset=utf-8",
      });
      response.end(ERROR_PAGE);
      return true;
    case "ratelimit":
      log(429);
      response.writeHead(429, {
        "content-type": "application/json; charset=utf-8",
        "retry-after": String(fault.retryAfterS),
      });
      response.end('{"ok":false,"error":"ratelimited"}');
      return true;
    case "error":
      log(200);
      response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
      response.end(JSON.stringify({ ok: false, error: fault.errorCode }));
      return true;
    case "stall-after":
    case "drop-after":
    case "slow":
    case "vanish":
    case "revoke":
    case "expire":
    case "lose-scope":
    case "repeat-cursor":
    case "truncate":
    case "duplicate":
    case "lose":
      return false;
  }
}

/** Loses the answer of a call that was run. Returns false for faults that let it through. */
export function loseAnswer(
  fault: FaultRule,
  response: ServerResponse,
  log: (status: number) => void,
): boolean {
  if (fault.kind !== "stall-after" && fault.kind !== "drop-after") return false;
  log(0);
  if (fault.kind === "drop-after") breakOff(response);
  return true;
}

function breakOff(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": 4_096 });
  response.write('{"ok":true,"members":["U0');
  // Give the first half time to reach the client before the line breaks.
  setTimeout(() => response.destroy(), 20);
}

/**
 * Spoils the page of a good answer: `duplicate` gives its first item twice, `lose` drops its second half without a
 * word, `repeat-cursor` sends the reader back to the same page for ever. (`truncate` is honest: a short page whose
 * cursor goes on correctly; the methods do that themselves.)
 */
export function spoilPage(fault: FaultRule, args: Arguments, answer: Answer): Answer {
  const key = ["channels", "members", "messages", "files"].find((name) => Array.isArray(answer[name]));
  if (key === undefined || answer["ok"] !== true) return answer;
  const items = answer[key] as readonly unknown[];
  if (fault.kind === "duplicate") return { ...answer, [key]: [...items.slice(0, 1), ...items] };
  if (fault.kind === "lose") return { ...answer, [key]: items.slice(0, Math.floor(items.length / 2)) };
  if (fault.kind !== "repeat-cursor") return answer;
  const metadata = (answer["response_metadata"] ?? {}) as { next_cursor?: string };
  const cursor = textOf(args, "cursor") || metadata.next_cursor || cursorOfFirst(key, items);
  return {
    ...answer,
    ...(key === "messages" && { has_more: true }),
    response_metadata: { ...metadata, next_cursor: cursor },
  };
}

function cursorOfFirst(key: string, items: readonly unknown[]): string {
  const first = items[0];
  if (typeof first === "string") return encodeCursor("user", first);
  const { id, ts } = (first ?? {}) as { id?: string; ts?: string };
  if (key === "messages") return encodeCursor("next_ts", (ts ?? "").replace(".", ""));
  return encodeCursor(key === "channels" ? "team" : "user", id ?? "");
}
