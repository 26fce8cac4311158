import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConsentRequest } from "#sandbox/slack/oauth-desk.ts";
import { readBody } from "#sandbox/slack/request-body.ts";
import type { SlackWorkspace } from "#sandbox/slack/workspace.ts";

/** Paths of the consent pages; the second belongs to `oauth.v2.user.access`. */
export const AUTHORIZE_PATH = "/oauth/v2/authorize";
export const USER_AUTHORIZE_PATH = "/oauth/v2_user/authorize";
export const DECISION_PATH = "/oauth/decision";

/**
 * The page where a user allows an app what it asks for. Bad requests get an error page, not a redirect: Slack does not
 * send anybody to an address it does not know.
 */
export function answerAuthorizePage(workspace: SlackWorkspace, url: URL, response: ServerResponse): void {
  const query = url.searchParams;
  const flow = url.pathname === USER_AUTHORIZE_PATH ? "v2_user" : "v2";
  const problem = findProblem(workspace, query, flow);
  if (problem !== null)
    return sendPage(response, 400, `<h1>Something went wrong</h1><p>${escapeHtml(problem)}</p>`);
  const request: ConsentRequest = {
    redirectUri: query.get("redirect_uri") ?? "",
    state: query.get("state") ?? "",
    userScopes: readUserScopes(query, flow),
    codeChallenge: query.get("code_challenge"),
    challengeMethod: query.get("code_challenge_method") === "S256" ? "S256" : "plain",
    flow,
  };
  const { oauthDecision } = workspace.settings;
  if (oauthDecision !== "ask") return sendDecision(workspace, request, oauthDecision === "allow", response);
  const scopes = request.userScopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`).join("");
  const id = workspace.oauth.open(request);
  sendPage(
    response,
    200,
    `<h1>Muster is requesting permission to access the ${escapeHtml(workspace.world.teamName)} workspace</h1>
<p>Simulated Slack: nothing leaves this computer. On your behalf, the app wants to use:</p><ul>${scopes}</ul>
<form method="post" action="${DECISION_PATH}"><input type="hidden" name="request" value="${id}">
<button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Cancel</button></form>`,
  );
}

/** The click on Allow or Cancel: back to the app with a code, or with `error=access_denied`. */
export async function answerDecision(
  workspace: SlackWorkspace,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const form = new URLSearchParams((await readBody(request, 10_000)).toString("utf8"));
  const consent = workspace.oauth.take(form.get("request") ?? "");
  if (!consent)
    return sendPage(response, 400, "<h1>Something went wrong</h1><p>This page was already used.</p>");
  sendDecision(workspace, consent, form.get("decision") === "allow", response);
}

function sendDecision(
  workspace: SlackWorkspace,
  consent: ConsentRequest,
  allowed: boolean,
  response: ServerResponse,
): void {
  const target = new URL(consent.redirectUri);
  if (allowed) target.searchParams.set("code", workspace.oauth.issueCode(consent));
  else target.searchParams.set("error", "access_denied");
  target.searchParams.set("state", consent.state);
  response.writeHead(302, { location: target.href });
  response.end();
}

function findProblem(
  workspace: SlackWorkspace,
  query: URLSearchParams,
  flow: ConsentRequest["flow"],
): string | null {
  if (query.get("client_id") !== workspace.clientId) return "Invalid client_id parameter";
  const redirectUri = query.get("redirect_uri") ?? "";
  // The app is registered with loopback addresses (any port) and the product's own scheme.
  const loopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/.test(redirectUri);
  const ownScheme = redirectUri.startsWith("muster://");
  if (!loopback && !ownScheme) return "redirect_uri did not match any configured URIs";
  // Desktop redirects of public clients cannot ask for bot scopes (docs.slack.dev PKCE page, checked 2026-11).
  if (flow === "v2" && (query.get("scope") ?? "") !== "")
    return "Bot scopes cannot be requested by a desktop redirect";
  if (readUserScopes(query, flow).length === 0) return "Missing user_scope: no_scopes";
  if (ownScheme && !query.get("code_challenge")) return "A custom URI scheme requires PKCE";
  return null;
}

function readUserScopes(query: URLSearchParams, flow: ConsentRequest["flow"]): string[] {
  const text = (flow === "v2_user" ? query.get("scope") : query.get("user_scope")) ?? "";
  return text.split(/[\s,]+/).filter((scope) => scope !== "");
}

function sendPage(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; form-action *",
  });
  response.end(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Slack (sandbox)</title></head>
<body><main>${body}</main></body></html>`);
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
