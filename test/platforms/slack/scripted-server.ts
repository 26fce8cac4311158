import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ScriptedRequest {
  readonly method: string;
  readonly authorization: string | null;
  readonly args: Readonly<Record<string, string>>;
}

type Reply = (request: ScriptedRequest, response: ServerResponse) => void;

export interface ScriptedServer {
  readonly apiUrl: string;
  readonly requests: ScriptedRequest[];
  close(): Promise<void>;
}

/**
 * A server that answers the n-th request with the n-th reply, and every later one with the last: for what a Slack
 * that behaves never does.
 */
export async function startScriptedServer(...replies: Reply[]): Promise<ScriptedServer> {
  const requests: ScriptedRequest[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const scripted = {
        method: (request.url ?? "").replace(/^\/api\//, ""),
        authorization: request.headers.authorization ?? null,
        args: Object.fromEntries(new URLSearchParams(body)),
      };
      requests.push(scripted);
      replies[Math.min(requests.length, replies.length) - 1]?.(scripted, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

export function json(value: unknown, headers: Record<string, string> = {}): Reply {
  return (_request, response) => {
    response.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
  };
}

export function refuse(error: string, more: Record<string, unknown> = {}): Reply {
  return json({ ok: false, error, ...more });
}

export function status(code: number, headers: Record<string, string> = {}, body = ""): Reply {
  return (_request, response) => response.writeHead(code, headers).end(body);
}

export function text(body: string, contentType = "text/html"): Reply {
  return (_request, response) => response.writeHead(200, { "content-type": contentType }).end(body);
}

/** Says nothing at all. */
export const stall: Reply = () => undefined;

/** Sends the beginning of an answer and then nothing. */
export const stallInBody: Reply = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" }).write('{"ok":true,');
};

/** Sends the beginning of an answer and hangs up. */
export const dropInBody: Reply = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
  response.write('{"ok":true,', () => response.destroy());
};

export const hangUp: Reply = (_request, response) => response.destroy();
