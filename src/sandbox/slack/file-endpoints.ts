import type { IncomingMessage, ServerResponse } from "node:http";
import { mayRead } from "#sandbox/slack/methods/files.ts";
import { readMultipart } from "#sandbox/slack/multipart.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import { readBody } from "#sandbox/slack/request-body.ts";
import type { SlackWorkspace } from "#sandbox/slack/workspace.ts";

const UPLOAD_MOST_BYTES = 100 * 1024 * 1024;

/** Receives the bytes of an announced upload, raw or as a form (checked 2026-11); the URL itself is the permission. */
export async function answerUpload(
  workspace: SlackWorkspace,
  ticket: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const upload = workspace.files.findUpload(ticket);
  if (!upload) return sendText(response, 404, "upload url not found");
  const body = await readBody(request, UPLOAD_MOST_BYTES);
  const contentType = request.headers["content-type"] ?? "";
  const isForm = contentType.toLowerCase().startsWith("multipart/form-data");
  const bytes = isForm
    ? readMultipart(contentType, body)?.find((part) => part.fileName !== null)?.bytes
    : body;
  if (!bytes || bytes.length !== upload.length)
    return sendText(response, 400, "size does not match the announced one");
  // A copy: a form part is a view of the whole body, which would otherwise be kept alive.
  upload.bytes = Buffer.from(bytes);
  sendText(response, 200, `OK - ${bytes.length}`);
}

/**
 * Sends a file's bytes to a bearer who may read it. Without a good token Slack redirects to a sign-in page, which
 * answers HTML with status 200: a client that trusts the status stores a web page under the file's name.
 */
export function answerDownload(
  workspace: SlackWorkspace,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const fileId = /^\/files-pri\/T[A-Z0-9]+-(F[A-Z0-9]+)\//.exec(url.pathname)?.[1] ?? "";
  const file = workspace.files.files.get(fileId);
  if (!file) return sendText(response, 404, "file not found");
  const token = /^bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
  try {
    const { grant, caller } = workspace.tokens.admit(token, workspace.nowMs());
    const allowed = grant.scopes.has("files:read") && mayRead(workspace.world.channels, caller, file);
    if (!allowed) throw new SlackRefusal("file_not_found");
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    response.writeHead(302, { location: `/signin?redir=${encodeURIComponent(url.pathname)}` });
    response.end();
    return;
  }
  response.writeHead(200, {
    "content-type": file.mimeType,
    "content-length": file.bytes.length,
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
  response.end(file.bytes);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(text);
}
