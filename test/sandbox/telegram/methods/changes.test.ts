import { describe, expect, test } from "vitest";
import { ImpossibleChange } from "#sandbox/world/changes.ts";
import type { TelegramAccount } from "#sandbox/telegram/method.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { tellTruth, type TruthGroup } from "#sandbox/world/truth.ts";
import { openLab, type Answer, type Lab } from "./lab.ts";

describe("a change from behind the scenes", () => {
  test("renames a group for everybody in it, keeping the id", async () => {
    const lab = openLab();
    for (const kind of ["basic", "supergroup", "forum", "channel"] as const) {
      const group = groupOf(lab, kind);
      const titleOf = async (): Promise<string> =>
        (
          await lab.call("messages.getPeerDialogs", {
            peers: [{ _: "inputDialogPeer", peer: lab.inputPeer(group) }],
          })
        ).chats[0].title;
      expect(await titleOf()).toBe(group.title);
      lab.told();
      lab.change({ kind: "rename-group", group: String(group.id), title: `New ${kind} 🎉` });
      const told = lab.told().filter(({ reader }) => reader === lab.anchor);
      expect(told[0]?.updates[0]?.["message"]).toMatchObject({
        action: { _: "messageActionChatEditTitle", title: `New ${kind} 🎉` },
      });
      expect(await titleOf()).toBe(`New ${kind} 🎉`);
      expect(truthOf(lab, group.id)).toMatchObject({ name: `New ${kind} 🎉` });
    }
  });

  test("makes a supergroup of a basic group: a new id, the same people, both pointing at each other", async () => {
    const lab = openLab();
    const old = groupOf(lab, "basic");
    const before = truthOf(lab, old.id);
    lab.change({ kind: "migrate-group", group: old.id });
    const after = tellTruth(lab.world).groups.find(
      (one) => one.platform === "telegram" && one.migratedFrom === String(old.id),
    );
    const { chats } = await lab.call("messages.getChats", { id: [BigInt(old.id)] });
    const common = await lab.call("messages.getFullChat", { chat_id: BigInt(old.id) });
    expect({
      gone: truthOf(lab, old.id),
      kind: after?.kind,
      sameMembers: after?.memberIds,
      deactivated: [chats[0].deactivated, String(chats[0].migrated_to.channel_id)],
      list: common.full_chat.participants._,
    }).toEqual({
      gone: undefined,
      kind: "supergroup",
      sameMembers: before?.memberIds,
      deactivated: [true, after?.id],
      list: "chatParticipantsForbidden",
    });
    expect(await lab.refusal("messages.editChatTitle", { chat_id: BigInt(old.id), title: "x" })).toBe(
      "400 CHAT_ID_INVALID",
    );
  });

  test("deletes a group, which then answers as private and is in no list", async () => {
    const lab = openLab();
    const group = groupOf(lab, "supergroup");
    lab.change({ kind: "delete-group", group: group.id });
    const { chats } = await lab.call("channels.getChannels", { id: [lab.inputChannel(group)] });
    const refused = await lab.refusal("channels.getParticipants", {
      channel: lab.inputChannel(group),
      filter: { _: "channelParticipantsRecent" },
      offset: 0,
      limit: 1,
      hash: 0n,
    });
    expect([truthOf(lab, group.id), chats[0]._, refused]).toEqual([
      undefined,
      "channelForbidden",
      "406 CHANNEL_PRIVATE",
    ]);
  });

  test("moves a username to somebody else", async () => {
    const lab = openLab();
    const [from, to] = lab.accounts.team.slice(1, 3).map((account) => lab.userOf(account));
    if (!from || !to) throw new Error("the world is too small");
    lab.change({ kind: "move-username", username: "moving_name", user: from.person?.id });
    const before = await lab.call("contacts.resolveUsername", { username: "Moving_Name" });
    lab.told();
    lab.change({ kind: "move-username", username: "moving_name", user: to.id });
    const after = await lab.call("contacts.resolveUsername", { username: "@moving_name" });
    const people = tellTruth(lab.world).people;
    expect({
      before: before.peer.user_id,
      after: after.peer.user_id,
      told: lab
        .told()
        .filter(({ reader }) => reader === lab.anchor)
        .map(({ updates }) => updates[0]?.["user_id"]),
      truth: people.filter((one) => one.telegramUsername === "moving_name").map((one) => one.telegramUserId),
    }).toEqual({
      before: BigInt(from.id),
      after: BigInt(to.id),
      told: [BigInt(from.id), BigInt(to.id)],
      truth: [to.id],
    });
  });

  test("hides what came before from those who join later", async () => {
    const lab = openLab();
    const group = groupOf(lab, "supergroup");
    const other = lab.accounts.team[1] as TelegramAccount;
    const user = lab.userOf(other);
    if (group.members.has(user.index)) lab.change({ kind: "remove-member", group: group.id, user: user.id });
    lab.change({ kind: "hide-history", group: group.id });
    lab.change({ kind: "add-member", group: group.id, user: user.id });
    lab.change({ kind: "post-message", group: group.id, user: lab.userOf(lab.anchor).id, text: "welcome" });
    const request = {
      offset_id: 0,
      offset_date: 0,
      add_offset: 0,
      limit: 50,
      max_id: 0,
      min_id: 0,
      hash: 0n,
    };
    const { messages } = await lab.callAs(other, "messages.getHistory", {
      ...request,
      peer: lab.inputPeer(group, other),
    });
    expect(messages.map((message: Answer) => message.message ?? message.action._)).toEqual([
      "welcome",
      "messageActionChatAddUser",
    ]);
  });

  test("makes a new customer's group that turns up among the shared ones", async () => {
    const lab = openLab();
    const other = lab.accounts.team[1] as TelegramAccount;
    lab.change({
      kind: "create-group",
      title: "Fresh <> BitSafe",
      members: [lab.userOf(lab.anchor).id, lab.userOf(other).id],
    });
    const { chats } = await lab.call("messages.getCommonChats", {
      user_id: lab.inputUser(lab.userOf(other)),
      max_id: 0n,
      limit: 1,
    });
    expect(chats[0].title).toBe("Fresh <> BitSafe");
  });

  test.each([
    [{ kind: "fly" }, "kind must be one of"],
    [{ kind: "rename-group", group: 5, title: "x" }, "no Telegram group 5"],
    [{ kind: "add-member", group: 5 }, "no Telegram group 5"],
    [{ kind: "move-username", user: "p-9999", username: "x" }, "no Telegram user p-9999"],
    [{ kind: "set-trait", trait: "magic" }, "trait must be one of"],
    ["text", "the body must be a JSON object"],
  ])("that does not fit is refused with the reason: %j", (body, message) => {
    const lab = openLab();
    expect(() => lab.change(body)).toThrow(ImpossibleChange);
    expect(() => lab.change(body)).toThrow(message);
  });
});

