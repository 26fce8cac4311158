import { describe, expect, test } from "vitest";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { TelegramAccount } from "#sandbox/telegram/method.ts";
import type { TelegramGroup, TelegramUser } from "#sandbox/world/telegram-model.ts";
import { tellTruth } from "#sandbox/world/truth.ts";
import { openLab, type Answer, type Lab } from "./lab.ts";

describe("channels.getParticipants", () => {
  test("hands out 200 rows a page, 10,000 at most, and the whole count", async () => {
    const lab = openLab("reference");
    const large = groupWith(lab, (group) => group.members.size === 12_000);
    const ask = (offset: number, limit = 200) =>
      lab.call("channels.getParticipants", { ...ALL, channel: lab.inputChannel(large), offset, limit });
    const sizes = await Promise.all(
      [0, 9_900, 10_000].map(async (offset) => (await ask(offset, 500)).participants.length),
    );
    const { count } = await ask(0, 1);
    const half = await lab.call(
      "channels.getParticipants",
      { ...ALL, channel: lab.inputChannel(large), offset: 0, limit: 200 },
      { shortPage: true },
    );
    expect([sizes, count, half.participants.length]).toEqual([[200, 100, 0], 12_000, 100]);
  });

  test("of a hidden list tells an ordinary member the administrators only, with the count of all", async () => {
    const lab = openLab("reference");
    const hidden = groupWith(lab, (group) => group.members.size === 9_000);
    const channel = lab.inputChannel(hidden);
    const page = await lab.call("channels.getParticipants", { ...ALL, channel, offset: 0, limit: 200 });
    const outsider = lab.world.telegram.users[hidden.members.indices[5_000] as number] as TelegramUser;
    const point = { channel, participant: { ...lab.inputUser(outsider), _: "inputPeerUser" } };
    const refused = await lab.refusal("channels.getParticipant", point);
    const { full_chat } = await lab.call("channels.getFullChannel", { channel });
    lab.change({ kind: "set-trait", trait: "hiddenPointLookup", value: true });
    expect({
      rows: page.participants.length,
      kinds: [...new Set(page.participants.map((row: Answer) => row._))].sort(),
      count: page.count,
      flags: [full_chat.participants_hidden, full_chat.can_view_participants, full_chat.participants_count],
      refused,
      withTrait: await lab.refusal("channels.getParticipant", point),
    }).toEqual({
      rows: 20,
      kinds: ["channelParticipantAdmin", "channelParticipantCreator"],
      count: 9_000,
      flags: [true, true, 9_000],
      refused: "403 CHAT_ADMIN_REQUIRED",
      withTrait: "no refusal",
    });
  });

  test("filters by name, role and ban", async () => {
    const lab = openLab();
    const group = owned(lab, "supergroup");
    const [member] = plainMembers(lab, group);
    const channel = lab.inputChannel(group);
    const ask = async (filter: Record<string, unknown>): Promise<number[]> =>
      (
        await lab.call("channels.getParticipants", { channel, filter, offset: 0, limit: 200, hash: 0n })
      ).users.map((user: Answer) => Number(user.id));
    await lab.call("channels.editBanned", {
      channel,
      participant: { ...lab.inputUser(member as TelegramUser), _: "inputPeerUser" },
      banned_rights: BANNED,
    });
    const named = lab.world.telegram.users[group.members.indices[0] as number] as TelegramUser;
    expect({
      search: (
        await ask({ _: "channelParticipantsSearch", q: named.firstName.slice(0, 4).toLowerCase() })
      ).includes(named.id),
      nobody: await ask({ _: "channelParticipantsSearch", q: "zzzz" }),
      admins: (await ask({ _: "channelParticipantsAdmins" })).includes(lab.userOf(lab.anchor).id),
      kicked: await ask({ _: "channelParticipantsKicked", q: "" }),
      banned: await ask({ _: "channelParticipantsBanned", q: "" }),
      stillListed: (await ask({ _: "channelParticipantsRecent" })).includes(member?.id ?? 0),
    }).toEqual({
      search: true,
      nobody: [],
      admins: true,
      kicked: [member?.id],
      banned: [],
      stillListed: false,
    });
  });
});

