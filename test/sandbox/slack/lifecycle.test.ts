import { describe, expect, test } from "vitest";
import { officialClient, openSandbox, refusalOf } from "#test/sandbox/open-sandbox.ts";

describe("a channel", () => {
  test("is created, renamed, given a topic and a purpose, archived and brought back", async () => {
    const sandbox = await openSandbox();
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
    const created = await client.conversations.create({ name: "bitsafe-neu_größe", is_private: true });
    const channel = created.channel?.id ?? "";
    expect(created.channel).toMatchObject({ name: "bitsafe-neu_größe", is_private: true, is_member: true });
    const renamed = await client.conversations.rename({ channel, name: "bitsafe-東京" });
    expect(renamed.channel).toMatchObject({
      id: channel,
      name: "bitsafe-東京",
      previous_names: ["bitsafe-neu_größe"],
    });
    await client.conversations.setTopic({ channel, topic: "🚀" });
    await client.conversations.setPurpose({ channel, purpose: "test" });
    const info = (await client.conversations.info({ channel })).channel;
    expect([info?.topic?.value, info?.purpose?.value]).toEqual(["🚀", "test"]);
    await client.conversations.archive({ channel });
    expect(await refusalOf(client.conversations.archive({ channel }))).toMatchObject({
      error: "already_archived",
    });
    expect(await refusalOf(client.conversations.rename({ channel, name: "x" }))).toMatchObject({
      error: "is_archived",
    });
    await client.conversations.unarchive({ channel });
    expect(await refusalOf(client.conversations.unarchive({ channel }))).toMatchObject({
      error: "not_archived",
    });
    expect(sandbox.control.truth().groups.find((group) => group.id === channel)).toMatchObject({
      name: "bitsafe-東京",
      isArchived: false,
    });
  });

  test.each([
    ["", "invalid_name_required"],
    ["a".repeat(81), "invalid_name_maxlength"],
    ["---", "invalid_name_punctuation"],
    ["With Space", "invalid_name_specials"],
    ["Upper", "invalid_name_specials"],
    ["dot.ted", "invalid_name_specials"],
    ["general", "name_taken"],
  ])("cannot be named %j: %s", async (name, error) => {
    const sandbox = await openSandbox();
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
    expect(await refusalOf(client.conversations.create({ name }))).toMatchObject({ error });
  });

  test("is renamed by its creator or an administrator only", async () => {
    const sandbox = await openSandbox();
    const bot = officialClient(sandbox, sandbox.ready.slack.tokens.bot);
    const general = sandbox.control.truth().groups.find((group) => group.name === "general")?.id ?? "";
    expect(await refusalOf(bot.conversations.rename({ channel: general, name: "bots-own" }))).toMatchObject({
      error: "not_authorized",
    });
  });

  test("named general cannot be archived, and nothing too long becomes a topic", async () => {
    const sandbox = await openSandbox();
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
    const channel = sandbox.control.truth().groups.find((group) => group.name === "general")?.id ?? "";
    expect(await refusalOf(client.conversations.archive({ channel }))).toMatchObject({
      error: "cant_archive_general",
    });
    expect(await refusalOf(client.conversations.setTopic({ channel, topic: "x".repeat(251) }))).toMatchObject(
      {
        error: "too_long",
      },
    );
  });

  test("renamed, archived or emptied behind our back shows at the next call", async () => {
    const sandbox = await openSandbox();
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
    const truth = sandbox.control.truth();
    const group = truth.groups.find((one) => one.customer && one.visibleToToken);
    const channel = group?.id ?? "";
    const person = truth.people.find(
      (one) => one.team && !one.tokenOwner && group?.memberIds.includes(one.slackUserId),
    );
    const user = person?.slackUserId ?? "";
    sandbox.control.change({ kind: "rename-channel", channel, name: "bitsafe-renamed" });
    sandbox.control.change({ kind: "deactivate-user", user });
    const info = await client.conversations.info({ channel });
    expect(info.channel).toMatchObject({ id: channel, name: "bitsafe-renamed" });
    expect((await client.conversations.members({ channel })).members).not.toContain(user);
    expect((await client.users.info({ user })).user?.deleted).toBe(true);
    sandbox.control.change({ kind: "remove-channel", channel });
    expect(await refusalOf(client.conversations.members({ channel }))).toMatchObject({
      error: "channel_not_found",
    });
  });
});
