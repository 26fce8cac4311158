import { textOf } from "#sandbox/slack/arguments.ts";
import type { Answer, MethodTable, OpenCall } from "#sandbox/slack/method.ts";
import { verifierFits, type RefreshGrant } from "#sandbox/slack/oauth-desk.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import type { Person } from "#sandbox/world/model.ts";

/** Rotating tokens live twelve hours (docs.slack.dev/authentication/using-token-rotation, checked 2026-11). */
const ROTATING_LIFE_MS = 12 * 60 * 60_000;

/** oauth.v2.access and oauth.v2.user.access: codes and refresh tokens become user tokens. */
export const OAUTH_METHODS: MethodTable = {
  "oauth.v2.access": { open: true, tier: "generous", run: (call) => exchange(call, "v2") },
  "oauth.v2.user.access": { open: true, tier: "generous", run: (call) => exchange(call, "v2_user") },
};

function exchange(call: OpenCall, flow: "v2" | "v2_user"): Answer {
  const { workspace, args } = call;
  const client = readClient(call);
  if (client.id !== workspace.clientId) throw new SlackRefusal("invalid_client_id");
  if (client.secret !== "" && client.secret !== workspace.clientSecret)
    throw new SlackRefusal("bad_client_secret");
  const grantType = textOf(args, "grant_type") || "authorization_code";
  if (grantType === "refresh_token") {
    const refreshed = workspace.oauth.takeRefreshToken(textOf(args, "refresh_token"));
    if (!refreshed) throw new SlackRefusal("invalid_refresh_token");
    return refreshAnswer(call, refreshed);
  }
  if (grantType !== "authorization_code") throw new SlackRefusal("invalid_grant_type");
  const request = workspace.oauth.takeCode(textOf(args, "code"));
  if (!request) throw new SlackRefusal("invalid_code");
  if (request.flow !== flow) throw new SlackRefusal("oauth_authorization_url_mismatch");
  if (textOf(args, "redirect_uri") !== request.redirectUri) throw new SlackRefusal("bad_redirect_uri");
  // The documentation names no error of its own for a verifier that does not fit; the code is used up either way.
  if (!verifierFits(request, textOf(args, "code_verifier"))) throw new SlackRefusal("invalid_code");
  // A public client proves itself by the verifier; without PKCE the secret is needed.
  if (request.codeChallenge === null && client.secret === "") throw new SlackRefusal("bad_client_secret");
  const person = workspace.world.tokenOwner;
  // Custom URI schemes always get rotating tokens, web and loopback addresses only when the app is set to rotate.
  const rotating = workspace.settings.tokenRotation || !/^https?:/.test(request.redirectUri);
  const token = issue(call, { person, scopes: request.userScopes }, rotating);
  const user = { id: ownerId(call, person), scope: request.userScopes.join(",") };
  const team = { id: workspace.world.teamId, name: workspace.world.teamName };
  if (flow === "v2_user") return { ...token, token_type: "user", authed_user: user, team: { id: team.id } };
  return {
    app_id: workspace.appId,
    authed_user: { ...user, ...token, token_type: "user" },
    team,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A refreshed user token comes at the top level of the answer. */
function refreshAnswer(call: OpenCall, refreshed: RefreshGrant): Answer {
  const { world, appId } = call.workspace;
  return {
    app_id: appId,
    ...issue(call, refreshed, true),
    token_type: "user",
    scope: refreshed.scopes.join(","),
    authed_user: { id: ownerId(call, refreshed.person) },
    team: { id: world.teamId, name: world.teamName },
    enterprise: null,
    is_enterprise_install: false,
  };
}

function issue(call: OpenCall, grant: RefreshGrant, rotating: boolean): Answer {
  const { tokens, oauth, nowMs } = call.workspace;
  const issued = tokens.issue(grant.person, grant.scopes, nowMs(), rotating ? ROTATING_LIFE_MS : null);
  if (!rotating) return { access_token: issued.token };
  return {
    access_token: issued.token,
    expires_in: ROTATING_LIFE_MS / 1_000,
    refresh_token: oauth.issueRefreshToken(grant),
  };
}

/** Client credentials by HTTP Basic (recommended) or as arguments. */
function readClient(call: OpenCall): { id: string; secret: string } {
  if (call.authorization.toLowerCase().startsWith("basic ")) {
    const [id = "", secret = ""] = Buffer.from(call.authorization.slice(6), "base64")
      .toString("utf8")
      .split(":");
    return { id, secret };
  }
  return { id: textOf(call.args, "client_id"), secret: textOf(call.args, "client_secret") };
}

function ownerId(call: OpenCall, person: number): string {
  return (call.workspace.world.people[person] as Person).slackUserId;
}
