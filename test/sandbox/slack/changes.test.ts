import type { WebClient } from "@slack/web-api";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import type { SlackTruthGroup, TruthPerson } from "#sandbox/world/truth.ts";
import { officialClient, openSandbox, rawCall, refusalOf } from "#test/sandbox/open-sandbox.ts";

describe("pins", () => {
  test("hold a message of the channel once, until they are taken off", async () => {
    const { client, channel, now } = await openScene();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not window.postMessage
    const { ts: timestamp = "" } = await client.chat.postMessage({ channel, text: "Welcome!" });
    const pin = { channel, timestamp };
    await client.pins.add(pin);
    const again = await refusalOf(client.pins.add(pin));
    const { items } = await client.pins.list({ channel });
    const pinned = now().pinnedTexts;
    await client.pins.remove(pin);
    expect({
      again: again["error"],
      items: items?.map(({ message, type }) => [type, message?.text]),
      pinned,
      after: now().pinnedTexts,
      gone: (await refusalOf(client.pins.remove(pin)))["error"],
    }).toEqual({
      again: "already_pinned",
      items: [["message", "Welcome!"]],
      pinned: ["Welcome!"],
      after: [],
      gone: "no_pin",
    });
  });

  test("refuse what is no message of the channel, and who is not in it", async () => {
    const { sandbox, client, channel } = await openScene();
    const other = sandbox.control
      .truth()
      .groups.find(
        (group) =>
          group.platform === "slack" &&
          group.kind === "public" &&
          !group.memberIds.includes(sandbox.ready.slack.tokenOwnerId),
      )!;
    const codes = [];
    for (const args of [
      { channel },
      { channel, timestamp: "yesterday" },
      { channel, timestamp: "1.000000" },
      { channel: "C0NOWHERE01", timestamp: "1.000000" },
      { channel: other.id, timestamp: "1.000000" },
    ]) {
      codes.push((await refusalOf(client.pins.add(args as never)))["error"]);
    }
    expect(codes).toEqual([
      "no_item_specified",
      "bad_timestamp",
      "message_not_found",
      "channel_not_found",
      "not_in_channel",
    ]);
  });
});

test("somebody who left the workspace keeps nobody else out: an error, and the others are in", async () => {
  const { sandbox, client, channel, now, outside } = await openScene();
  const gone = sandbox.control.truth().people.find(({ deactivated }) => deactivated)!;
  const users = `${outside[0]!.slackUserId},${gone.slackUserId}`;
  expect(await refusalOf(client.conversations.invite({ channel, users }))).toMatchObject({
    error: "cant_invite",
    errors: [{ user: gone.slackUserId, ok: false, error: "cant_invite" }],
  });
  expect(now().memberIds).toContain(outside[0]!.slackUserId);
});

describe("an answer that is lost", () => {
  test("is lost after the change by drop-after, and before it by drop", async () => {
    const { sandbox, client, channel, now } = await openScene();
    const names = [];
    for (const kind of ["drop", "drop-after"]) {
      sandbox.control.addFault({ method: "conversations.rename", kind });
      await expect(client.conversations.rename({ channel, name: kind })).rejects.toThrow("terminated");
      names.push(now().name === kind);
    }
    expect(names).toEqual([false, true]);
  });

  test("never comes after the change by stall-after", async () => {
    const { sandbox, channel, now } = await openScene();
    sandbox.control.addFault({ method: "conversations.rename", kind: "stall-after" });
    const signal = AbortSignal.timeout(150);
    const call = rawCall(sandbox, `conversations.rename?channel=${channel}&name=stalled`, { signal });
    await expect(call).rejects.toThrow("timeout");
    expect(now().name).toBe("stalled");
    expect(sandbox.control.calls().calls.at(-1)).toMatchObject({ status: 0, fault: "stall-after" });
  });

  test("is told when the limit refused the change", async () => {
    const { sandbox, client, channel, now } = await openScene({ limits: true });
    const before = now().name;
    sandbox.control.addFault({ method: "conversations.rename", kind: "drop-after", after: 20 });
    for (let at = 0; at < 20; at++) await client.conversations.rename({ channel, name: `name-${at}` });
    const strict = officialClient(sandbox, sandbox.ready.slack.tokens.full, { rejectRateLimitedCalls: true });
    await expect(strict.conversations.rename({ channel, name: "late" })).rejects.toThrow(/rate/i);
    expect([before === "name-19", now().name]).toEqual([false, "name-19"]);
  });
});

describe("scopes", () => {
  test("are lost in the middle by a fault, and by the control API, which also gives them back", async () => {
    const { sandbox, client, channel } = await openScene();
    const control = async (body: unknown): Promise<[number, unknown]> => {
      const url = new URL("slack/tokens", sandbox.ready.controlUrl);
      const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
      return [response.status, await response.json()];
    };
    const rename = (name: string) => client.conversations.rename({ channel, name });
    sandbox.control.addFault({
      method: "conversations.rename",
      kind: "lose-scope:groups:write, channels:write",
      after: 1,
    });
    await rename("first");
    const struck = await refusalOf(rename("second"));
    const given = await control({ label: "full", add: ["groups:write"] });
    await rename("third");
    const taken = await control({ label: "full", remove: ["groups:write"] });
    const without = await refusalOf(rename("fourth"));
    const ended = await control({ label: "full", state: "revoked" });
    const revoked = await refusalOf(rename("fifth"));
    const wrong = [
      await control({ label: "nobody" }),
      await control({}),
      await control({ label: "full", add: "x" }),
      await control({ label: "full", state: "asleep" }),
    ];
    expect({
      refused: [struck, without, revoked].map(({ error }) => error),
      needed: struck["needed"],
      answers: [given, taken, ended],
      wrong,
    }).toEqual({
      refused: ["missing_scope", "missing_scope", "token_revoked"],
      needed: "groups:write",
      answers: [1, 2, 3].map(() => [200, { changed: true }]),
      wrong: [
        [400, { error: 'no token is called "nobody"' }],
        [400, { error: "label must be a text" }],
        [400, { error: "add must be a list of scopes" }],
        [400, { error: "state must be live, revoked or expired" }],
      ],
    });
  });

  test("a fault that takes scopes has to say which", async () => {
    const { sandbox } = await openScene();
    expect(() => sandbox.control.addFault({ method: "auth.test", kind: "lose-scope" })).toThrow(
      "kind lose-scope needs a code",
    );
  });
});

/** A private channel of the token's owner, and people who are not in it. */
async function openScene(options: Parameters<typeof openSandbox>[0] = {}): Promise<{
  sandbox: Sandbox;
  client: WebClient;
  channel: string;
  now(): SlackTruthGroup;
  outside: readonly TruthPerson[];
}> {
  const sandbox = await openSandbox(options);
  const { tokens, tokenOwnerId } = sandbox.ready.slack;
  const { groups, people } = sandbox.control.truth();
  const group = groups.find(
    (one) =>
      one.platform === "slack" &&
      one.kind === "private" &&
      !one.isArchived &&
      !one.isShared &&
      one.memberIds.includes(tokenOwnerId),
  )!;
  return {
    sandbox,
    client: officialClient(sandbox, tokens.full),
    channel: group.id,
    now: () => sandbox.control.truth().groups.find(({ id }) => id === group.id) as SlackTruthGroup,
    outside: people.filter(
      (one) =>
        !one.deactivated &&
        !one.external &&
        !one.bot &&
        one.guest === null &&
        !group.memberIds.includes(one.slackUserId),
    ),
  };
}
