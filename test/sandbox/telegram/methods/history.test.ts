import { describe, expect, test } from "vitest";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { NOW_S, openLab, type Answer, type Lab } from "./lab.ts";

describe("messages.getHistory", () => {
  test.each(["basic", "supergroup", "forum"] as const)(
    "reads a %s from the newest message to the first, none twice",
    async (kind) => {
      const lab = openLab();
      const group = ownGroup(lab, (one) => one.kind === kind);
      const ids: number[] = [];
      for (let offset = 0; ;) {
        const page = await history(lab, group, { offset_id: offset, limit: 20 });
        if (page.messages.length === 0) break;
        ids.push(...page.messages.map((message: Answer) => message.id));
        offset = ids.at(-1) ?? 0;
      }
      const { count, messages } = await history(lab, group, { limit: 1 });
      expect(ids.length).toBe(count);
      expect(ids).toEqual([...new Set(ids)].sort((one, other) => other - one));
      expect(messages[0].id).toBe(ids[0]);
    },
  );

  test("moves the window with add_offset and bounds it with min_id and max_id", async () => {
    const lab = openLab();
    const group = ownGroup(lab, (one) => one.kind === "supergroup" && !one.historyHidden);
    const all = (await history(lab, group, { limit: 100 })).messages.map(
      (message: Answer) => message.id,
    ) as number[];
    const middle = all[10] as number;
    const ask = async (request: Record<string, number>): Promise<number[]> =>
      (await history(lab, group, request)).messages.map((message: Answer) => message.id);
    expect({
      after: await ask({ offset_id: middle, limit: 3 }),
      skipped: await ask({ offset_id: middle, add_offset: 2, limit: 3 }),
      newer: await ask({ offset_id: middle, add_offset: -3, limit: 3 }),
      farther: await ask({ offset_id: middle, add_offset: -5, limit: 3 }),
      around: await ask({ offset_id: middle, add_offset: -2, limit: 4 }),
      beyondTheNewest: await ask({ offset_id: all[1] as number, add_offset: -100, limit: 100 }),
      between: await ask({ max_id: all[3] as number, min_id: all[7] as number, limit: 100 }),
    }).toEqual({
      after: all.slice(11, 14),
      skipped: all.slice(13, 16),
      newer: all.slice(8, 11),
      // The middle itself is the first of the newer ones.
      farther: all.slice(6, 9),
      around: all.slice(9, 13),
      beyondTheNewest: all.slice(0, 2),
      between: all.slice(4, 7),
    });
  });

  test("begins at a date", async () => {
    const lab = openLab();
    const group = ownGroup(lab, (one) => one.kind === "supergroup");
    const { messages } = await history(lab, group, { limit: 10 });
    const older = await history(lab, group, { offset_date: messages[4].date, limit: 2 });
    expect(older.messages.map((message: Answer) => message.id)).toEqual([messages[5].id, messages[6].id]);
  });

  test("tells the end of a basic group and the beginning of the supergroup it became", async () => {
    const lab = openLab("reference");
    const group = ownGroup(lab, (one) => one.migratedFrom !== null);
    const old = lab.world.telegram.chats.get(group.migratedFrom ?? 0) as TelegramGroup;
    const [last] = (await history(lab, old, { limit: 1 })).messages;
    const [first] = (await history(lab, group, { offset_id: 2, limit: 1 })).messages;
    const { full_chat } = await lab.call("channels.getFullChannel", { channel: lab.inputChannel(group) });
    expect([
      last.action,
      first.action,
      full_chat.migrated_from_chat_id,
      full_chat.migrated_from_max_id,
    ]).toEqual([
      { _: "messageActionChatMigrateTo", channel_id: BigInt(group.id) },
      { _: "messageActionChannelMigrateFrom", title: group.title, chat_id: BigInt(old.id) },
      BigInt(old.id),
      last.id,
    ]);
  });
});

