import { createHash, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { officialClient, openSandbox } from "#test/sandbox/open-sandbox.ts";

const REDIRECT = "http://127.0.0.1:51234/slack/callback";

describe("the OAuth pages", () => {
  test("lead from consent over a code with PKCE to a user token that works", async () => {
    const sandbox = await openSandbox();
    const verifier = randomBytes(32).toString("base64url");
    const page = await fetch(authorizeUrl(sandbox, verifier));
    const html = await page.text();
    expect(html).toContain("channels:read");
    const back = await decide(sandbox, html, "allow");
    expect([back.origin + back.pathname, back.searchParams.get("state")]).toEqual([REDIRECT, "state-1"]);
    const answer = await exchange(sandbox, {
      code: back.searchParams.get("code") ?? "",
      code_verifier: verifier,
    });
    const user = answer["authed_user"] as {
      id: string;
      scope: string;
      access_token: string;
      token_type: string;
    };
    expect(user).toMatchObject({
      id: sandbox.ready.slack.tokenOwnerId,
      scope: "channels:read,groups:read",
      token_type: "user",
    });
    expect(user).not.toHaveProperty("refresh_token");
    const checked = await officialClient(sandbox, user.access_token).auth.test();
    expect(checked.response_metadata?.scopes).toEqual(["channels:read", "groups:read"]);
  });

  test("send a refusal back as error=access_denied", async () => {
    const sandbox = await openSandbox();
    const html = await (await fetch(authorizeUrl(sandbox, "v"))).text();
    const back = await decide(sandbox, html, "deny");
    expect([back.searchParams.get("error"), back.searchParams.get("state")]).toEqual([
      "access_denied",
      "state-1",
    ]);
  });

  test("can be told to answer by themselves", async () => {
    const sandbox = await openSandbox();
    sandbox.control.configure({ oauthDecision: "allow" });
    const response = await fetch(authorizeUrl(sandbox, "v"), { redirect: "manual" });
    expect(new URL(response.headers.get("location") ?? "").searchParams.get("code")).toBeTruthy();
  });

  test.each([
    [{ client_id: "1.2" }, "Invalid client_id"],
    [{ redirect_uri: "https://evil.example/" }, "redirect_uri did not match"],
    [{ redirect_uri: "http://localhost.evil.example/" }, "redirect_uri did not match"],
    [{ scope: "chat:write" }, "Bot scopes"],
    [{ user_scope: "" }, "no_scopes"],
  ])("show an error instead of redirecting for %j", async (change, message) => {
    const sandbox = await openSandbox();
    const url = authorizeUrl(sandbox, "v");
    for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
    const response = await fetch(url, { redirect: "manual" });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(message);
  });

  test("do not let markup in a scope through", async () => {
    const sandbox = await openSandbox();
    const url = authorizeUrl(sandbox, "v");
    url.searchParams.set("user_scope", "<script>");
    expect(await (await fetch(url)).text()).not.toContain("<script>");
  });
});

describe("a code", () => {
  test.each([
    ["a wrong verifier", { code_verifier: "wrong" }, "invalid_code"],
    ["another redirect address", { redirect_uri: "http://127.0.0.1:1/" }, "bad_redirect_uri"],
    ["an unknown client", { client_id: "1.2" }, "invalid_client_id"],
    ["another grant", { grant_type: "password" }, "invalid_grant_type"],
  ])("with %s is refused", async (_what, change, error) => {
    const sandbox = await openSandbox();
    const code = await allow(sandbox, "verifier");
    expect(await exchange(sandbox, { code, code_verifier: "verifier", ...change })).toMatchObject({
      ok: false,
      error,
    });
  });

  test("works once and for ten minutes", async () => {
    let nowMs = 1_000_000;
    const sandbox = await openSandbox({ nowMs: () => nowMs });
    const code = await allow(sandbox, "verifier");
    expect(await exchange(sandbox, { code, code_verifier: "verifier" })).toMatchObject({ ok: true });
    expect(await exchange(sandbox, { code, code_verifier: "verifier" })).toMatchObject({
      error: "invalid_code",
    });
    const late = await allow(sandbox, "verifier");
    nowMs += 600_000;
    expect(await exchange(sandbox, { code: late, code_verifier: "verifier" })).toMatchObject({
      error: "invalid_code",
    });
  });

  test("of an app without PKCE needs the client secret", async () => {
    const sandbox = await openSandbox();
    sandbox.control.configure({ oauthDecision: "allow" });
    const url = authorizeUrl(sandbox, "");
    url.searchParams.delete("code_challenge");
    const take = async (): Promise<string> => {
      const response = await fetch(url, { redirect: "manual" });
      return new URL(response.headers.get("location") ?? "").searchParams.get("code") ?? "";
    };
    expect(await exchange(sandbox, { code: await take() })).toMatchObject({ error: "bad_client_secret" });
    const { clientId, clientSecret } = sandbox.ready.slack;
    const client = officialClient(sandbox, "");
    const answer = await client.oauth.v2.access({
      client_id: clientId,
      client_secret: clientSecret,
      code: await take(),
      redirect_uri: REDIRECT,
    });
    expect(answer.authed_user?.access_token).toMatch(/^xoxp-/);
  });
});

describe("a rotating token", () => {
  test("expires after twelve hours and is renewed once by its refresh token", async () => {
    let nowMs = 1_000_000;
    const sandbox = await openSandbox({ nowMs: () => nowMs });
    sandbox.control.configure({ tokenRotation: true });
    const code = await allow(sandbox, "verifier");
    const answer = await exchange(sandbox, { code, code_verifier: "verifier" });
    const user = answer["authed_user"] as { access_token: string; refresh_token: string; expires_in: number };
    expect(user.expires_in).toBe(43_200);
    nowMs += 43_200_000;
    await expect(officialClient(sandbox, user.access_token).auth.test()).rejects.toThrow("token_expired");
    const renewal = { grant_type: "refresh_token", refresh_token: user.refresh_token };
    const renewed = await exchange(sandbox, renewal);
    expect((await officialClient(sandbox, String(renewed["access_token"])).auth.test()).ok).toBe(true);
    expect(await exchange(sandbox, renewal)).toMatchObject({ error: "invalid_refresh_token" });
  });
});

test("oauth.v2.user.access takes codes of its own page only", async () => {
  const sandbox = await openSandbox();
  sandbox.control.configure({ oauthDecision: "allow" });
  const url = new URL(authorizeUrl(sandbox, "verifier").href.replace("/oauth/v2/", "/oauth/v2_user/"));
  url.searchParams.set("scope", "channels:read");
  const take = async (): Promise<string> => {
    const response = await fetch(url, { redirect: "manual" });
    return new URL(response.headers.get("location") ?? "").searchParams.get("code") ?? "";
  };
  const form = { code: await take(), code_verifier: "verifier" };
  expect(await exchange(sandbox, form, "oauth.v2.user.access")).toMatchObject({
    ok: true,
    token_type: "user",
  });
  expect(await exchange(sandbox, { ...form, code: await take() })).toMatchObject({
    error: "oauth_authorization_url_mismatch",
  });
});

function authorizeUrl(sandbox: Sandbox, verifier: string): URL {
  const url = new URL(sandbox.ready.slack.oauthAuthorizeUrl);
  url.search = new URLSearchParams({
    client_id: sandbox.ready.slack.clientId,
    user_scope: "channels:read,groups:read",
    redirect_uri: REDIRECT,
    state: "state-1",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  }).toString();
  return url;
}

async function decide(sandbox: Sandbox, html: string, decision: string): Promise<URL> {
  const request = /name="request" value="([0-9a-f]+)"/.exec(html)?.[1] ?? "";
  const action = /action="([^"]+)"/.exec(html)?.[1] ?? "";
  const response = await fetch(new URL(action, sandbox.ready.slack.oauthAuthorizeUrl), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ request, decision }),
  });
  return new URL(response.headers.get("location") ?? "");
}

async function allow(sandbox: Sandbox, verifier: string): Promise<string> {
  const html = await (await fetch(authorizeUrl(sandbox, verifier))).text();
  return (await decide(sandbox, html, "allow")).searchParams.get("code") ?? "";
}

async function exchange(
  sandbox: Sandbox,
  form: Record<string, string>,
  method = "oauth.v2.access",
): Promise<Record<string, unknown>> {
  const body = new URLSearchParams({
    client_id: sandbox.ready.slack.clientId,
    redirect_uri: REDIRECT,
    ...form,
  });
  const response = await fetch(new URL(method, sandbox.ready.slack.apiUrl), { method: "POST", body });
  return (await response.json()) as Record<string, unknown>;
}
