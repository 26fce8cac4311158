import { describe, expect, test } from "vitest";
import type { WebClient } from "@slack/web-api";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { officialClient, openSandbox, rawCall, refusalOf } from "#test/sandbox/open-sandbox.ts";

describe("a scripted fault", () => {
  test("stalls a call until the client gives up, and only that call", async () => {
    const { sandbox, channel } = await openScene();
    sandbox.control.addFault({ method: "conversations.members", kind: "stall" });
    const signal = AbortSignal.timeout(150);
    await expect(rawCall(sandbox, `conversations.members?channel=${channel}`, { signal })).rejects.toThrow(
      "timeout",
    );
    expect((await rawCall(sandbox, `conversations.members?channel=${channel}`)).answer["ok"]).toBe(true);
    expect(sandbox.control.calls().calls.map((call) => [call.status, call.fault])).toEqual([
      [0, "stall"],
      [200, null],
    ]);
  });

  test("drops the connection in the middle of the body", async () => {
    const { sandbox, client, channel } = await openScene();
    sandbox.control.addFault({ method: "conversations.members", kind: "drop" });
    await expect(client.conversations.members({ channel })).rejects.toThrow("terminated");
    expect((await client.conversations.members({ channel })).ok).toBe(true);
  });

  test.each([
    ["html", 200, "text/html; charset=utf-8"],
    ["http500", 500, "text/html; charset=utf-8"],
    ["http502", 502, "text/html; charset=utf-8"],
    ["http503", 503, "text/html; charset=utf-8"],
    ["cut-json", 200, "application/json; charset=utf-8"],
  ])("of kind %s answers %i with %s that is no JSON", async (kind, status, type) => {
    const { sandbox, client } = await openScene();
    sandbox.control.addFault({ method: "*", kind, times: 2 });
    const { token } = client;
    const response = await fetch(`${sandbox.ready.slack.apiUrl}auth.test`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await response.text();
    expect([response.status, response.headers.get("content-type")]).toEqual([status, type]);
    expect(() => JSON.parse(text) as unknown).toThrow("JSON");
    await expect(client.auth.test()).rejects.toThrow(/error/i);
    expect((await client.auth.test()).ok).toBe(true);
  });

  test("storms with 429 that the official client waits out", async () => {
    const { sandbox, channel } = await openScene();
    const patient = officialClient(sandbox, sandbox.ready.slack.tokens.full, {
      retryConfig: { retries: 5, minTimeout: 1 },
    });
    sandbox.control.addFault({
      method: "conversations.members",
      kind: "ratelimit",
      times: 2,
      retryAfterS: 1,
    });
    const startedMs = Date.now();
    expect((await patient.conversations.members({ channel })).ok).toBe(true);
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(1_900);
    expect(sandbox.control.calls().rateLimited).toBe(2);
  });

  test("answers with any Slack error, after so many good calls, in one channel only", async () => {
    const { sandbox, client, channel } = await openScene();
    const other =
      sandbox.control.truth().groups.find((group) => group.visibleToToken && group.id !== channel)?.id ?? "";
    sandbox.control.addFault({
      method: "conversations.members",
      kind: "error:fatal_error",
      after: 1,
      channel,
    });
    expect((await client.conversations.members({ channel })).ok).toBe(true);
    expect((await client.conversations.members({ channel: other })).ok).toBe(true);
    expect(await refusalOf(client.conversations.members({ channel }))).toMatchObject({
      error: "fatal_error",
    });
    expect((await client.conversations.members({ channel })).ok).toBe(true);
  });

  test("makes a channel vanish between listing and reading", async () => {
    const { sandbox, client, channel } = await openScene();
    sandbox.control.addFault({ method: "conversations.members", kind: "vanish", channel });
    const ids = async () => {
      const { channels = [] } = await client.conversations.list({ types: "public_channel,private_channel" });
      return channels.map((one) => one.id);
    };
    expect(await ids()).toContain(channel);
    expect(await refusalOf(client.conversations.members({ channel }))).toMatchObject({
      error: "channel_not_found",
    });
    expect(await ids()).not.toContain(channel);
    expect(sandbox.control.truth().groups.map((group) => group.id)).not.toContain(channel);
  });

  test.each([
    ["revoke", "token_revoked"],
    ["expire", "token_expired"],
  ])("of kind %s ends the token for good, from the call it strikes", async (kind, error) => {
    const { sandbox, client } = await openScene();
    sandbox.control.addFault({ method: "users.list", kind, after: 1 });
    expect((await client.users.list({ limit: 10 })).ok).toBe(true);
    expect(await refusalOf(client.users.list({ limit: 10 }))).toMatchObject({ error });
    expect(await refusalOf(client.auth.test())).toMatchObject({ error });
  });

  test.each(["conversations.members", "conversations.list", "users.list", "conversations.history"])(
    "sends readers of %s back to the same cursor for ever",
    async (method) => {
      const { sandbox, channel } = await openScene();
      sandbox.control.addFault({ method, kind: "repeat-cursor" });
      let cursor = "";
      const cursors: string[] = [];
      for (let page = 0; page < 4; page++) {
        const query = new URLSearchParams({ channel, limit: "2", cursor });
        const { answer } = await rawCall(sandbox, `${method}?${query}`);
        expect(answer["ok"]).toBe(true);
        cursor = (answer["response_metadata"] as { next_cursor: string }).next_cursor;
        cursors.push(cursor);
      }
      expect(new Set(cursors).size).toBe(1);
      expect(cursor).not.toBe("");
    },
  );

  test("cuts pages short honestly: the cursor goes on where the page ended", async () => {
    const { sandbox, client, channel } = await openScene();
    sandbox.control.addFault({ method: "conversations.members", kind: "truncate", times: null });
    const seen: string[] = [];
    for await (const page of client.paginate("conversations.members", { channel, limit: 4 })) {
      const { members = [] } = page as { members?: string[] };
      expect(members.length).toBeLessThanOrEqual(2);
      seen.push(...members);
    }
    expect(seen).toEqual(sandbox.control.truth().groups.find((group) => group.id === channel)?.memberIds);
  });

  test("doubles an item or loses half a page without a word", async () => {
    const { sandbox, client, channel } = await openScene();
    const real = (await client.conversations.members({ channel })).members ?? [];
    sandbox.control.addFault({ method: "conversations.members", kind: "duplicate" });
    sandbox.control.addFault({ method: "conversations.members", kind: "lose" });
    expect((await client.conversations.members({ channel })).members).toEqual([real[0], ...real]);
    const lossy = await client.conversations.members({ channel });
    expect(lossy.members).toEqual(real.slice(0, Math.floor(real.length / 2)));
    expect(lossy.response_metadata?.next_cursor).toBe("");
  });

  test("delays an answer", async () => {
    const { sandbox, client } = await openScene();
    sandbox.control.addFault({ method: "auth.test", kind: "slow", delayMs: 200 });
    const startedMs = Date.now();
    await client.auth.test();
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(190);
  });

  test.each([
    [{ method: "auth.test", kind: "explode" }, "kind must be one of"],
    [{ method: "auth.test", kind: "error" }, "needs a code"],
    [{ method: "nothing", kind: "stall" }, "method must be"],
    [{ method: "auth.test", kind: "stall", times: -1 }, "times must be"],
  ])("ordered as %j is refused", async (order, message) => {
    const { sandbox } = await openScene();
    expect(() => sandbox.control.addFault(order)).toThrow(message);
  });
});

test("closing the sandbox also ends stalled calls", async () => {
  const { sandbox } = await openScene();
  sandbox.control.addFault({ method: "auth.test", kind: "stall" });
  const stalled = rawCall(sandbox, "auth.test").catch(() => "ended");
  await new Promise((resolve) => setTimeout(resolve, 50));
  await sandbox.close();
  expect(await stalled).toBe("ended");
});

async function openScene(): Promise<{ sandbox: Sandbox; client: WebClient; channel: string }> {
  const sandbox = await openSandbox();
  const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
  const { groups } = sandbox.control.truth();
  const channel = groups.find((group) => group.visibleToToken && group.memberIds.length > 6)?.id ?? "";
  return { sandbox, client, channel };
}
