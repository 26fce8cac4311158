import { describe, expect, test } from "vitest";
import { officialClient, openSandbox, rawCall, refusalOf } from "#test/sandbox/open-sandbox.ts";

const ALL_TYPES = "public_channel,private_channel";

describe("a token", () => {
  test.each([
    ["revoked", "token_revoked"],
    ["expired", "token_expired"],
    ["inactive", "account_inactive"],
  ] as const)("of the %s kind is refused with %s by every method", async (kind, error) => {
    const sandbox = await openSandbox();
    const client = officialClient(sandbox, sandbox.ready.slack.tokens[kind]);
    expect(await refusalOf(client.auth.test())).toMatchObject({ ok: false, error });
    expect(await refusalOf(client.conversations.list())).toMatchObject({ ok: false, error });
  });

  test("that is missing or unknown is refused with not_authed or invalid_auth", async () => {
    const sandbox = await openSandbox();
    expect((await rawCall(sandbox, "auth.test", { token: "" })).answer["error"]).toBe("not_authed");
    expect((await rawCall(sandbox, "auth.test", { token: "xoxp-no" })).answer["error"]).toBe("invalid_auth");
  });

  test("without a scope is told what is needed and what it has", async () => {
    const sandbox = await openSandbox();
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.missingScope);
    expect((await client.auth.test()).ok).toBe(true);
    expect((await client.conversations.list()).channels?.length).toBeGreaterThan(0);
    expect(await refusalOf(client.conversations.list({ types: ALL_TYPES }))).toMatchObject({
      error: "missing_scope",
      needed: "groups:read",
      provided: "channels:read,users:read",
    });
    const hidden = sandbox.control
      .truth()
      .groups.find((group) => group.kind === "private" && group.visibleToToken);
    expect(await refusalOf(client.conversations.members({ channel: hidden?.id ?? "" }))).toMatchObject({
      error: "missing_scope",
      needed: "groups:read",
    });
    expect(await refusalOf(client.team.info())).toMatchObject({
      error: "missing_scope",
      needed: "team:read",
    });
  });

  test("without users:read.email gets users without email addresses", async () => {
    const sandbox = await openSandbox();
    const { tokens, tokenOwnerId } = sandbox.ready.slack;
    const poor = await officialClient(sandbox, tokens.missingScope).users.info({ user: tokenOwnerId });
    const rich = await officialClient(sandbox, tokens.full).users.info({ user: tokenOwnerId });
    expect(poor.user?.profile).not.toHaveProperty("email");
    expect(rich.user?.profile?.email).toContain("@");
  });

  test("of a bot sees the private channels it was added to and no others", async () => {
    const sandbox = await openSandbox({ world: "reference" });
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.bot);
    const { bot_id: botId, user_id: botUser = "" } = await client.auth.test();
    expect(botId).toMatch(/^B/);
    const { channels = [] } = await client.conversations.list({ types: ALL_TYPES, limit: 1_000 });
    const expected = sandbox.control
      .truth()
      .groups.filter((group) => group.kind === "public" || group.memberIds.includes(botUser));
    expect(channels.map((channel) => channel.id).sort()).toEqual(expected.map((group) => group.id).sort());
    const elsewhere = expected.find((group) => !group.memberIds.includes(botUser));
    expect(await refusalOf(client.conversations.history({ channel: elsewhere?.id ?? "" }))).toMatchObject({
      error: "not_in_channel",
    });
  });

  test("of a guest sees only the channels the guest is in and may not manage any", async () => {
    const sandbox = await openSandbox({ world: "reference" });
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.guest);
    const { user_id: guest = "" } = await client.auth.test();
    const { channels = [] } = await client.conversations.list({ types: ALL_TYPES, limit: 1_000 });
    const theirs = sandbox.control.truth().groups.filter((group) => group.memberIds.includes(guest));
    expect(channels.map((channel) => channel.id).sort()).toEqual(theirs.map((group) => group.id).sort());
    expect(await refusalOf(client.conversations.create({ name: "guests-own" }))).toMatchObject({
      error: "user_is_restricted",
    });
  });

  test("can revoke itself, and a test revocation changes nothing", async () => {
    const sandbox = await openSandbox();
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
    expect(await client.auth.revoke({ test: true })).toMatchObject({ ok: true, revoked: false });
    expect(await client.auth.revoke()).toMatchObject({ ok: true, revoked: true });
    expect(await refusalOf(client.auth.test())).toMatchObject({ error: "token_revoked" });
  });
});
