import { afterEach, describe, expect, test } from "vitest";
import {
  openSlackSession,
  type SlackSession,
  type SlackSessionOptions,
} from "#main/platforms/slack/index.ts";
import { failure } from "#shared/domain/failure.ts";
import { silentLog } from "#shared/lib/log.ts";
import { err, ok } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import * as server from "#test/platforms/slack/scripted-server.ts";

const TOKEN = "xoxp-0000-secret";
const never = new AbortController().signal;
const page = { cursor: null, signal: never };

let running: server.ScriptedServer | null = null;

afterEach(async () => {
  await running?.close();
  running = null;
});

async function open(
  replies: Parameters<typeof server.startScriptedServer>,
  options: Partial<SlackSessionOptions> = {},
): Promise<{ session: SlackSession; script: server.ScriptedServer }> {
  running = await server.startScriptedServer(...replies);
  const session = openSlackSession({
    token: TOKEN,
    apiUrl: running.apiUrl,
    clock: systemClock,
    log: silentLog,
    deadlineMs: 300,
    retryPauseMs: 1,
    ...options,
  });
  return { session, script: running };
}

const me = { ok: true, url: "https://x.slack.com/", team: "Team", user: "ann", team_id: "T1", user_id: "U1" };

describe("what the session asks and understands", () => {
  test("tells a user token, its owner and its scopes from auth.test", async () => {
    const { session, script } = await open([
      server.json(me, { "x-oauth-scopes": "channels:read, users:read" }),
    ]);

    expect(await session.fetchIdentity({ signal: never })).toEqual(
      ok({
        teamId: "T1",
        teamName: "Team",
        userId: "U1",
        userName: "ann",
        tokenKind: "user",
        scopes: ["channels:read", "users:read"],
      }),
    );
    expect(script.requests).toEqual([{ method: "auth.test", authorization: `Bearer ${TOKEN}`, args: {} }]);
  });

  test("tells a bot token by its bot id", async () => {
    const { session } = await open([server.json({ ...me, bot_id: "B1" })]);

    expect(await session.fetchIdentity({ signal: never })).toMatchObject({
      value: { tokenKind: "bot", scopes: [] },
    });
  });

  test("reads channels with odd names, ignores fields it does not know and repairs half a surrogate pair", async () => {
    const { session, script } = await open([
      server.json({
        ok: true,
        channels: [
          {
            id: "C1",
            name: "naïve-日本-👩‍🚀",
            is_private: false,
            is_member: true,
            num_members: 3,
            is_general: true,
            novelty: { a: [1] },
          },
          { id: "C2", name: "half-\ud83d", is_private: true, is_archived: true, is_ext_shared: true },
          { id: "C3", name: "n".repeat(10_000), is_org_shared: true, num_members: null },
        ],
        response_metadata: { next_cursor: "next=" },
      }),
    ]);

    expect(await session.fetchChannels({ cursor: "here=", signal: never })).toEqual(
      ok({
        items: [
          {
            id: "C1",
            name: "naïve-日本-👩‍🚀",
            isPrivate: false,
            isArchived: false,
            isShared: false,
            isGeneral: true,
            isMember: true,
            memberCount: 3,
          },
          {
            id: "C2",
            name: "half-\ufffd",
            isPrivate: true,
            isArchived: true,
            isShared: true,
            isGeneral: false,
            isMember: true,
            memberCount: null,
          },
          {
            id: "C3",
            name: "n".repeat(1_000),
            isPrivate: false,
            isArchived: false,
            isShared: true,
            isGeneral: false,
            isMember: false,
            memberCount: null,
          },
        ],
        nextCursor: "next=",
      }),
    );
    expect(script.requests[0]?.args).toEqual({
      types: "public_channel,private_channel",
      exclude_archived: "false",
      limit: "1000",
      cursor: "here=",
    });
  });

  test("asks for the channels of another person, 999 a page", async () => {
    const { session, script } = await open([server.json({ ok: true, channels: [] })]);

    expect(await session.fetchChannelsOfUser({ ...page, userId: "U2" })).toEqual(
      ok({ items: [], nextCursor: null }),
    );
    expect(script.requests).toMatchObject([
      { method: "users.conversations", args: { user: "U2", limit: "999" } },
    ]);
  });

  test("takes an empty cursor for the last page of members", async () => {
    const { session } = await open([
      server.json({ ok: true, members: ["U1", "U2"], response_metadata: { next_cursor: "" } }),
    ]);

    expect(await session.fetchMembers({ ...page, channelId: "C1" })).toEqual(
      ok({ items: ["U1", "U2"], nextCursor: null }),
    );
  });

  test("knows guests, bots, Slackbot and people who left, and finds a name to show", async () => {
    const { session } = await open([
      server.json({
        ok: true,
        members: [
          { id: "U1", name: "ann", profile: { display_name: "", real_name: "Ann Bee", email: "a@b.c" } },
          { id: "U2", name: "gus", is_restricted: true, profile: { display_name: "Gus" } },
          { id: "U4", name: "una", is_restricted: true, is_ultra_restricted: true },
          { id: "U3", name: "leo", deleted: true },
          { id: "USLACKBOT", name: "slackbot", is_bot: false },
        ],
      }),
    ]);

    const guest = { isGuest: false, isOneChannelGuest: false };
    const ordinary = { email: null, isDeactivated: false, isBot: false, ...guest, rank: "member" };
    expect(await session.fetchUsers(page)).toEqual(
      ok({
        items: [
          { ...ordinary, id: "U1", username: "ann", displayName: "Ann Bee", email: "a@b.c" },
          { ...ordinary, id: "U2", username: "gus", displayName: "Gus", isGuest: true },
          {
            ...ordinary,
            id: "U4",
            username: "una",
            displayName: "una",
            isGuest: true,
            isOneChannelGuest: true,
          },
          { ...ordinary, id: "U3", username: "leo", displayName: "leo", isDeactivated: true },
          { ...ordinary, id: "USLACKBOT", username: "slackbot", displayName: "slackbot", isBot: true },
        ],
        nextCursor: null,
      }),
    );
  });

  test("an address that nobody has is no failure", async () => {
    const { session } = await open([server.refuse("users_not_found")]);

    expect(await session.findUserByEmail({ email: "x@y.z", signal: never })).toEqual(ok(null));
  });

  test("counts every request it sends, repetitions included", async () => {
    const { session } = await open([server.status(502), server.json({ ok: true, members: [] })]);
    await session.fetchMembers({ ...page, channelId: "C1" });
    await session.fetchUsers(page);

    expect(session.usage()).toMatchObject({
      calls: 3,
      callsByMethod: { "conversations.members": 2, "users.list": 1 },
    });
  });
});

