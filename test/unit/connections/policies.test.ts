import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { authorizeUrlOf, decideAddress, decideApiUrl } from "#main/features/connections/address-policy.ts";
import {
  decideAuditRefusal,
  describeScopes,
  grantedAfter,
  REQUESTED_SLACK_SCOPES,
} from "#main/features/connections/scopes-policy.ts";
import { REDIRECT_PORTS } from "#main/features/connections/sign-in/redirect-server.ts";
import { decideState } from "#main/features/connections/state-policy.ts";
import { parseSecret } from "#main/features/connections/stored-secret.ts";
import { decideTokenRefusal } from "#main/features/connections/token-policy.ts";
import { failure, type FailureCode } from "#shared/domain/failure.ts";
import { ok } from "#shared/lib/result.ts";

describe("addresses a token may be sent to", () => {
  test.each([
    ["https://slack.com/api/", "https://slack.com/api/"],
    ["https://slack.example.com:8443/api", "https://slack.example.com:8443/api/"],
    ["http://127.0.0.1:4000/api/", "http://127.0.0.1:4000/api/"],
    ["http://LOCALHOST:4000/api", "http://localhost:4000/api/"],
    ["http://[::1]:4000/api/", "http://[::1]:4000/api/"],
    ["http://127.1:4000/", "http://127.0.0.1:4000/"],
  ])("%s is one", (text, normal) => {
    expect(decideApiUrl(text)).toEqual(ok(normal));
  });

  test.each([
    "http://slack.com/api/",
    "http://127.0.0.1.example.com/api/",
    "http://localhost.example.com/",
    "http://10.0.0.1/",
    "ftp://127.0.0.1/",
    "file:///etc/passwd",
    "https://user:secret@slack.com/api/",
    "https://slack.com/api/?token=x",
    "https://slack.com/api/#x",
    "slack.com/api",
    "",
  ])("%j is none", (text) => {
    expect(decideAddress(text)).toMatchObject({ ok: false, error: { facts: { reason: "address-refused" } } });
  });

  test("the consent page lies beside the API", () => {
    expect(authorizeUrlOf("https://slack.com/api/")).toBe("https://slack.com/oauth/v2/authorize");
  });
});

describe("pasted tokens", () => {
  test.each(["xoxp-1-2-3-abc", "xoxe.xoxp-1-abc", "something-new"])(
    "%s is worth asking Slack about",
    (token) => {
      expect(decideTokenRefusal(token)).toBeNull();
    },
  );

  test.each([
    ["xoxb-1", "slack/token-kind"],
    ["xapp-1-A", "slack/token-kind"],
    ["xoxe-1-abc", "slack/token-kind"],
    ["xoxe.xoxb-1-abc", "slack/token-kind"],
    ["xoxp-1 xoxp-2", "slack/token-invalid"],
    ["xoxp-1\r\nX-Header: 1", "slack/token-invalid"],
    ["xoxp-ä", "slack/token-invalid"],
    ["", "slack/token-invalid"],
  ])("%j is refused without asking", (token, code) => {
    expect(decideTokenRefusal(token)?.code).toBe(code);
  });
});

describe("scopes", () => {
  test("every scope has a purpose in a finished sentence, and is told apart by whether it is granted", () => {
    const described = describeScopes(["channels:read", "search:read"]);

    expect([
      described.filter(({ granted }) => granted).map(({ scope }) => scope),
      described.every(({ purpose }) => /^[A-Z].*\.$/.test(purpose)),
    ]).toEqual([["channels:read"], true]);
  });

  test("an audit is refused with all needed scopes that lack, and only those", () => {
    expect([
      decideAuditRefusal(REQUESTED_SLACK_SCOPES),
      decideAuditRefusal(["channels:read", "groups:read", "users:read"]),
      decideAuditRefusal(["users:read.email"])?.facts,
    ]).toEqual([
      null,
      null,
      { needed: "channels:read,groups:read,users:read", provided: "users:read.email" },
    ]);
  });

  test("a refusal says what a token has, or at least what it has not, and nothing where that is known", () => {
    const granted = ["channels:read", "chat:write", "im:write"];
    const after = (needed: string | string[], provided: string) =>
      grantedAfter(granted, failure("slack/missing-scope", { needed, provided }));
    expect([
      after("im:write", "channels:read,chat:write"),
      after("pins:write", "chat:write, im:write,channels:read"),
      after("pins:write", "channels:read,chat:write,im:write,identify"),
      after("im:write,mpim:write", ""),
      after(["chat:write"], ""),
      after("pins:write", ""),
    ]).toEqual([
      ["channels:read", "chat:write"],
      null,
      ["channels:read", "chat:write", "im:write", "identify"],
      ["channels:read", "chat:write"],
      ["channels:read", "im:write"],
      null,
    ]);
  });
});

test.each<[FailureCode, string]>([
  ["slack/token-revoked", "signed-out"],
  ["slack/token-expired", "signed-out"],
  ["slack/token-invalid", "signed-out"],
  ["slack/token-kind", "signed-out"],
  ["slack/account-inactive", "signed-out"],
  ["keychain/secret-missing", "signed-out"],
  ["keychain/locked", "unreachable"],
  ["network/timed-out", "unreachable"],
  ["slack/bad-answer", "unreachable"],
  ["slack/rate-limited", "unreachable"],
  ["slack/not-allowed", "unreachable"],
])("a check that fails with %s leaves the connection %s", (code, state) => {
  expect(decideState(failure(code))).toBe(state);
});

test.each(["", "xoxp-plain", "null", '{"accessToken":1}', '{"accessToken":""}'])(
  "a keychain entry that is not ours (%j) is no secret",
  (text) => {
    expect(parseSecret(text)).toBeNull();
  },
);

test("the app manifest asks for the scopes and names the addresses that the code uses", () => {
  const manifest = JSON.parse(readFileSync("resources/slack-app-manifest.json", "utf8")) as {
    oauth_config: unknown;
    display_information: { long_description: string };
  };

  expect(manifest.oauth_config).toEqual({
    redirect_urls: REDIRECT_PORTS.map((port) => `http://localhost:${port}/slack/callback`),
    scopes: { user: REQUESTED_SLACK_SCOPES },
  });
  // Slack's limits for a long description (docs.slack.dev/reference/app-manifest, checked 2026-11).
  expect(manifest.display_information.long_description.length).toBeGreaterThanOrEqual(174);
  expect(manifest.display_information.long_description.length).toBeLessThanOrEqual(4_000);
});
