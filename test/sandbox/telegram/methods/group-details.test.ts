import { Api } from "telegram";
import { expect, test } from "vitest";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { tellTruth } from "#sandbox/world/truth.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { accountAt, refusalOf, signedInGramjs } from "../gramjs-client.ts";
import { NOW_S, openLab, type Answer, type Lab } from "./lab.ts";

test.each(["basic", "supergroup"] as const)("a %s is described, and everybody may read it", async (kind) => {
  const lab = openLab();
  const group = owned(lab, kind);
  const edit = { peer: lab.inputPeer(group), about: " Customer since today " };
  const done = await lab.call("messages.editChatAbout", edit);
  const refusals = [
    await lab.refusal("messages.editChatAbout", edit),
    await lab.refusal("messages.editChatAbout", { ...edit, about: "x".repeat(256) }),
  ];
  group.creator = null;
  group.admins.clear();
  group.defaultBans = ["change_info"];
  refusals.push(await lab.refusal("messages.editChatAbout", { ...edit, about: "mine" }));
  expect({ done, refusals, read: (await full(lab, group)).about, truth: truthOf(lab, group).about }).toEqual({
    done: true,
    refusals: ["400 CHAT_ABOUT_NOT_MODIFIED", "400 CHAT_ABOUT_TOO_LONG", "400 CHAT_ADMIN_REQUIRED"],
    read: "Customer since today",
    truth: "Customer since today",
  });
});

test.each(["basic", "supergroup"] as const)(
  "a message of a %s is pinned, told and taken off",
  async (kind) => {
    const lab = openLab();
    const group = owned(lab, kind);
    const peer = lab.inputPeer(group);
    const sent = await lab.call("messages.sendMessage", { peer, message: "Welcome!", random_id: 1n });
    const id = sent.updates.find((update: Answer) => update._ === "updateMessageID").id as number;
    lab.told();
    const pin = { peer, id, silent: true };
    const answer = await lab.call("messages.updatePinnedMessage", pin);
    const heard = lab.told().flatMap(({ updates }) => updates.map(({ _ }) => _));
    const pinned = truthOf(lab, group).pinnedTexts;
    const shown = (await full(lab, group)).pinned_msg_id;
    const again = await lab.refusal("messages.updatePinnedMessage", pin);
    const nothing = await lab.refusal("messages.updatePinnedMessage", { ...pin, id: 999_999 });
    await lab.call("messages.updatePinnedMessage", { ...pin, unpin: true });
    const off = truthOf(lab, group).pinnedTexts;
    group.creator = null;
    group.admins.clear();
    group.defaultBans = ["pin_messages"];
    const without = await lab.refusal("messages.updatePinnedMessage", pin);
    const name = kind === "basic" ? "updatePinnedMessages" : "updatePinnedChannelMessages";
    expect({
      answer: answer.updates.map((update: Answer) => update._),
      heard: heard.includes(name),
      pinned,
      isShown: shown === id,
      refusals: [again, nothing, without],
      off,
    }).toEqual({
      answer: [name, kind === "basic" ? "updateNewMessage" : "updateNewChannelMessage"],
      heard: true,
      pinned: ["Welcome!"],
      isShown: true,
      refusals: ["400 CHAT_NOT_MODIFIED", "400 MESSAGE_ID_INVALID", "400 CHAT_ADMIN_REQUIRED"],
      off: [],
    });
  },
);

test("a ban ends when its time is over, and one of less than 30 seconds never does", async () => {
  const lab = openLab();
  const group = owned(lab, "supergroup");
  const user = lab.world.telegram.users.find(
    (one) => group.members.has(one.index) && one.person !== null && one.index !== group.creator,
  )!;
  group.admins.delete(user.index);
  user.invitePrivacy = "everybody";
  const channel = lab.inputChannel(group);
  const ban = (until_date: number) =>
    lab.call("channels.editBanned", {
      channel,
      participant: { ...lab.inputUser(user), _: "inputPeerUser" },
      banned_rights: { _: "chatBannedRights", view_messages: true, until_date },
    });
  const inviteAt = async (nowS: number): Promise<string> => {
    const request = { channel, users: [lab.inputUser(user)] };
    try {
      await lab.call("channels.inviteToChannel", request, { nowS });
    } catch (error) {
      if (error instanceof RpcError) return error.message;
      throw error;
    }
    return "in";
  };
  await ban(NOW_S + 3_600);
  const hour = [await inviteAt(NOW_S + 3_599), await inviteAt(NOW_S + 3_600)];
  await ban(NOW_S + 29);
  const forEver = await inviteAt(NOW_S + 10_000_000);
  expect([hour, forEver]).toEqual([["USER_KICKED", "in"], "USER_KICKED"]);
});