describe("what Slack refuses", () => {
  test("what a token may do is told as a whole, or not at all", async () => {
    const some = Array.from({ length: 60 }, (_, at) => `scope-${at}:read`).join(",");
    const { session } = await open([
      server.refuse("missing_scope", { needed: "groups:read", provided: some }),
      server.refuse("missing_scope", { needed: "groups:read", provided: "x".repeat(8_001) }),
    ]);
    const provided = async () => {
      const answer = await session.fetchChannels(page);
      return answer.ok ? null : answer.error.facts["provided"];
    };
    expect([await provided(), await provided()]).toEqual([some, ""]);
  });

  test("names the missing scope and what was provided", async () => {
    const { session, script } = await open([
      server.refuse("missing_scope", { needed: "groups:read", provided: "channels:read,users:read" }),
    ]);

    expect(await session.fetchChannels(page)).toEqual(
      err(
        failure(
          "slack/missing-scope",
          { method: "conversations.list", needed: "groups:read", provided: "channels:read,users:read" },
          "Needed: groups:read.",
        ),
      ),
    );
    expect(script.requests).toHaveLength(1);
  });

  test.each([
    ["invalid_auth", "slack/token-invalid"],
    ["not_authed", "slack/token-invalid"],
    ["token_revoked", "slack/token-revoked"],
    ["token_expired", "slack/token-expired"],
    ["account_inactive", "slack/account-inactive"],
    ["not_allowed_token_type", "slack/token-kind"],
    ["channel_not_found", "slack/channel-not-found"],
    ["user_not_found", "slack/user-not-found"],
    ["org_login_required", "slack/not-allowed"],
    ["something_new", "slack/refused"],
  ])("translates %s once to %s and does not ask again", async (slackError, code) => {
    const { session, script } = await open([server.refuse(slackError)]);

    const result = await session.fetchChannel({ channelId: "C1", signal: never });

    expect({ result, calls: script.requests.length }).toMatchObject({
      result: { ok: false, error: { code, facts: { method: "conversations.info", slackError } } },
      calls: 1,
    });
  });

  test("waits out a 429 and then goes on, without a failure", async () => {
    const { session, script } = await open([
      server.status(429, { "retry-after": "1" }),
      server.json({ ok: true, members: ["U1"] }),
    ]);
    const shown: (string | null)[] = [];
    session.watchWaits((wait) => shown.push(wait?.why ?? null));

    const result = await session.fetchMembers({ ...page, channelId: "C1" });

    expect({ result, shown, calls: script.requests.length }).toEqual({
      result: ok({ items: ["U1"], nextCursor: null }),
      shown: ["Slack asked to slow down (conversations.members).", null],
      calls: 2,
    });
    expect(session.usage().waitedMs).toBeGreaterThanOrEqual(1_000);
  });

  test("a wait for a 429 ends when the caller gives up", async () => {
    const { session, script } = await open([server.status(429, { "retry-after": "3600" })]);
    const stop = new AbortController();
    session.watchWaits((wait) => wait && stop.abort(new Error("closed")));

    await expect(session.fetchUsers({ cursor: null, signal: stop.signal })).rejects.toThrow("closed");
    expect(script.requests).toHaveLength(1);
  });
});