describe("inviting", () => {
  test.each(["basic", "supergroup"] as const)(
    "adds somebody to a %s, tells everybody, and the truth knows",
    async (kind) => {
      const lab = openLab();
      const group = owned(lab, kind);
      const user = stranger(lab, group);
      const newcomer = lab.accounts.find(BigInt(user.id)) as TelegramAccount;
      lab.told();
      const answer = await invite(lab, group, [user]);
      const told = lab.told();
      const readers = new Set(told.map(({ reader }) => reader.userId));
      const kinds = [...new Set(told.flatMap(({ updates }) => updates.map((update) => update._)))].sort();
      expect({
        missing: answer.missing_invitees,
        service: answer.updates.updates[0].message.action,
        truth: truthOf(lab, group).includes(String(user.id)),
        newcomerTold: readers.has(newcomer.userId),
        kinds,
      }).toEqual({
        missing: [],
        service: { _: "messageActionChatAddUser", users: [BigInt(user.id)] },
        truth: true,
        newcomerTold: true,
        kinds:
          kind === "basic"
            ? ["updateChatParticipants", "updateNewMessage"]
            : ["updateChannel", "updateNewChannelMessage"],
      });
    },
  );

  test("says why somebody cannot be added", async () => {
    const lab = openLab();
    const group = owned(lab, "supergroup");
    const user = stranger(lab, group);
    const other = stranger(lab, group, 1);
    const said: Record<string, unknown> = {};
    user.invitePrivacy = "nobody";
    said["alone"] = await inviteRefusal(lab, group, [user]);
    said["amongOthers"] = (await invite(lab, group, [user, other])).missing_invitees;
    user.invitePrivacy = "everybody";
    user.inTooManyChannels = true;
    said["tooMany"] = await inviteRefusal(lab, group, [user]);
    user.inTooManyChannels = false;
    lab.change({ kind: "remove-member", group: group.id, user: other.id });
    said["left"] = await inviteRefusal(lab, group, [other]);
    lab.change({ kind: "flood-account", user: lab.userOf(lab.anchor).id });
    said["flood"] = await inviteRefusal(lab, group, [user]);
    lab.change({ kind: "flood-account", user: lab.userOf(lab.anchor).id, on: false });
    user.isDeleted = true;
    said["deleted"] = await inviteRefusal(lab, group, [user]);
    said["hash"] = await lab.refusal("channels.inviteToChannel", {
      channel: lab.inputChannel(group),
      users: [{ ...lab.inputUser(other), access_hash: 1n }],
    });
    expect(said).toEqual({
      alone: "403 USER_PRIVACY_RESTRICTED",
      amongOthers: [{ _: "missingInvitee", user_id: BigInt(user.id) }],
      tooMany: "403 USER_CHANNELS_TOO_MUCH",
      left: "403 USER_NOT_MUTUAL_CONTACT",
      flood: "400 PEER_FLOOD",
      deleted: "400 INPUT_USER_DEACTIVATED",
      hash: "400 USER_ID_INVALID",
    });
  });

  test("needs the right to, and takes from the budget for each person who comes in", async () => {
    const lab = openLab();
    const group = owned(lab, "supergroup");
    const [user, other] = [stranger(lab, group), stranger(lab, group, 1)];
    const taken: string[] = [];
    const request = { channel: lab.inputChannel(group), users: [lab.inputUser(user), lab.inputUser(other)] };
    await lab.call("channels.inviteToChannel", request, { takeBudget: (name) => taken.push(name) });
    group.creator = null;
    group.admins.clear();
    group.defaultBans = ["invite_users", "change_info"];
    expect([
      taken,
      await inviteRefusal(lab, group, [stranger(lab, group)]),
      await lab.refusal("channels.editTitle", { channel: lab.inputChannel(group), title: "x" }),
    ]).toEqual([["invite-people", "invite-people"], "403 CHAT_ADMIN_REQUIRED", "403 CHAT_ADMIN_REQUIRED"]);
  });

  test("what members may do by default they may, unless restricted themselves or the group is public", async () => {
    const lab = openLab();
    const group = owned(lab, "supergroup");
    const viewer = lab.userOf(lab.anchor).index;
    group.creator = null;
    group.admins.clear();
    group.linkedTo = null;
    group.historyHidden = false;
    const channel = lab.inputChannel(group);
    const tryAll = async () => {
      group.title = "before";
      group.historyHidden = false;
      return [
        await lab.refusal("channels.editTitle", { channel, title: "after" }),
        await lab.refusal("channels.togglePreHistoryHidden", { channel, enabled: true }),
        await inviteRefusal(lab, group, [stranger(lab, group)]),
      ];
    };
    const said: Record<string, unknown> = {};
    group.defaultBans = [];
    said["open"] = await tryAll();
    const admin = { rights: ["other"], promotedBy: 0, dateS: 0, rank: null } as const;
    group.admins.set(viewer, admin);
    said["admin without the rights"] = await tryAll();
    group.admins.clear();
    group.bans.set(viewer, {
      rights: ["change_info", "invite_users"],
      by: 0,
      dateS: 0,
      untilS: 2_147_483_647,
    });
    said["restricted"] = await tryAll();
    group.bans.clear();
    group.username = "everybody_in";
    said["public"] = await tryAll();
    expect(said).toEqual({
      open: ["no refusal", "no refusal", "no refusal"],
      "admin without the rights": ["no refusal", "no refusal", "no refusal"],
      restricted: ["403 CHAT_ADMIN_REQUIRED", "400 CHAT_ADMIN_REQUIRED", "403 CHAT_ADMIN_REQUIRED"],
      public: ["403 CHAT_ADMIN_REQUIRED", "400 CHAT_ADMIN_REQUIRED", "no refusal"],
    });
  });

  test("stops in the middle when the budget is used up, with nobody added", async () => {
    const lab = openLab();
    const group = owned(lab, "supergroup");
    const before = group.members.size;
    const request = { channel: lab.inputChannel(group), users: [lab.inputUser(stranger(lab, group))] };
    const call = lab.call("channels.inviteToChannel", request, {
      takeBudget: () => {
        throw new RpcError(420, "FLOOD_WAIT_65475");
      },
    });
    await expect(call).rejects.toThrow("FLOOD_WAIT_65475");
    expect(group.members.size).toBe(before);
  });
});

