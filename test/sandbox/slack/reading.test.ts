import { describe, expect, test } from "vitest";
import { officialClient, openSandbox, rawCall, refusalOf } from "#test/sandbox/open-sandbox.ts";

const ALL_TYPES = "public_channel,private_channel";

describe("the official client", () => {
  test("checks its token and sees the granted scopes", async () => {
    const sandbox = await openSandbox();
    const answer = await officialClient(sandbox, sandbox.ready.slack.tokens.full).auth.test();
    expect(answer.ok).toBe(true);
    expect([answer.team_id, answer.user_id]).toEqual([
      sandbox.ready.slack.teamId,
      sandbox.ready.slack.tokenOwnerId,
    ]);
    expect(answer.response_metadata?.scopes).toContain("groups:read");
  });

  test("pages through channels, users and members without missing or repeating one", async () => {
    const sandbox = await openSandbox({ world: "reference" });
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
    const truth = sandbox.control.truth();
    const channels = await collect(
      client.paginate("conversations.list", { types: ALL_TYPES, limit: 37 }),
      "channels",
    );
    const visible = truth.groups.filter((group) => group.visibleToToken).map((group) => group.id);
    expect(channels.map((channel) => (channel as { id: string }).id).sort()).toEqual(visible.sort());
    const users = await collect(client.paginate("users.list", { limit: 50 }), "members");
    const own = truth.people.filter((person) => !person.external).map((person) => person.slackUserId);
    expect(users.map((user) => (user as { id: string }).id)).toEqual(own);
    const largest = truth.groups
      .filter((group) => group.platform === "slack")
      .toSorted((left, right) => right.memberIds.length - left.memberIds.length)[0];
    const members = await collect(
      client.paginate("conversations.members", { channel: largest?.id ?? "", limit: 10 }),
      "members",
    );
    expect(members).toEqual(largest?.memberIds);
  });

  test("gets documented channel fields, with member counts from conversations.list only", async () => {
    const sandbox = await openSandbox();
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
    const [channel] = (await client.conversations.list({ types: ALL_TYPES })).channels ?? [];
    expect(channel).toMatchObject({ is_channel: true, is_im: false, is_mpim: false, previous_names: [] });
    expect(Object.keys(channel ?? {})).toEqual(
      expect.arrayContaining([
        "id",
        "name",
        "name_normalized",
        "is_private",
        "is_archived",
        "is_general",
        "is_shared",
      ]),
    );
    expect(Object.keys(channel ?? {})).toEqual(
      expect.arrayContaining([
        "is_ext_shared",
        "is_org_shared",
        "is_member",
        "creator",
        "created",
        "num_members",
        "topic",
      ]),
    );
    const theirs = await client.users.conversations({ types: ALL_TYPES });
    expect(theirs.channels?.[0]).not.toHaveProperty("num_members");
    const id = channel?.id ?? "";
    expect((await client.conversations.info({ channel: id })).channel).not.toHaveProperty("num_members");
    const counted = await client.conversations.info({ channel: id, include_num_members: true });
    expect(counted.channel).toHaveProperty("num_members", channel?.num_members);
  });

  test("looks people up by id and by email, and user groups by handle", async () => {
    const sandbox = await openSandbox();
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
    const { people } = sandbox.control.truth();
    const member = people.find((person) => person.role === "Sales engineer");
    const gone = people.find((person) => person.deactivated);
    const outsider = people.find((person) => person.external);
    const byEmail = await client.users.lookupByEmail({ email: member?.email ?? "" });
    expect(byEmail.user?.id).toBe(member?.slackUserId);
    const left = await client.users.info({ user: gone?.slackUserId ?? "" });
    expect(left.user).toMatchObject({ deleted: true });
    const stranger = await client.users.info({ user: outsider?.slackUserId ?? "" });
    expect(stranger.user).toMatchObject({ is_stranger: true });
    expect(stranger.user?.team_id).not.toBe(sandbox.ready.slack.teamId);
    expect(await refusalOf(client.users.lookupByEmail({ email: gone?.email ?? "" }))).toMatchObject({
      error: "users_not_found",
    });
    const { usergroups = [] } = await client.usergroups.list();
    const group = usergroups.find((one) => one.handle === "sales-engineer");
    const { users } = await client.usergroups.users.list({ usergroup: group?.id ?? "" });
    expect(users).toContain(member?.slackUserId);
    expect((await client.team.info()).team?.name).toBe(sandbox.ready.slack.teamName);
  });
});

