import { describe, expect, test } from "vitest";
import type { ChatPostMessageArguments, ChatPostMessageResponse, WebClient } from "@slack/web-api";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { officialClient, openSandbox, refusalOf } from "#test/sandbox/open-sandbox.ts";

describe("conversations.history", () => {
  test("pages newest first through the whole past, the same at every reading", async () => {
    const { client, channel } = await openScene();
    const read = async (limit: number): Promise<string[]> => {
      const seen: string[] = [];
      for await (const page of client.paginate("conversations.history", { channel, limit })) {
        seen.push(...((page as { messages?: { ts: string }[] }).messages ?? []).map((message) => message.ts));
      }
      return seen;
    };
    const small = await read(7);
    expect(small.length).toBeGreaterThan(20);
    expect(small).toEqual([...small].sort().reverse());
    expect(new Set(small).size).toBe(small.length);
    expect(await read(500)).toEqual(small);
  });

  test("keeps to oldest and latest, both exclusive unless inclusive is set", async () => {
    const { client, channel } = await openScene();
    const all = (await client.conversations.history({ channel, limit: 100 })).messages ?? [];
    const [latest, oldest] = [all[2]?.ts ?? "", all[6]?.ts ?? ""];
    const between = await client.conversations.history({ channel, latest, oldest });
    expect(between.messages?.map((message) => message.ts)).toEqual(
      all.slice(3, 6).map((message) => message.ts),
    );
    const with_ends = await client.conversations.history({ channel, latest, oldest, inclusive: true });
    expect(with_ends.messages?.map((message) => message.ts)).toEqual(
      all.slice(2, 7).map((message) => message.ts),
    );
  });

  test("silently gives 15 objects once a minute to an app outside the Marketplace", async () => {
    const { sandbox, client, channel } = await openScene();
    sandbox.control.configure({ historyCap: true, limits: true });
    const page = await client.conversations.history({ channel, limit: 200 });
    expect([page.messages?.length, page.has_more]).toEqual([15, true]);
    const strict = officialClient(sandbox, sandbox.ready.slack.tokens.full, { rejectRateLimitedCalls: true });
    await expect(strict.conversations.history({ channel })).rejects.toMatchObject({ retryAfter: 60 });
  });
});

describe("a thread", () => {
  test("grows under an old message, which shows it in reply_count and latest_reply", async () => {
    const { client, channel } = await openScene();
    const all = (await client.conversations.history({ channel, limit: 100 })).messages ?? [];
    const old = all.at(-1);
    const before = old?.reply_count ?? 0;
    const reply = await say(client, { channel, text: "late", thread_ts: old?.ts ?? "" });
    const again = (await client.conversations.history({ channel, limit: 100 })).messages?.at(-1);
    expect([again?.ts, again?.reply_count, again?.latest_reply]).toEqual([old?.ts, before + 1, reply.ts]);
    const thread = await client.conversations.replies({ channel, ts: old?.ts ?? "" });
    expect(thread.messages?.at(-1)).toMatchObject({ text: "late", thread_ts: old?.ts });
  });

  test("is paged parent first, then oldest to newest", async () => {
    const { client, channel } = await openScene();
    const all = (await client.conversations.history({ channel, limit: 100 })).messages ?? [];
    const parent = all.find((message) => (message.reply_count ?? 0) > 2);
    const seen: string[] = [];
    const options = { channel, ts: parent?.ts ?? "", limit: 2 };
    for await (const page of client.paginate("conversations.replies", options)) {
      seen.push(...((page as { messages?: { ts: string }[] }).messages ?? []).map((message) => message.ts));
    }
    expect(seen.length).toBe(1 + (parent?.reply_count ?? 0));
    expect(seen).toEqual([...seen].sort());
    expect(await refusalOf(client.conversations.replies({ channel, ts: "1.000001" }))).toMatchObject({
      error: "thread_not_found",
    });
  });
});

describe("a posted message", () => {
  test("is found, changed, linked and deleted by its author", async () => {
    const { client, channel } = await openScene();
    const posted = await say(client, { channel, text: "hello <world>" });
    const ts = posted.ts ?? "";
    const newest = async () => (await client.conversations.history({ channel, limit: 1 })).messages?.[0];
    expect(await newest()).toMatchObject({ ts, text: "hello <world>" });
    await client.chat.update({ channel, ts, text: "changed" });
    expect(await newest()).toMatchObject({ ts, text: "changed", edited: expect.anything() as unknown });
    const link = await client.chat.getPermalink({ channel, message_ts: ts });
    expect(link.permalink).toContain(`/archives/${channel}/p${ts.replace(".", "")}`);
    await client.chat.delete({ channel, ts });
    expect((await newest())?.ts).not.toBe(ts);
    expect(await refusalOf(client.chat.delete({ channel, ts }))).toMatchObject({
      error: "message_not_found",
    });
  });

  test("must have a text, a living channel and an author who is in it", async () => {
    const { sandbox, client, channel } = await openScene();
    const other = officialClient(sandbox, sandbox.ready.slack.tokens.bot);
    const posted = await say(client, { channel, text: "mine" });
    sandbox.control.change({ kind: "add-member", channel, user: (await other.auth.test()).user_id ?? "" });
    expect(await refusalOf(other.chat.update({ channel, ts: posted.ts ?? "", text: "x" }))).toMatchObject({
      error: "cant_update_message",
    });
    expect(await refusalOf(say(client, { channel, text: "" }))).toMatchObject({
      error: "no_text",
    });
    sandbox.control.change({ kind: "archive-channel", channel });
    expect(await refusalOf(say(client, { channel, text: "x" }))).toMatchObject({
      error: "is_archived",
    });
  });

  test("reaches a person directly through conversations.open", async () => {
    const { sandbox, client } = await openScene();
    const person = sandbox.control.truth().people.find((one) => one.role === "Support");
    const opened = await client.conversations.open({ users: person?.slackUserId ?? "" });
    const sent = await say(client, { channel: person?.slackUserId ?? "", text: "psst" });
    expect(sent.channel).toBe(opened.channel?.id);
  });
});

async function openScene(): Promise<{ sandbox: Sandbox; client: WebClient; channel: string }> {
  const sandbox = await openSandbox();
  const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
  const channel =
    sandbox.control.truth().groups.find((group) => group.customer && group.visibleToToken)?.id ?? "";
  return { sandbox, client, channel };
}

function say(client: WebClient, message: ChatPostMessageArguments): Promise<ChatPostMessageResponse> {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not window.postMessage
  return client.chat.postMessage(message);
}