describe("what may not be looked at", () => {
  test("is told apart: no such thing, not yours, not a name, not a channel's key", async () => {
    const lab = openLab();
    const { channels } = lab.world.telegram;
    const anchor = lab.userOf(lab.anchor).index;
    const foreign = [...channels.values()].find(
      (group) => !group.members.has(anchor) && group.username === null,
    ) as TelegramGroup;
    const own = groupOf(lab, "supergroup");
    expect({
      private: await lab.refusal("channels.getFullChannel", { channel: lab.inputChannel(foreign) }),
      wrongHash: await lab.refusal("channels.getFullChannel", {
        channel: { ...lab.inputChannel(own), access_hash: 1n },
      }),
      noPeer: await lab.refusal("messages.getHistory", {
        peer: { _: "inputPeerUser", user_id: 1n, access_hash: 0n },
      }),
      noChat: await lab.refusal("messages.getFullChat", { chat_id: 12n }),
      emptyTitle: await lab.refusal("channels.editTitle", { channel: lab.inputChannel(own), title: "  " }),
      noName: await lab.refusal("contacts.resolveUsername", { username: "nobody_has_this" }),
      badName: await lab.refusal("contacts.resolveUsername", { username: "a b" }),
      ownShared: await lab.refusal("messages.getCommonChats", {
        user_id: { _: "inputUserSelf" },
        max_id: 0n,
        limit: 10,
      }),
      bot: await lab.refusal("messages.getDialogs", {}, lab.accounts.bot),
    }).toEqual({
      private: "406 CHANNEL_PRIVATE",
      wrongHash: "400 CHANNEL_INVALID",
      noPeer: "400 PEER_ID_INVALID",
      noChat: "400 CHAT_ID_INVALID",
      emptyTitle: "400 CHAT_TITLE_EMPTY",
      noName: "400 USERNAME_NOT_OCCUPIED",
      badName: "400 USERNAME_INVALID",
      ownShared: "400 USER_ID_INVALID",
      bot: "400 BOT_METHOD_INVALID",
    });
  });
});

function groupOf(lab: Lab, kind: TelegramGroup["kind"]): TelegramGroup {
  const { chats, channels } = lab.world.telegram;
  const anchor = lab.userOf(lab.anchor).index;
  const group = [...chats.values(), ...channels.values()].find(
    (one) => one.kind === kind && one.members.has(anchor) && one.migratedTo === null && one.username === null,
  );
  if (!group) throw new Error(`the world has no ${kind}`);
  return group;
}

function truthOf(lab: Lab, id: number): TruthGroup | undefined {
  return tellTruth(lab.world).groups.find((group) => group.id === String(id));
}