describe("messages", () => {
  test("have ids of their own for every member of a basic group, and one id for all in a supergroup", async () => {
    const lab = openLab();
    const { team } = lab.accounts;
    const shared = (kind: string): [TelegramGroup, (typeof team)[number]] => {
      for (const other of team.slice(1)) {
        const group = groupsOf(lab).find(
          (one) => one.kind === kind && one.members.has(lab.userOf(other).index),
        );
        if (group) return [group, other];
      }
      throw new Error(`nobody shares a ${kind}`);
    };
    for (const kind of ["basic", "supergroup"]) {
      const [group, other] = shared(kind);
      group.defaultBans = [];
      await lab.call("messages.sendMessage", {
        peer: lab.inputPeer(group),
        message: "hello",
        random_id: BigInt(kind.length),
      });
      const mine = (await history(lab, group, { limit: 1 })).messages[0];
      const theirs = (
        await lab.callAs(other, "messages.getHistory", {
          ...BARE,
          peer: lab.inputPeer(group, other),
          limit: 1,
        })
      ).messages[0];
      expect([mine.message, theirs.message, mine.out, theirs.out]).toEqual(["hello", "hello", true, false]);
      expect(mine.id === theirs.id).toBe(kind === "supergroup");
      const [told] = lab.told().filter(({ reader }) => reader === other);
      expect(told?.updates[0]).toMatchObject({
        pts_count: 1,
        message: { id: theirs.id, message: "hello", date: NOW_S },
      });
    }
  });

  test("are sent once however often the request comes, edited by their author only, and deleted for all", async () => {
    const lab = openLab();
    const group = ownGroup(
      lab,
      (one) => one.kind === "supergroup" && one.creator !== lab.userOf(lab.anchor).index,
    );
    group.defaultBans = [];
    const peer = lab.inputPeer(group);
    const request = { peer, message: "one", random_id: 77n };
    const sent = await lab.call("messages.sendMessage", request);
    const { id } = sent.updates[0];
    const [, foreign] = (await history(lab, group, { limit: 2 })).messages;
    expect({
      again: await lab.refusal("messages.sendMessage", request),
      empty: await lab.refusal("messages.sendMessage", { ...request, message: " ", random_id: 78n }),
      foreignEdit: await lab.refusal("messages.editMessage", { peer, id: foreign.id, message: "mine now" }),
      unchanged: await lab.refusal("messages.editMessage", { peer, id, message: "one" }),
      edited: (await lab.call("messages.editMessage", { peer, id, message: "two" })).updates[0].message
        .message,
      found: (
        await lab.call("messages.search", {
          ...BARE,
          peer,
          q: "TWO",
          filter: { _: "inputMessagesFilterEmpty" },
          limit: 5,
        })
      ).messages.map((one: Answer) => one.id),
      deleted: (await lab.call("channels.deleteMessages", { channel: lab.inputChannel(group), id: [id] }))
        .pts_count,
      gone: (
        await lab.call("channels.getMessages", {
          channel: lab.inputChannel(group),
          id: [{ _: "inputMessageID", id }],
        })
      ).messages,
    }).toEqual({
      again: "500 RANDOM_ID_DUPLICATE",
      empty: "400 MESSAGE_EMPTY",
      foreignEdit: "403 MESSAGE_AUTHOR_REQUIRED",
      unchanged: "400 MESSAGE_NOT_MODIFIED",
      edited: "two",
      found: [id],
      deleted: 1,
      gone: [{ _: "messageEmpty", id }],
    });
  });

  test("can be private, are unread until read, and show up in the list of chats", async () => {
    const lab = openLab();
    const other = lab.accounts.team[1];
    if (!other) throw new Error("no second account");
    const toOther = { ...lab.inputUser(lab.userOf(other)), _: "inputPeerUser" };
    await lab.call("messages.sendMessage", { peer: toOther, message: "psst", random_id: 5n });
    const dialogs = await lab.callAs(other, "messages.getDialogs", {
      offset_date: 0,
      offset_id: 0,
      offset_peer: { _: "inputPeerEmpty" },
      limit: 100,
    });
    const mine = dialogs.dialogs.find((one: Answer) => one.peer.user_id === lab.anchor.userId);
    const toMe = { ...lab.inputUser(lab.userOf(lab.anchor), other), _: "inputPeerUser" };
    const read = await lab.callAs(other, "messages.readHistory", { peer: toMe, max_id: 0 });
    const again = await lab.callAs(other, "messages.getPeerDialogs", {
      peers: [{ _: "inputDialogPeer", peer: toMe }],
    });
    expect([mine.unread_count, read.pts_count, again.dialogs[0].unread_count]).toEqual([1, 1, 0]);
  });

  test("carry files that were uploaded in parts and come back byte by byte", async () => {
    const lab = openLab();
    const group = ownGroup(lab, (one) => one.kind === "supergroup");
    group.defaultBans = [];
    const parts = [new Uint8Array(1_024).fill(1), new Uint8Array(700).fill(2)];
    for (const [at, bytes] of parts.entries())
      await lab.call("upload.saveFilePart", { file_id: 9n, file_part: at, bytes });
    const media = {
      _: "inputMediaUploadedDocument",
      file: { _: "inputFile", id: 9n, parts: 2, name: "report.xlsx", md5_checksum: "" },
      mime_type: "application/x-test",
      attributes: [{ _: "documentAttributeFilename", file_name: "report.xlsx" }],
    };
    const sent = await lab.call("messages.sendMedia", {
      peer: lab.inputPeer(group),
      media,
      message: "see",
      random_id: 6n,
    });
    const { document } = sent.updates[1].message.media;
    const location = {
      _: "inputDocumentFileLocation",
      id: document.id,
      access_hash: document.access_hash,
      file_reference: document.file_reference,
      thumb_size: "",
    };
    const answers = await Promise.all(
      [0n, 1_024n].map((offset) => lab.call("upload.getFile", { location, offset, limit: 1_024 })),
    );
    expect([document.size, answers.map(({ bytes }) => [...bytes])]).toEqual([
      1_724n,
      parts.map((part) => [...part]),
    ]);
  });
});