describe("leaving and removing", () => {
  test("takes somebody out of a group, and what they may see with it", async () => {
    const lab = openLab();
    const other = lab.accounts.team[1] as TelegramAccount;
    for (const kind of ["basic", "supergroup"] as const) {
      const group = owned(lab, kind);
      const user = lab.userOf(other);
      if (!group.members.has(user.index)) group.members.add(user.index);
      group.admins.delete(user.index);
      const answer =
        kind === "basic"
          ? await lab.call("messages.deleteChatUser", {
              chat_id: BigInt(group.id),
              user_id: lab.inputUser(user),
            })
          : await lab.call("channels.editBanned", {
              channel: lab.inputChannel(group),
              participant: { ...lab.inputUser(user), _: "inputPeerUser" },
              banned_rights: BANNED,
            });
      expect(answer.updates[0].message.action).toEqual({
        _: "messageActionChatDeleteUser",
        user_id: BigInt(user.id),
      });
      const refused =
        kind === "basic"
          ? (await lab.callAs(other, "messages.getChats", { id: [BigInt(group.id)] })).chats[0]._
          : await lab.refusal("channels.getFullChannel", { channel: lab.inputChannel(group, other) }, other);
      expect(refused).toBe(kind === "basic" ? "chatForbidden" : "406 CHANNEL_PRIVATE");
      expect(truthOf(lab, group)).not.toContain(String(user.id));
    }
  });

  test("lets a member go but not the owner", async () => {
    const lab = openLab();
    const group = owned(lab, "supergroup");
    const refused = await lab.refusal("channels.leaveChannel", { channel: lab.inputChannel(group) });
    const mine = groupWith(
      lab,
      (one) => one.kind === "supergroup" && one.creator !== lab.userOf(lab.anchor).index,
    );
    await lab.call("channels.leaveChannel", { channel: lab.inputChannel(mine) });
    const told = tellTruth(lab.world).groups.find((one) => one.id === String(mine.id));
    const { chats } = await lab.call("channels.getChannels", { id: [lab.inputChannel(mine)] });
    expect([refused, told?.visibleToAccount, chats[0]._]).toEqual([
      "400 USER_CREATOR",
      false,
      "channelForbidden",
    ]);
  });
});