describe("another fetch than Node's", () => {
  test("makes every request, and its own names for trouble are told", async () => {
    const asked: string[] = [];
    const { session } = await open([server.stall], {
      fetch: (input) => {
        asked.push(new URL(input instanceof Request ? input.url : input).pathname);
        return Promise.reject(new Error("net::ERR_CERT_AUTHORITY_INVALID"));
      },
    });

    expect([await session.fetchUsers(page), new Set(asked)]).toMatchObject([
      { error: { code: "network/unreachable", facts: { reason: "ERR_CERT_AUTHORITY_INVALID" } } },
      new Set(["/api/users.list"]),
    ]);
  });

  test("that reports a body we cut off as broken does not hide that time was up, nor who stopped it", async () => {
    const breaking: typeof fetch = async (input, init) => {
      const response = await fetch(input, { ...init, signal: null });
      const broken = new TransformStream<Uint8Array, Uint8Array>({
        start: (controller) =>
          init?.signal?.addEventListener("abort", () => controller.error(new Error("premature close"))),
      });
      return new Response(response.body?.pipeThrough(broken) ?? null, response);
    };
    const { session } = await open([server.stallInBody], { fetch: breaking });
    const timedOut = await session.fetchUsers(page);
    const stop = new AbortController();
    const stopped = session.fetchUsers({ cursor: null, signal: stop.signal });
    setTimeout(() => stop.abort(new Error("enough")), 50);

    await expect(stopped).rejects.toThrow("enough");
    expect(timedOut).toMatchObject({ error: { code: "network/timed-out" } });
  });
});

