import { expect, test } from "vitest";
import { redact } from "#main/logging/redact.ts";

test("secrets are gone by name and by look, the rest stays", () => {
  const error = new Error("401 for Bearer xoxp-111-222-abc");
  error.stack = "Error: at xoxe.xoxp-1-Mi0yLTM";
  expect(
    redact({
      token: "anything",
      nested: { refreshToken: "r", list: ["xoxb-1-2", "plain"], tokenKind: "user" },
      url: "https://slack.com/api/oauth.v2.access?code=123.456&state=s",
      error,
      code: "slack/refused",
      count: 3,
      nothing: null,
    }),
  ).toEqual({
    token: "[redacted]",
    nested: { refreshToken: "[redacted]", list: ["[redacted]", "plain"], tokenKind: "[redacted]" },
    url: "https://slack.com/api/oauth.v2.access?code=[redacted]&state=s",
    error: {
      name: "Error",
      message: "401 for Bearer [redacted]",
      stack: "Error: at [redacted]",
      cause: undefined,
    },
    code: "slack/refused",
    count: 3,
    nothing: null,
  });
});

test("a text of 10 MB and a value that contains itself stay small", () => {
  const loop: Record<string, unknown> = { name: "x".repeat(10_000_000) };
  loop["self"] = loop;
  expect(JSON.stringify(redact(loop)).length).toBeLessThan(20_000);
});