test("an account that goes on inviting after being told to wait is limited to its contacts", async () => {
  const lab = openLab();
  const group = owned(lab, "supergroup");
  const contacts = lab.world.telegram.contacts.get(lab.userOf(lab.anchor).index);
  const free = lab.world.telegram.users.filter(
    (one) =>
      one.person !== null &&
      !one.isBot &&
      !one.isDeleted &&
      !one.inTooManyChannels &&
      !group.members.has(one.index),
  );
  for (const user of free) user.invitePrivacy = "everybody";
  const known = free.find(({ index }) => contacts?.has(index))!;
  const stranger = free.find(({ index }) => !contacts?.has(index))!;
  const invite = async (user: typeof known, isFull: boolean): Promise<string> => {
    const request = { channel: lab.inputChannel(group), users: [lab.inputUser(user)] };
    const takeBudget = (): void => {
      if (isFull) throw new RpcError(420, "FLOOD_WAIT_3600");
    };
    try {
      await lab.call("channels.inviteToChannel", request, { takeBudget });
    } catch (error) {
      if (error instanceof RpcError) return error.message;
      throw error;
    }
    return "in";
  };
  const told = [];
  for (let count = 0; count < 3; count++) told.push(await invite(stranger, true));
  told.push(await invite(stranger, false), await invite(known, false));
  lab.change({ kind: "flood-account", user: lab.userOf(lab.anchor).id, on: false });
  told.push(await invite(stranger, false));
  expect(told).toEqual(["FLOOD_WAIT_3600", "FLOOD_WAIT_3600", "FLOOD_WAIT_3600", "PEER_FLOOD", "in", "in"]);
});

test("gramjs, unmodified, makes a group, describes it and pins its welcome; a lost answer leaves the change done", async () => {
  const sandbox = await openSandbox();
  const client = await signedInGramjs(sandbox, 0);
  const made = await client.invoke(
    new Api.channels.CreateChannel({ megagroup: true, title: "BitSafe <> Newco", about: "" }),
  );
  const channel = (made as Api.Updates).chats[0] as Api.Channel;
  const id = String(channel.id);
  const now = () => sandbox.control.truth().groups.find((group) => group.id === id);
  await client.invoke(new Api.messages.EditChatAbout({ peer: channel, about: "Customer since today" }));
  const welcome = await client.sendMessage(channel, { message: "Welcome!" });
  await client.pinMessage(channel, welcome.id);
  const pinned = await client.getMessages(channel, { ids: [welcome.id] });
  sandbox.control.addFault({ platform: "telegram", method: "channels.editTitle", kind: "stall-after" });
  void client.invoke(new Api.channels.EditTitle({ channel, title: "Stalled" })).catch(() => undefined);
  await expect.poll(() => now()?.name).toBe("Stalled");
  expect([pinned[0]?.pinned, accountAt(sandbox, 0).isTokenOwner, now()]).toMatchObject([
    true,
    true,
    { about: "Customer since today", pinnedTexts: ["Welcome!"], name: "Stalled" },
  ]);
  expect(
    await refusalOf(
      client.invoke(new Api.messages.EditChatAbout({ peer: channel, about: "Customer since today" })),
    ),
  ).toBe("400 CHAT_ABOUT_NOT_MODIFIED");
});

/** A group of a kind that the anchor is in, given to the anchor. */
function owned(lab: Lab, kind: TelegramGroup["kind"]): TelegramGroup {
  const { chats, channels } = lab.world.telegram;
  const anchor = lab.userOf(lab.anchor).index;
  const group = [...chats.values(), ...channels.values()].find(
    (one) => one.kind === kind && one.members.has(anchor) && one.migratedTo === null && one.username === null,
  )!;
  group.creator = anchor;
  return group;
}

async function full(lab: Lab, group: TelegramGroup): Promise<Answer> {
  const answer =
    group.kind === "basic"
      ? await lab.call("messages.getFullChat", { chat_id: BigInt(group.id) })
      : await lab.call("channels.getFullChannel", { channel: lab.inputChannel(group) });
  return answer.full_chat;
}

function truthOf(lab: Lab, { id }: TelegramGroup): { about: string; pinnedTexts: readonly string[] } {
  const told = tellTruth(lab.world).groups.find((group) => group.id === String(id));
  if (told?.platform !== "telegram") throw new Error("the truth has no such group");
  return told;
}
