import { describe, expect, test } from "vitest";
import { openSandbox, rawCall } from "#test/sandbox/open-sandbox.ts";

describe("a request", () => {
  test.each([
    ["a query", "?channel=CHANNEL", {}],
    [
      "a form",
      "",
      { method: "POST", body: new URLSearchParams({ channel: "CHANNEL" }).toString(), type: "form" },
    ],
    ["JSON", "", { method: "POST", body: '{"channel":"CHANNEL","limit":3}', type: "json" }],
    ["JSON with a charset", "", { method: "POST", body: '{"channel":"CHANNEL"}', type: "json-charset" }],
  ] as const)(
    "may carry its arguments as %s",
    async (_what, query, { type, ...init }: RequestInit & { type?: string }) => {
      const sandbox = await openSandbox();
      const channel = sandbox.control.truth().groups.find((group) => group.name === "general")?.id ?? "";
      const types: Record<string, string> = {
        form: "application/x-www-form-urlencoded",
        json: "application/json",
        "json-charset": "application/json; charset=utf-8",
      };
      const body = typeof init.body === "string" ? init.body.replace("CHANNEL", channel) : null;
      const headers: Record<string, string> = type ? { "content-type": types[type] ?? "" } : {};
      const { answer } = await rawCall(sandbox, `conversations.info${query.replace("CHANNEL", channel)}`, {
        ...init,
        body,
        headers,
      });
      expect(answer).toMatchObject({ ok: true, channel: { id: channel } });
    },
  );

  test("may be multipart, and may carry the token as an argument", async () => {
    const sandbox = await openSandbox();
    const form = new FormData();
    form.set("token", sandbox.ready.slack.tokens.full);
    form.set("user", sandbox.ready.slack.tokenOwnerId);
    const { answer } = await rawCall(sandbox, "users.info", { method: "POST", body: form, token: "" });
    expect(answer).toMatchObject({ ok: true, user: { id: sandbox.ready.slack.tokenOwnerId } });
  });

  test.each([
    ["{ nope", "application/json", "invalid_json"],
    ["[1]", "application/json", "json_not_object"],
    ["x", "multipart/form-data; boundary=b", "invalid_form_data"],
    ["x", "application/xml", "invalid_post_type"],
  ])("with the body %j as %s is refused with %s", async (body, type, error) => {
    const sandbox = await openSandbox();
    const headers = { "content-type": type };
    expect((await rawCall(sandbox, "auth.test", { method: "POST", body, headers })).answer).toMatchObject({
      error,
    });
  });

  test("for a method that is not there is answered unknown_method and remembered", async () => {
    const sandbox = await openSandbox();
    for (const method of ["admin.users.list", "toString", "__proto__"]) {
      expect((await rawCall(sandbox, method)).answer).toMatchObject({ ok: false, error: "unknown_method" });
    }
    expect(sandbox.control.calls().unknownMethods).toEqual(["admin.users.list", "toString", "__proto__"]);
  });

  test("gets the granted and the accepted scopes in the headers", async () => {
    const sandbox = await openSandbox();
    const { headers } = await rawCall(sandbox, "users.list", {
      token: sandbox.ready.slack.tokens.missingScope,
    });
    expect([headers.get("x-oauth-scopes"), headers.get("x-accepted-oauth-scopes")]).toEqual([
      "channels:read,users:read",
      "users:read",
    ]);
  });

  test("without a required argument is told which one", async () => {
    const sandbox = await openSandbox();
    expect((await rawCall(sandbox, "users.info")).answer).toMatchObject({
      error: "invalid_arguments",
      response_metadata: { messages: ["[ERROR] missing required field: user"] },
    });
  });

  test("of users.list for a very large workspace needs a limit", async () => {
    const sandbox = await openSandbox({ world: "huge" });
    expect((await rawCall(sandbox, "users.list")).answer).toMatchObject({ error: "limit_required" });
    const { answer } = await rawCall(sandbox, "users.list?limit=5000");
    expect((answer["members"] as unknown[]).length).toBe(1_000);
    const large = sandbox.control.truth().groups.find((group) => group.name === "all-hands");
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = (
        await rawCall(sandbox, `conversations.members?channel=${large?.id}&limit=999&cursor=${cursor}`)
      ).answer;
      seen.push(...(page["members"] as string[]));
      cursor = encodeURIComponent((page["response_metadata"] as { next_cursor: string }).next_cursor);
    } while (cursor !== "");
    expect(seen).toEqual(large?.memberIds);
  });
});

describe("the call log", () => {
  test("counts calls by method and never holds a token", async () => {
    const sandbox = await openSandbox();
    await rawCall(sandbox, "auth.test");
    await rawCall(sandbox, "auth.test", { token: sandbox.ready.slack.tokens.revoked });
    await rawCall(sandbox, "users.list?limit=1", { token: "xoxp-made-up" });
    const report = sandbox.control.calls();
    expect([report.total, report.counts]).toEqual([3, { "auth.test": 2, "users.list": 1 }]);
    expect(report.calls.map((call) => [call.token, call.error])).toEqual([
      ["full", null],
      ["revoked", "token_revoked"],
      ["unknown", "invalid_auth"],
    ]);
    expect(JSON.stringify(report)).not.toContain("xox");
    sandbox.control.clearCalls();
    expect(sandbox.control.calls().total).toBe(0);
  });
});

describe("the control API", () => {
  test("takes faults, changes and settings over HTTP, below its secret path only", async () => {
    const sandbox = await openSandbox();
    const ask = async (
      method: string,
      path: string,
      body?: unknown,
    ): Promise<[number, Record<string, unknown>]> => {
      const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const response = await fetch(new URL(path, sandbox.ready.controlUrl), init);
      return [response.status, (await response.json()) as Record<string, unknown>];
    };
    const group = sandbox.control.truth().groups[0];
    expect(await ask("POST", "faults", { method: "auth.test", kind: "html" })).toMatchObject([
      200,
      { kind: "html" },
    ]);
    expect(await ask("GET", "faults")).toMatchObject([200, { faults: [{ method: "auth.test" }] }]);
    expect(await ask("DELETE", "faults")).toEqual([200, { removed: 1 }]);
    expect(await ask("POST", "faults", { kind: "html" })).toEqual([400, { error: "method must be a text" }]);
    const change = { kind: "rename-channel", channel: group?.id, name: "bitsafe-new" };
    expect((await ask("POST", "world", change))[0]).toBe(200);
    expect(await ask("POST", "world", { kind: "explode" })).toMatchObject([400, {}]);
    expect(await ask("POST", "world", { kind: "archive-channel", channel: "C0" })).toEqual([
      400,
      { error: "no channel C0 in this world" },
    ]);
    const groups = (await ask("GET", "truth"))[1]["groups"] as { name: string }[];
    expect(groups[0]?.name).toBe("bitsafe-new");
    expect(await ask("POST", "settings", { limits: true })).toMatchObject([
      200,
      { limits: true, historyCap: false },
    ]);
    expect((await ask("POST", "settings", { nope: true }))[0]).toBe(400);
    expect(await ask("GET", "calls")).toMatchObject([200, { total: 0 }]);
    expect((await ask("GET", "nothing"))[0]).toBe(404);
    const guessed = await fetch(sandbox.ready.controlUrl.replace(/[0-9a-f]{32}/, "0".repeat(32)));
    expect(guessed.status).toBe(404);
  });
});
