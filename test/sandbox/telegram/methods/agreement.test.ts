import { expect, test } from "vitest";
import type { TelegramTruthGroup } from "#sandbox/world/telegram-truth.ts";
import { tellTruth } from "#sandbox/world/truth.ts";
import { allGroups } from "#sandbox/world/telegram-world.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { openLab, type Answer, type Lab } from "./lab.ts";

const SEEDS = Array.from({ length: 20 }, (_unused, at) => at + 1);

test.each(SEEDS)(
  "with seed %i members, shared groups, dialogs and single people are as the truth has them",
  async (seed) => {
    const lab = openLab("reference", seed);
    const truth = tellTruth(lab.world);
    const groups = truth.groups.filter((group) => group.platform === "telegram");
    const live = new Map(
      [...allGroups(lab.world.telegram)]
        .filter((group) => group.migratedTo === null)
        .map((group): [string, TelegramGroup] => [String(group.id), group]),
    );
    const asked: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const told of groups) {
      const group = live.get(told.id) as TelegramGroup;
      asked[told.id] = await readMembers(lab, group);
      expected[told.id] = trueMembers(told, group);
    }
    expect(asked).toEqual(expected);
    for (const person of truth.people.filter((one) => one.team && !one.tokenOwner)) {
      const shared = await readCommonChats(lab, person.telegramUserId ?? 0);
      const expected = groups.filter(
        (group) =>
          group.visibleToAccount &&
          group.kind !== "channel" &&
          (!group.hiddenMembers || ["owner", "admin"].includes(group.own.role)) &&
          group.memberIds.includes(String(person.telegramUserId)),
      );
      expect(shared.sort()).toEqual(expected.map((group) => group.id).sort());
    }
    const seen = await readDialogs(lab);
    const current = seen.filter((id) => live.has(id));
    expect(current.sort()).toEqual(
      groups
        .filter((group) => group.visibleToAccount)
        .map((group) => group.id)
        .sort(),
    );
    expect(new Set(seen).size).toBe(seen.length);
  },
);

test.each(SEEDS.slice(0, 4))(
  "with seed %i asking for one person proves presence and absence alike",
  async (seed) => {
    const lab = openLab("small", seed);
    const { users, channels } = lab.world.telegram;
    for (const group of channels.values()) {
      if (
        !group.members.has(lab.userOf(lab.anchor).index) ||
        group.kind === "channel" ||
        group.participantsHidden
      )
        continue;
      for (const user of users.slice(0, 30)) {
        const request = {
          channel: lab.inputChannel(group),
          participant: { ...lab.inputUser(user), _: "inputPeerUser" },
        };
        const said = await lab.refusal("channels.getParticipant", request);
        expect(said).toBe(group.members.has(user.index) ? "no refusal" : "400 USER_NOT_PARTICIPANT");
      }
    }
  },
);

/** Every member a client can list, or the refusal. */
async function readMembers(lab: Lab, group: TelegramGroup): Promise<readonly string[] | string> {
  if (group.kind === "basic") {
    const request = { chat_id: BigInt(group.id) };
    const refusal = await lab.refusal("messages.getFullChat", request);
    if (refusal !== "no refusal") return refusal;
    return idsOf((await lab.call("messages.getFullChat", request)).full_chat.participants.participants);
  }
  const ids: string[] = [];
  for (;;) {
    const filter = { _: "channelParticipantsSearch", q: "" };
    const request = { channel: lab.inputChannel(group), filter, offset: ids.length, limit: 200, hash: 0n };
    const refusal = ids.length === 0 ? await lab.refusal("channels.getParticipants", request) : "no refusal";
    if (refusal !== "no refusal") return refusal;
    const { participants, users } = await lab.call("channels.getParticipants", request);
    if (participants.length === 0) return ids.sort();
    expect(users.length).toBe(participants.length);
    ids.push(...idsOf(participants));
  }
}

/** What of a group's members the anchor may learn: all, the administrators, the first 10,000, or nothing. */
function trueMembers(told: TelegramTruthGroup, group: TelegramGroup): readonly string[] | string {
  const { own, username, hiddenMembers, memberIds } = told;
  if (own.role === "none" && username === null)
    return group.kind === "basic" ? "400 CHAT_ID_INVALID" : "406 CHANNEL_PRIVATE";
  const runs = own.role === "owner" || own.role === "admin";
  if (group.kind === "channel" && !runs) return "403 CHAT_ADMIN_REQUIRED";
  const inOrder = Array.from(group.members.indices);
  const shown =
    hiddenMembers && !runs
      ? inOrder.filter((user) => user === group.creator || group.admins.has(user))
      : inOrder;
  const ids = new Map(inOrder.map((user, at) => [user, memberIds[at] as string]));
  return shown
    .slice(0, group.kind === "channel" ? 200 : 10_000)
    .map((user) => ids.get(user) as string)
    .sort();
}

async function readCommonChats(lab: Lab, userId: number): Promise<string[]> {
  const user = lab.world.telegram.userById.get(userId);
  if (!user) throw new Error(`no user ${userId}`);
  const ids: string[] = [];
  for (let maxId = 0n; ;) {
    const { chats } = await lab.call("messages.getCommonChats", {
      user_id: lab.inputUser(user),
      max_id: maxId,
      limit: 100,
    });
    if (chats.length === 0) return ids;
    ids.push(...chats.map((chat: Answer) => String(chat.id)));
    maxId = chats.at(-1).id as bigint;
  }
}

async function readDialogs(lab: Lab): Promise<string[]> {
  const ids: string[] = [];
  let offset: Record<string, unknown> = {
    offset_date: 0,
    offset_id: 0,
    offset_peer: { _: "inputPeerEmpty" },
  };
  for (;;) {
    const page = await lab.call("messages.getDialogs", { ...offset, limit: 100, hash: 0n });
    if (page.dialogs.length === 0) return ids;
    ids.push(...page.dialogs.map(({ peer }: Answer) => String(peer.chat_id ?? peer.channel_id)));
    const last = page.dialogs.at(-1);
    const top = page.messages.find(
      (one: Answer) =>
        one.id === last.top_message && String(one.peer_id.chat_id ?? one.peer_id.channel_id) === ids.at(-1),
    );
    const { telegram } = lab.world;
    const group = telegram.channels.get(Number(ids.at(-1))) ?? telegram.chats.get(Number(ids.at(-1)));
    offset = { offset_date: top.date, offset_id: top.id, offset_peer: lab.inputPeer(group as TelegramGroup) };
    if (page._ === "messages.dialogs") return ids;
  }
}

function idsOf(participants: readonly Answer[]): string[] {
  return participants.map((one) => String(one.user_id ?? one.peer.user_id)).sort();
}
