import type { IncomingMessage, ServerResponse } from "node:http";
import { answerApiCall, type ApiParts } from "#sandbox/slack/api-endpoint.ts";
import { answerDownload, answerUpload } from "#sandbox/slack/file-endpoints.ts";
import {
  answerAuthorizePage,
  answerDecision,
  AUTHORIZE_PATH,
  DECISION_PATH,
  USER_AUTHORIZE_PATH,
} from "#sandbox/slack/oauth-pages.ts";

/** Answers a request to the simulated slack.com; false when the path is none of Slack's. */
export async function answerSlackRequest(
  parts: ApiParts,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { pathname } = url;
  if (pathname.startsWith("/api/")) {
    await answerApiCall(parts, decodeURIComponent(pathname.slice("/api/".length)), request, response);
  } else if (pathname === AUTHORIZE_PATH || pathname === USER_AUTHORIZE_PATH) {
    answerAuthorizePage(parts.workspace, url, response);
  } else if (pathname === DECISION_PATH && request.method === "POST") {
    await answerDecision(parts.workspace, request, response);
  } else if (pathname.startsWith("/upload/v1/") && request.method === "POST") {
    await answerUpload(parts.workspace, pathname.slice("/upload/v1/".length), request, response);
  } else if (pathname.startsWith("/files-pri/")) {
    answerDownload(parts.workspace, url, request, response);
  } else if (pathname === "/signin") {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end("<!DOCTYPE html><title>Sign in | Slack (sandbox)</title><h1>Sign in to your workspace</h1>");
  } else {
    return false;
  }
  return true;
}
