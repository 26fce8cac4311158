import { describe, expect, test } from "vitest";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import type { TruthGroup, TruthPerson } from "#sandbox/world/truth.ts";
import { officialClient, openSandbox, refusalOf } from "#test/sandbox/open-sandbox.ts";

describe("conversations.invite", () => {
  test("puts people in, and the truth tells so", async () => {
    const { sandbox, client, group, outside } = await openScene();
    const answer = await client.conversations.invite({
      channel: group.id,
      users: idsOf(outside.slice(0, 2)),
    });
    expect(answer.channel?.id).toBe(group.id);
    expect(membersNow(sandbox, group)).toEqual(
      expect.arrayContaining(outside.slice(0, 2).map((p) => p.slackUserId)),
    );
  });

  test("fails as a whole when one user is bad, and goes on with force", async () => {
    const { sandbox, client, group, inside, outside } = await openScene();
    const [good, already] = [outside[0] as TruthPerson, inside[0] as TruthPerson];
    const users = `${good.slackUserId},${already.slackUserId},U0NOBODY001`;
    const errors = [
      { user: already.slackUserId, ok: false, error: "already_in_channel" },
      { user: "U0NOBODY001", ok: false, error: "user_not_found" },
    ];
    expect(await refusalOf(client.conversations.invite({ channel: group.id, users }))).toMatchObject({
      error: "already_in_channel",
      errors,
    });
    expect(membersNow(sandbox, group)).not.toContain(good.slackUserId);
    expect(await client.conversations.invite({ channel: group.id, users, force: true })).toMatchObject({
      ok: true,
      errors,
    });
    expect(membersNow(sandbox, group)).toContain(good.slackUserId);
  });

  test("names the reason for each user it will not take", async () => {
    const { sandbox, client, group } = await openScene();
    const { people } = sandbox.control.truth();
    const placedGuest = people.find(
      (one) =>
        one.guest === "single" &&
        sandbox.control
          .truth()
          .groups.some((g) => g.id !== group.id && g.memberIds.includes(one.slackUserId)),
    );
    const gone = people.find((one) => one.deactivated);
    const outsider = people.find((one) => one.external && !group.memberIds.includes(one.slackUserId));
    const invite = (user: string | undefined) =>
      client.conversations.invite({ channel: group.id, users: user ?? "" });
    expect(await refusalOf(invite(sandbox.ready.slack.tokenOwnerId))).toMatchObject({
      error: "cant_invite_self",
    });
    expect(await refusalOf(invite(placedGuest?.slackUserId))).toMatchObject({ error: "ura_max_channels" });
    expect(await refusalOf(invite(gone?.slackUserId))).toMatchObject({ error: "cant_invite" });
    expect(await refusalOf(invite(outsider?.slackUserId))).toMatchObject({ error: "cant_invite" });
    expect(await refusalOf(invite(" "))).toMatchObject({ error: "no_user" });
  });

  test("needs the caller in the channel, and a channel that is not archived", async () => {
    const { sandbox, client, group, outside } = await openScene();
    const users = idsOf(outside.slice(0, 1));
    sandbox.control.change({ kind: "archive-channel", channel: group.id });
    expect(await refusalOf(client.conversations.invite({ channel: group.id, users }))).toMatchObject({
      error: "is_archived",
    });
    const open = sandbox.control.truth().groups.find((one) => one.kind === "public" && !one.isArchived);
    const { tokenOwnerId } = sandbox.ready.slack;
    sandbox.control.change({ kind: "remove-member", channel: open?.id ?? "", user: tokenOwnerId });
    expect(await refusalOf(client.conversations.invite({ channel: open?.id ?? "", users }))).toMatchObject({
      error: "not_in_channel",
    });
  });
});

describe("conversations.kick", () => {
  test("takes a person out once", async () => {
    const { sandbox, client, group, inside } = await openScene();
    const user = inside[0]?.slackUserId ?? "";
    expect((await client.conversations.kick({ channel: group.id, user })).ok).toBe(true);
    expect(membersNow(sandbox, group)).not.toContain(user);
    expect(await refusalOf(client.conversations.kick({ channel: group.id, user }))).toMatchObject({
      error: "not_in_channel",
    });
  });

  test("refuses oneself, #general and unknown people", async () => {
    const { sandbox, client, group, inside } = await openScene();
    const general = sandbox.control.truth().groups.find((one) => one.name === "general")?.id ?? "";
    const kick = (channel: string, user: string | undefined) =>
      client.conversations.kick({ channel, user: user ?? "" });
    expect(await refusalOf(kick(group.id, sandbox.ready.slack.tokenOwnerId))).toMatchObject({
      error: "cant_kick_self",
    });
    expect(await refusalOf(kick(general, inside[0]?.slackUserId))).toMatchObject({
      error: "cant_kick_from_general",
    });
    expect(await refusalOf(kick(group.id, "U0NOBODY001"))).toMatchObject({ error: "user_not_found" });
  });
});

describe("conversations.join and leave", () => {
  test("work for public channels and say so when there is nothing to do", async () => {
    const { sandbox, client } = await openScene();
    const { tokenOwnerId } = sandbox.ready.slack;
    const open = sandbox.control
      .truth()
      .groups.find((g) => g.kind === "public" && !g.isArchived && g.name !== "general");
    const channel = open?.id ?? "";
    sandbox.control.change({ kind: "add-member", channel, user: tokenOwnerId });
    expect((await client.conversations.join({ channel })).warning).toBe("already_in_channel");
    expect((await client.conversations.leave({ channel })).ok).toBe(true);
    expect(await client.conversations.leave({ channel })).toMatchObject({ ok: true, not_in_channel: true });
    expect((await client.conversations.join({ channel })).channel?.id).toBe(channel);
  });

  test("do not join a private channel nor leave #general", async () => {
    const { sandbox, client, group } = await openScene();
    const general = sandbox.control.truth().groups.find((one) => one.name === "general")?.id ?? "";
    expect(await refusalOf(client.conversations.join({ channel: group.id }))).toMatchObject({
      error: "method_not_supported_for_channel_type",
    });
    expect(await refusalOf(client.conversations.leave({ channel: general }))).toMatchObject({
      error: "cant_leave_general",
    });
  });
});

/** A private customer channel with the token's owner in it, team members inside and employees outside. */
async function openScene() {
  const sandbox = await openSandbox({ world: "reference" });
  const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
  const { people, groups } = sandbox.control.truth();
  const group = groups.find(
    (one) => one.customer && one.kind === "private" && one.visibleToToken && !one.isArchived && !one.isShared,
  ) as TruthGroup;
  const members = people.filter((one) => one.guest === null && !one.bot && !one.external && !one.deactivated);
  const inside = members.filter((one) => group.memberIds.includes(one.slackUserId) && !one.tokenOwner);
  const outside = members.filter((one) => !group.memberIds.includes(one.slackUserId));
  return { sandbox, client, group, inside, outside };
}

function idsOf(people: readonly TruthPerson[]): string {
  return people.map((person) => person.slackUserId).join(",");
}

function membersNow(sandbox: Sandbox, group: TruthGroup): readonly string[] {
  return sandbox.control.truth().groups.find((one) => one.id === group.id)?.memberIds ?? [];
}