describe("users.conversations for another user", () => {
  test("leaves out private channels the token's owner is not in", async () => {
    const sandbox = await openSandbox({ world: "reference" });
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
    const truth = sandbox.control.truth();
    const hidden = truth.groups.filter((group) => !group.visibleToToken);
    const user = truth.people.find(
      (person) => person.team && hidden.some((group) => group.memberIds.includes(person.slackUserId)),
    );
    expect(user).toBeDefined();
    const answer = await client.users.conversations({
      user: user?.slackUserId ?? "",
      types: ALL_TYPES,
      limit: 999,
    });
    const ids = answer.channels?.map((channel) => channel.id ?? "") ?? [];
    const expected = truth.groups.filter(
      (g) => g.visibleToToken && g.memberIds.includes(user?.slackUserId ?? ""),
    );
    expect(ids.sort()).toEqual(expected.map((group) => group.id).sort());
  });

  test("is empty for a deactivated user and refused for an unknown one", async () => {
    const sandbox = await openSandbox();
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
    const gone = sandbox.control.truth().people.find((person) => person.deactivated);
    expect((await client.users.conversations({ user: gone?.slackUserId ?? "" })).channels).toEqual([]);
    expect(await refusalOf(client.users.conversations({ user: "U0NOBODY001" }))).toMatchObject({
      error: "user_not_found",
    });
  });

  test("honours types and exclude_archived", async () => {
    const sandbox = await openSandbox({ world: "reference" });
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
    const every = (await client.users.conversations({ types: ALL_TYPES, limit: 999 })).channels ?? [];
    const current = await client.users.conversations({
      types: ALL_TYPES,
      limit: 999,
      exclude_archived: true,
    });
    const open = (await client.users.conversations({ limit: 999 })).channels ?? [];
    expect(every.some((channel) => channel.is_archived)).toBe(true);
    expect(current.channels?.map((channel) => channel.id)).toEqual(
      every.filter((channel) => !channel.is_archived).map((channel) => channel.id),
    );
    expect(open.length).toBeGreaterThan(0);
    expect(open.every((channel) => channel.is_private === false)).toBe(true);
  });
});

describe("limits and cursors", () => {
  test.each([
    ["conversations.list", "limit=1001", "invalid_limit"],
    ["users.conversations", "limit=1000", "invalid_limit"],
    ["conversations.list", "limit=-1", "invalid_limit"],
    ["conversations.list", "cursor=nonsense", "invalid_cursor"],
    ["conversations.list", `cursor=${btoa("user:U0ANN000001")}`, "invalid_cursor"],
    ["users.list", `cursor=${btoa("user:U0NOBODY001")}`, "invalid_cursor"],
    ["conversations.list", "types=groups", "invalid_types"],
    ["conversations.members", "", "channel_not_found"],
    ["conversations.members", "channel=D012345678A", "method_not_supported_for_channel_type"],
  ])("of %s?%s are refused with %s", async (method, query, error) => {
    const sandbox = await openSandbox();
    expect((await rawCall(sandbox, `${method}?${query}`)).answer).toMatchObject({ ok: false, error });
  });

  test("default to 100 items a page", async () => {
    const sandbox = await openSandbox({ world: "reference" });
    const { answer } = await rawCall(sandbox, `conversations.list?types=${ALL_TYPES}`);
    expect((answer["channels"] as unknown[]).length).toBe(100);
  });

  test("still lead to the rest when the person a cursor names has left the channel", async () => {
    const sandbox = await openSandbox();
    const group = sandbox.control.truth().groups.find((one) => one.name === "general");
    const members = group?.memberIds ?? [];
    const first = await rawCall(sandbox, `conversations.members?channel=${group?.id}&limit=5`);
    sandbox.control.change({ kind: "remove-member", channel: group?.id ?? "", user: members[5] ?? "" });
    const cursor = (first.answer["response_metadata"] as { next_cursor: string }).next_cursor;
    const rest = await rawCall(
      sandbox,
      `conversations.members?channel=${group?.id}&limit=900&cursor=${encodeURIComponent(cursor)}`,
    );
    expect([...(first.answer["members"] as string[]), ...(rest.answer["members"] as string[])]).toEqual(
      members.filter((id) => id !== members[5]),
    );
  });
});

async function collect(pages: AsyncIterable<unknown>, key: string): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const page of pages) items.push(...((page as Record<string, unknown[]>)[key] ?? []));
  return items;
}
