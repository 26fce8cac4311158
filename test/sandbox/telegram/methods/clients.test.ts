import { Api, helpers, type TelegramClient as Gramjs } from "telegram";
import type { TelegramClient as Mtcute } from "@mtcute/node";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { loadWorld } from "#sandbox/world/load-world.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { telegramPastAt } from "#sandbox/world/telegram-past.ts";
import type { TelegramTruthGroup } from "#sandbox/world/telegram-truth.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { gramjsClient } from "../gramjs-client.ts";
import { mtcuteClient } from "../mtcute-client.ts";

/** What a client read, in one shape for both. */
interface Read {
  readonly dialogs: Record<string, string>;
  readonly members: Record<string, readonly string[]>;
  readonly common: readonly string[];
  readonly history: readonly string[];
}

describe("an unmodified client", () => {
  test("gramjs reads dialogs, members, shared groups and messages as the truth has them", async () => {
    const sandbox = await openSandbox({ world: "small" });
    expect(await readWithGramjs(sandbox)).toEqual(trueReading(sandbox));
  });

  test("mtcute, which is not gramjs and speaks a newer layer, reads the same", async () => {
    const sandbox = await openSandbox({ world: "small" });
    expect(await readWithMtcute(sandbox)).toEqual(trueReading(sandbox));
  });

  test("gramjs hears of a rename, a new member and a message", async () => {
    const sandbox = await openSandbox({ world: "small" });
    const client = await signInGramjs(sandbox);
    const heard: string[] = [];
    client.addEventHandler((update: Api.TypeUpdate) => {
      if (update instanceof Api.UpdateNewChannelMessage) {
        const { message } = update;
        heard.push(
          message instanceof Api.MessageService ? message.action.className : (message as Api.Message).message,
        );
      }
    });
    const group = listed(sandbox)[0] as TelegramTruthGroup;
    const stranger = sandbox.control
      .truth()
      .people.find(
        (person) =>
          person.telegramUserId !== null && !group.memberIds.includes(String(person.telegramUserId)),
      );
    sandbox.control.changeTelegram({ kind: "rename-group", group: group.id, title: "New title" });
    sandbox.control.changeTelegram({ kind: "add-member", group: group.id, user: stranger?.id });
    sandbox.control.changeTelegram({
      kind: "post-message",
      group: group.id,
      user: stranger?.id,
      text: "hi all",
    });
    await expect
      .poll(() => heard)
      .toEqual(["MessageActionChatEditTitle", "MessageActionChatAddUser", "hi all"]);
  });
});

async function signInGramjs(sandbox: Sandbox): Promise<Gramjs> {
  const client = gramjsClient(sandbox);
  const [owner] = sandbox.ready.telegram.accounts;
  await client.start({
    phoneNumber: async () => owner?.phone ?? "",
    phoneCode: async () => owner?.code ?? "",
    password: async () => owner?.password ?? "",
    onError: (error) => {
      throw error;
    },
  });
  return client;
}

async function readWithGramjs(sandbox: Sandbox): Promise<Read> {
  const client = await signInGramjs(sandbox);
  const dialogs: Record<string, string> = {};
  for await (const { id, title } of client.iterDialogs({})) dialogs[String(id)] = title ?? "";
  const members: Record<string, string[]> = {};
  for (const group of listed(sandbox)) {
    const users = await client.getParticipants(helpers.returnBigInt(group.botApiId), {});
    members[group.botApiId] = Array.from(users, (user) => String(user.id)).sort();
  }
  const userId = await client.getInputEntity(helpers.returnBigInt(colleague(sandbox)));
  const { chats } = await client.invoke(
    new Api.messages.GetCommonChats({ userId, maxId: helpers.returnBigInt(0), limit: 100 }),
  );
  const history: string[] = [];
  const [first] = listed(sandbox);
  for await (const message of client.iterMessages(helpers.returnBigInt(first?.botApiId ?? "0"), {})) {
    history.push(`${message.id} ${message.message ?? ""}`);
  }
  return { dialogs, members, common: chats.map((chat) => String(chat.id)).sort(), history };
}

async function readWithMtcute(sandbox: Sandbox): Promise<Read> {
  const client: Mtcute = await mtcuteClient(sandbox);
  const [owner] = sandbox.ready.telegram.accounts;
  await client.start({
    phone: owner?.phone ?? "",
    code: async () => owner?.code ?? "",
    password: owner?.password ?? "",
    codeSentCallback: () => {},
  });
  const dialogs: Record<string, string> = {};
  for await (const { peer } of client.iterDialogs({ archived: "keep" }))
    dialogs[String(peer.id)] = peer.displayName;
  const members: Record<string, string[]> = {};
  for (const group of listed(sandbox)) {
    const ids: string[] = [];
    for await (const { user } of client.iterChatMembers(Number(group.botApiId))) ids.push(String(user.id));
    members[group.botApiId] = ids.sort();
  }
  const common = await client.getCommonChats(Number(colleague(sandbox)));
  const history: string[] = [];
  const [first] = listed(sandbox);
  for await (const message of client.iterHistory(Number(first?.botApiId)))
    history.push(`${message.id} ${message.text}`);
  return { dialogs, members, common: common.map((chat) => bareId(String(chat.id))).sort(), history };
}

/** The same straight from the world; only the messages are those that the sandbox generates for the group. */
function trueReading(sandbox: Sandbox): Read {
  const groups = telegramGroups(sandbox).filter((group) => group.visibleToAccount);
  const old = groups.filter((group) => group.migratedFrom !== null);
  const person = colleague(sandbox);
  return {
    dialogs: Object.fromEntries([
      ...groups.map((group) => [group.botApiId, group.name]),
      ...old.map((group) => [`-${group.migratedFrom}`, group.name]),
    ]),
    members: Object.fromEntries(
      listed(sandbox).map((group) => [group.botApiId, [...group.memberIds].sort()]),
    ),
    common: groups
      .filter(
        (group) =>
          group.kind !== "channel" &&
          (!group.hiddenMembers || isRunByUs(group)) &&
          group.memberIds.includes(person),
      )
      .map((group) => group.id)
      .sort(),
    history: trueHistory(Number(listed(sandbox)[0]?.id)),
  };
}

/** Newest first: ids are positions counted from 1, and service messages have no text. */
function trueHistory(id: number): string[] {
  const group = loadWorld("small", 1).telegram.channels.get(id) as TelegramGroup;
  const positions = Array.from({ length: group.messageCount }, (_unused, at) => at).reverse();
  return positions.flatMap((at) => {
    const message = telegramPastAt(group, at);
    return message ? [`${at + 1} ${message.text}`] : [];
  });
}

/** Groups whose members anybody in them can list, a supergroup first. */
function listed(sandbox: Sandbox): TelegramTruthGroup[] {
  return telegramGroups(sandbox)
    .filter(
      (group) =>
        group.visibleToAccount && group.kind !== "channel" && (!group.hiddenMembers || isRunByUs(group)),
    )
    .sort((one, other) => Number(other.kind === "supergroup") - Number(one.kind === "supergroup"));
}

function isRunByUs(group: TelegramTruthGroup): boolean {
  return group.own.role === "owner" || group.own.role === "admin";
}

function telegramGroups(sandbox: Sandbox): TelegramTruthGroup[] {
  return sandbox.control.truth().groups.filter((group) => group.platform === "telegram");
}

function colleague(sandbox: Sandbox): string {
  const person = sandbox.control.truth().people.find((one) => one.team && !one.tokenOwner);
  return String(person?.telegramUserId);
}

function bareId(marked: string): string {
  return marked.replace(/^-100|^-/, "");
}
