import { describe, expect, test } from "vitest";
import { RateLimiter } from "#sandbox/slack/rate-limiter.ts";
import { officialClient, openSandbox, rawCall } from "#test/sandbox/open-sandbox.ts";

describe("rate limits", () => {
  test.each([
    ["conversations.list", 20],
    ["users.list", 20],
    ["usergroups.list", 20],
    ["users.conversations", 50],
    ["team.info", 50],
  ])("let %s through %i times a minute, then answer 429 with Retry-After", async (method, allowed) => {
    let nowMs = 1_000_000;
    const sandbox = await openSandbox({ limits: true, nowMs: () => nowMs });
    for (let call = 0; call < allowed; call++) expect((await rawCall(sandbox, method)).status).toBe(200);
    const refused = await rawCall(sandbox, method);
    expect([refused.status, refused.headers.get("retry-after"), refused.answer]).toEqual([
      429,
      "60",
      { ok: false, error: "ratelimited" },
    ]);
    nowMs += 45_000;
    expect((await rawCall(sandbox, method)).headers.get("retry-after")).toBe("15");
    nowMs += 15_000;
    expect((await rawCall(sandbox, method)).status).toBe(200);
  });

  test("count conversations.members at 100 a minute, all tokens of the app together", async () => {
    const sandbox = await openSandbox({ limits: true });
    const channel = sandbox.control.truth().groups.find((group) => group.name === "general")?.id ?? "";
    const { full, bot } = sandbox.ready.slack.tokens;
    for (let call = 0; call < 100; call++) {
      const token = call % 2 === 0 ? full : bot;
      expect((await rawCall(sandbox, `conversations.members?channel=${channel}`, { token })).status).toBe(
        200,
      );
    }
    expect((await rawCall(sandbox, `conversations.members?channel=${channel}`)).status).toBe(429);
    expect((await rawCall(sandbox, `conversations.info?channel=${channel}`)).status).toBe(200);
  });

  test("count chat.postMessage by channel", async () => {
    const sandbox = await openSandbox({ limits: true });
    const [one, two] = sandbox.control
      .truth()
      .groups.filter((group) => group.visibleToToken && !group.isArchived);
    const post = (channel: string | undefined) =>
      rawCall(sandbox, `chat.postMessage?channel=${channel}&text=x`);
    for (let call = 0; call < 5; call++) await post(one?.id);
    expect((await post(one?.id)).status).toBe(429);
    expect((await post(two?.id)).status).not.toBe(429);
  });

  test("do not count calls that were refused their token", async () => {
    const sandbox = await openSandbox({ limits: true });
    for (let call = 0; call < 60; call++) await rawCall(sandbox, "team.info", { token: "xoxp-no" });
    expect((await rawCall(sandbox, "team.info")).status).toBe(200);
  });

  test("are waited out by the official client, which then has everything", async () => {
    const sandbox = await openSandbox({ world: "reference", limits: true, rateTimeScale: 0.02 });
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full, {
      retryConfig: { retries: 10, minTimeout: 1 },
    });
    let channels = 0;
    const options = { types: "public_channel,private_channel", limit: 15 };
    for await (const page of client.paginate("conversations.list", options)) {
      channels += ((page as { channels?: unknown[] }).channels ?? []).length;
    }
    expect(channels).toBe(sandbox.control.truth().groups.filter((group) => group.visibleToToken).length);
    expect(sandbox.control.calls().rateLimited).toBeGreaterThan(0);
  });

  test("can be switched off and on while running", async () => {
    const sandbox = await openSandbox({ limits: true });
    sandbox.control.configure({ limits: false });
    for (let call = 0; call < 30; call++)
      expect((await rawCall(sandbox, "users.list?limit=1")).status).toBe(200);
    sandbox.control.configure({ limits: true });
    for (let call = 0; call < 20; call++)
      expect((await rawCall(sandbox, "users.list?limit=1")).status).toBe(200);
    expect((await rawCall(sandbox, "users.list?limit=1")).status).toBe(429);
  });

  test("survive a clock that is set back", () => {
    const limiter = new RateLimiter(true);
    for (let call = 0; call < 20; call++) expect(limiter.take("m", "tier2", 10_000_000)).toBe(0);
    expect(limiter.take("m", "tier2", 5_000_000)).toBe(0);
  });
});