describe("forum topics", () => {
  test("hold their own messages, and a deleted one is gone", async () => {
    const lab = openLab();
    const group = ownGroup(lab, (one) => one.kind === "forum");
    group.creator = lab.userOf(lab.anchor).index;
    const channel = lab.inputChannel(group);
    const made = await lab.call("channels.createForumTopic", { channel, title: "New", random_id: 4n });
    const topicId = made.updates[0].id as number;
    const reply = { _: "inputReplyToMessage", reply_to_msg_id: topicId };
    await lab.call("messages.sendMessage", {
      peer: lab.inputPeer(group),
      message: "in it",
      random_id: 8n,
      reply_to: reply,
    });
    const inside = await lab.call("messages.getReplies", {
      ...BARE,
      peer: lab.inputPeer(group),
      msg_id: topicId,
      limit: 10,
    });
    const list = await lab.call("channels.getForumTopics", {
      channel,
      offset_date: 0,
      offset_id: 0,
      offset_topic: 0,
      limit: 100,
    });
    await lab.call("channels.deleteTopicHistory", { channel, top_msg_id: topicId });
    const after = await lab.call("messages.getForumTopicsByID", { peer: channel, topics: [topicId, 1] });
    expect({
      inside: inside.messages.map((message: Answer) => [message.message, message.reply_to]),
      first: [list.topics[0].id, list.topics[0].title, list.count],
      after: after.topics.map((topic: Answer) => [topic._, topic.id]),
      send: await lab.refusal("messages.sendMessage", {
        peer: lab.inputPeer(group),
        message: "late",
        random_id: 10n,
        reply_to: { ...reply, top_msg_id: topicId },
      }),
    }).toEqual({
      inside: [
        [
          "in it",
          {
            _: "messageReplyHeader",
            forum_topic: true,
            reply_to_msg_id: topicId,
            reply_to_top_id: undefined,
          },
        ],
      ],
      first: [topicId, "New", list.topics.length],
      after: [
        ["forumTopic", 1],
        ["forumTopicDeleted", topicId],
      ],
      send: "406 TOPIC_DELETED",
    });
  });
});

const BARE = {
  offset_id: 0,
  offset_date: 0,
  add_offset: 0,
  max_id: 0,
  min_id: 0,
  hash: 0n,
  min_date: 0,
  max_date: 0,
};

function history(lab: Lab, group: TelegramGroup, request: Record<string, number>): Promise<Answer> {
  return lab.call("messages.getHistory", { ...BARE, peer: lab.inputPeer(group), ...request });
}

function groupsOf(lab: Lab): TelegramGroup[] {
  const { chats, channels } = lab.world.telegram;
  const anchor = lab.userOf(lab.anchor).index;
  return [...chats.values(), ...channels.values()].filter(
    (group) => group.members.has(anchor) && group.migratedTo === null,
  );
}

function ownGroup(lab: Lab, fits: (group: TelegramGroup) => boolean): TelegramGroup {
  const group = groupsOf(lab).find(fits);
  if (!group) throw new Error("the world has no such group");
  return group;
}