describe("when nobody answers intelligibly", () => {
  const cases: [string, Parameters<typeof server.startScriptedServer>[number], object][] = [
    ["stalls", server.stall, { code: "network/timed-out", facts: { method: "users.list" } }],
    ["stalls in the body", server.stallInBody, { code: "network/timed-out" }],
    ["hangs up", server.hangUp, { code: "network/unreachable", facts: { reason: "UND_ERR_SOCKET" } }],
    ["drops mid-body", server.dropInBody, { code: "network/unreachable" }],
    [
      "sends a web page",
      server.text("<!doctype html><p>Sign in to the café’s Wi-Fi"),
      { code: "slack/bad-answer", facts: { problem: "a web page instead of JSON" } },
    ],
    [
      "sends half JSON",
      server.text('{"ok":tr', "application/json"),
      { code: "slack/bad-answer", facts: { problem: "not JSON" } },
    ],
    ["sends null", server.json(null), { code: "slack/bad-answer", facts: { problem: "JSON without “ok”" } }],
    ["sends a list", server.json([1]), { code: "slack/bad-answer" }],
    [
      "fails itself",
      server.refuse("internal_error"),
      { code: "slack/bad-answer", facts: { slackError: "internal_error" } },
    ],
    ["answers 503", server.status(503), { code: "slack/bad-answer", facts: { status: 503 } }],
    ["redirects", server.status(302, { location: "http://127.0.0.1:1/" }), { code: "network/unreachable" }],
    [
      "forgets the members",
      server.json({ ok: true }),
      { code: "slack/bad-answer", facts: { problem: "unexpected-form", where: "members" } },
    ],
    [
      "gives one member a number for an id",
      server.json({ ok: true, members: [{ id: 7 }] }),
      { code: "slack/bad-answer", facts: { where: "members.0.id" } },
    ],
  ];

  test.each(cases)("a server that %s is asked four times and then named", async (_what, reply, error) => {
    const { session, script } = await open([reply]);

    const result = await session.fetchUsers(page);

    expect({ result, calls: script.requests.length }).toMatchObject({
      result: { ok: false, error },
      calls: 4,
    });
  });

  test.each(cases)("a server that %s once costs only a repetition", async (_what, reply) => {
    const { session, script } = await open([reply, server.json({ ok: true, members: [] })]);

    const result = await session.fetchUsers(page);

    expect({ result, calls: script.requests.length }).toEqual({
      result: ok({ items: [], nextCursor: null }),
      calls: 2,
    });
  });

  test("nothing listening is unreachable, with the system's reason", async () => {
    const { session, script } = await open([server.stall]);
    await script.close();

    const result = await session.fetchUsers(page);
    running = null;

    expect(result).toEqual(
      err(failure("network/unreachable", { method: "users.list", reason: "ECONNREFUSED" })),
    );
  });

  test("an answer larger than any page of Slack's is given up on", async () => {
    const megabyte = "x".repeat(1024 * 1024);
    const endless: Parameters<typeof server.startScriptedServer>[number] = (_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const more = (): void => {
        while (!response.destroyed && response.write(megabyte));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    };
    const { session } = await open([endless], { deadlineMs: 20_000 });

    expect(await session.fetchUsers(page)).toMatchObject({
      error: { code: "slack/bad-answer", facts: { problem: `longer than ${32 * 1024 * 1024} bytes` } },
    });
  });

  test("a write that got no answer is not repeated: it may have been done", async () => {
    const { session, script } = await open([server.hangUp]);

    const result = await session.revoke({ signal: never });

    expect({ result, calls: script.requests.length }).toMatchObject({
      result: { error: { code: "network/unreachable" } },
      calls: 1,
    });
  });

  test("a request in flight ends at once when the caller gives up", async () => {
    const { session, script } = await open([server.stall], { deadlineMs: 20_000 });
    const stop = new AbortController();
    const call = session.fetchUsers({ cursor: null, signal: stop.signal });
    while (script.requests.length === 0) await systemClock.sleep(5);
    stop.abort(new Error("closed"));

    await expect(call).rejects.toThrow("closed");
  });

  test("pages that lead in a circle end the listing", async () => {
    const pageTo = (next: string) =>
      server.json({ ok: true, members: [], response_metadata: { next_cursor: next } });
    const { session } = await open([pageTo("a"), pageTo("b"), pageTo("a")]);

    const results = [];
    for (const cursor of [null, "a", "b"]) results.push(await session.fetchUsers({ cursor, signal: never }));

    expect(results).toEqual([
      ok({ items: [], nextCursor: "a" }),
      ok({ items: [], nextCursor: "b" }),
      err(
        failure(
          "slack/bad-answer",
          { method: "users.list", problem: "cursor-repeated" },
          "Its pages lead in a circle.",
        ),
      ),
    ]);
  });
});

describe("a token that expires", () => {
  test("is renewed once and the call repeated with its successor", async () => {
    const { session, script } = await open([server.refuse("token_expired"), server.json(me)], {
      token: {
        getToken: () => Promise.resolve(ok(script.requests.length === 0 ? "old" : "new")),
        renewToken: (expired) => Promise.resolve(ok(`after ${expired}`)),
      },
    });

    const result = await session.fetchIdentity({ signal: never });

    expect({ ok: result.ok, sent: script.requests.map((request) => request.authorization) }).toEqual({
      ok: true,
      sent: ["Bearer old", "Bearer new"],
    });
  });

  test("that expires again at once ends the call", async () => {
    const renewals: string[] = [];
    const { session } = await open([server.refuse("token_expired")], {
      token: {
        getToken: () => Promise.resolve(ok("old")),
        renewToken: (expired) => {
          renewals.push(expired);
          return Promise.resolve(ok("new"));
        },
      },
    });

    const result = await session.fetchIdentity({ signal: never });

    expect({ result, renewals }).toMatchObject({
      result: { error: { code: "slack/token-expired" } },
      renewals: ["old"],
    });
  });

  test("that is not in the keychain any more ends the call before any request", async () => {
    const gone = failure("keychain/secret-missing");
    const { session, script } = await open([server.json(me)], {
      token: {
        getToken: () => Promise.resolve(err(gone)),
        renewToken: () => Promise.resolve(err(gone)),
      },
    });

    expect(await session.fetchIdentity({ signal: never })).toEqual(err(gone));
    expect(script.requests).toEqual([]);
  });
});

test("nothing the session logs or fails with holds the token", async () => {
  const lines: unknown[] = [];
  const note = (...line: unknown[]) => lines.push(line);
  const log = { debug: note, info: note, warn: note, error: note };
  const { session } = await open(
    [
      server.status(429, { "retry-after": "1" }),
      server.status(500),
      server.stall,
      server.text(`<p>${TOKEN}`),
      server.refuse("invalid_auth"),
    ],
    { log },
  );

  const result = await session.fetchUsers(page);

  expect(lines).toHaveLength(4);
  expect(JSON.stringify([lines, result])).not.toContain(TOKEN);
});
