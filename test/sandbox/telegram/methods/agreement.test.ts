import { expect, test } from "vitest";
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
    const anchorId = String(lab.anchor.userId);
    for (const told of groups) {
      const group = live.get(told.id) as TelegramGroup;
      expect(told.visibleToAccount).toBe(told.memberIds.includes(anchorId));
      if (!told.visibleToAccount && told.username === null) {
        expect(await readRefused(lab, group)).toBe(
          group.kind === "basic" ? "400 CHAT_ID_INVALID" : "406 CHANNEL_PRIVATE",
        );
        continue;
      }
      if (group.kind === "basic") {
        const { full_chat } = await lab.call("messages.getFullChat", { chat_id: BigInt(group.id) });
        expect(idsOf(full_chat.participants.participants)).toEqual([...told.memberIds].sort());
        continue;
      }
      const listed = await readMembers(lab, group);
      const admin = told.own.role === "owner" || told.own.role === "admin";
      if (group.kind === "channel" && !admin) {
        expect(listed).toBe("403 CHAT_ADMIN_REQUIRED");
      } else if (told.hiddenMembers && !admin) {
        expect(Number(listed.length)).toBeLessThan(told.memberIds.length);
        expect([...listed].filter((id) => !told.memberIds.includes(id))).toEqual([]);
      } else {
        const most = group.kind === "channel" ? 200 : 10_000;
        expect(listed.length).toBe(Math.min(most, told.memberIds.length));
        if (told.memberIds.length <= most) expect(listed).toEqual([...told.memberIds].sort());
      }
    }
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

async function readMembers(lab: Lab, group: TelegramGroup): Promise<string[] | string> {
  const ids: string[] = [];
  for (;;) {
    const request = {
      channel: lab.inputChannel(group),
      filter: { _: "channelParticipantsSearch", q: "" },
      offset: ids.length,
      limit: 200,
      hash: 0n,
    };
    const refusal = ids.length === 0 ? await lab.refusal("channels.getParticipants", request) : "no refusal";
    if (refusal !== "no refusal") return refusal;
    const { participants, users } = await lab.call("channels.getParticipants", request);
    if (participants.length === 0) return ids.sort();
    expect(users.length).toBe(participants.length);
    ids.push(...idsOf(participants));
  }
}

async function readRefused(lab: Lab, group: TelegramGroup): Promise<string> {
  if (group.kind === "basic") return lab.refusal("messages.getFullChat", { chat_id: BigInt(group.id) });
  return lab.refusal("channels.getFullChannel", { channel: lab.inputChannel(group) });
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