describe("administrators", () => {
  test("look different to the one who appointed them than to others", async () => {
    const lab = openLab();
    const group = owned(lab, "supergroup");
    const [admin, other] = lab.accounts.team.slice(1, 3) as [TelegramAccount, TelegramAccount];
    for (const { index } of [admin, other].map((account) => lab.userOf(account))) group.members.add(index);
    group.admins.clear();
    lab.change({ kind: "set-admin", group: group.id, user: String(admin.userId), rights: ["ban_users"] });
    const asked = async (account: TelegramAccount): Promise<unknown[]> => {
      const participant = { ...lab.inputUser(lab.userOf(admin), account), _: "inputPeerUser" };
      const channel = lab.inputChannel(group, account);
      const row = (await lab.callAs(account, "channels.getParticipant", { channel, participant }))
        .participant;
      return [row._, row.can_edit, row.self];
    };
    expect([await asked(lab.anchor), await asked(other), await asked(admin)]).toEqual([
      ["channelParticipantAdmin", true, false],
      ["channelParticipantAdmin", false, false],
      ["channelParticipantAdmin", false, true],
    ]);
  });

  test("are appointed by the owner, with rights the appointer has, and ownership needs a proof", async () => {
    const lab = openLab();
    const group = owned(lab, "supergroup");
    const [member] = plainMembers(lab, group);
    const channel = lab.inputChannel(group);
    const user_id = lab.inputUser(member as TelegramUser);
    await lab.call("channels.editAdmin", {
      channel,
      user_id,
      admin_rights: { _: "chatAdminRights", change_info: true },
      rank: "helper",
    });
    const row = await lab.call("channels.getParticipant", {
      channel,
      participant: { ...user_id, _: "inputPeerUser" },
    });
    const proof = { _: "inputCheckPasswordSRP", srp_id: 1n };
    const proofs: unknown[] = [];
    const refused = await lab.refusal("channels.editCreator", {
      channel,
      user_id,
      password: { _: "inputCheckPasswordEmpty" },
    });
    await lab.call(
      "channels.editCreator",
      { channel, user_id, password: proof },
      { checkPassword: async (given) => void proofs.push(given) },
    );
    const log = await lab.call("channels.getAdminLog", { channel, q: "", max_id: 0n, min_id: 0n, limit: 10 });
    expect([
      row.participant.admin_rights,
      row.participant.rank,
      refused,
      proofs,
      group.creator,
      log.events[0].action._,
    ]).toEqual([
      { _: "chatAdminRights", change_info: true },
      "helper",
      "400 PASSWORD_HASH_INVALID",
      [proof],
      member?.index,
      "channelAdminLogEventActionParticipantToggleAdmin",
    ]);
  });
});

const ALL = { filter: { _: "channelParticipantsRecent" }, hash: 0n };
const BANNED = { _: "chatBannedRights", view_messages: true, until_date: 0 };

function groupWith(lab: Lab, fits: (group: TelegramGroup) => boolean): TelegramGroup {
  const { chats, channels } = lab.world.telegram;
  const anchor = lab.userOf(lab.anchor).index;
  const group = [...chats.values(), ...channels.values()].find(
    (one) => one.members.has(anchor) && one.migratedTo === null && fits(one),
  );
  if (!group) throw new Error("the world has no such group");
  return group;
}

/** A group of a kind, given to the anchor. */
function owned(lab: Lab, kind: TelegramGroup["kind"]): TelegramGroup {
  const group = groupWith(
    lab,
    (one) => one.kind === kind && !one.participantsHidden && one.username === null,
  );
  group.creator = lab.userOf(lab.anchor).index;
  return group;
}

function plainMembers(lab: Lab, group: TelegramGroup): TelegramUser[] {
  const members = Array.from(
    group.members.indices,
    (index) => lab.world.telegram.users[index] as TelegramUser,
  );
  return members.filter(
    (user) => !group.admins.has(user.index) && group.creator !== user.index && !user.isBot && !user.isDeleted,
  );
}

/** Somebody with an account who is not in the group, whom anybody may add, and who is no contact. */
function stranger(lab: Lab, group: TelegramGroup, at = 0): TelegramUser {
  const own = lab.world.telegram.contacts.get(lab.userOf(lab.anchor).index);
  const free = lab.world.telegram.users.filter(
    (user) =>
      user.person !== null &&
      !user.isBot &&
      !user.isDeleted &&
      !user.inTooManyChannels &&
      user.invitePrivacy === "everybody" &&
      !group.members.has(user.index) &&
      !own?.has(user.index),
  );
  return free[at] as TelegramUser;
}

function invite(lab: Lab, group: TelegramGroup, users: readonly TelegramUser[]): Promise<Answer> {
  const inputs = users.map((user) => lab.inputUser(user));
  return group.kind === "basic"
    ? lab.call("messages.addChatUser", { chat_id: BigInt(group.id), user_id: inputs[0], fwd_limit: 0 })
    : lab.call("channels.inviteToChannel", { channel: lab.inputChannel(group), users: inputs });
}

function inviteRefusal(lab: Lab, group: TelegramGroup, users: readonly TelegramUser[]): Promise<string> {
  return lab.refusal("channels.inviteToChannel", {
    channel: lab.inputChannel(group),
    users: users.map((user) => lab.inputUser(user)),
  });
}

function truthOf(lab: Lab, group: TelegramGroup): readonly string[] {
  return tellTruth(lab.world).groups.find((one) => one.id === String(group.id))?.memberIds ?? [];
}
