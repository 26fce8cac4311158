import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { describe, expect, test } from "vitest";
import { dialogsRequest, readDialogs } from "#main/platforms/telegram/read-dialogs.ts";
import { isInFolder, readFolder } from "#main/platforms/telegram/read-folder.ts";
import { readGroup } from "#main/platforms/telegram/read-group.ts";
import { membersRequest, readMembers, readMembership } from "#main/platforms/telegram/read-members.ts";
import { commonRequest, readCommon } from "#main/platforms/telegram/read-shared-groups.ts";
import { readUser } from "#main/platforms/telegram/read-user.ts";

const big = returnBigInt;
const photo = new Api.ChatPhotoEmpty();
const rights = (more: object) => new Api.ChatAdminRights(more);

function channel(id: number, more: object = {}): Api.Channel {
  return new Api.Channel({ id: big(id), accessHash: big(1), title: `c${id}`, photo, date: 0, ...more });
}

function chat(id: number, more: object = {}): Api.Chat {
  return new Api.Chat({
    id: big(id),
    title: `b${id}`,
    photo,
    participantsCount: 3,
    date: 0,
    version: 1,
    ...more,
  });
}

describe("groups and people", () => {
  test.each([
    [channel(1, { megagroup: true }), { kind: "supergroup", right: "member" }],
    [channel(1, { megagroup: true, forum: true, creator: true }), { kind: "forum", right: "owner" }],
    [channel(1, { gigagroup: true }), { kind: "supergroup" }],
    [
      channel(1, { broadcast: true, adminRights: rights({ changeInfo: true }) }),
      { kind: "broadcast", right: "rename" },
    ],
    [channel(1, { megagroup: true, adminRights: rights({ banUsers: true }) }), { right: "admin" }],
    [channel(1, { megagroup: true, left: true }), { isClosed: true }],
    [
      channel(1, {
        usernames: [
          new Api.Username({ username: "off" }),
          new Api.Username({ active: true, username: "on" }),
        ],
      }),
      { username: "on" },
    ],
    [
      new Api.ChannelForbidden({ id: big(1), accessHash: big(1), title: "x", megagroup: true }),
      { kind: "supergroup", isClosed: true },
    ],
    [new Api.ChatForbidden({ id: big(1), title: "x" }), { kind: "basic", isClosed: true }],
    [chat(2), { kind: "basic", memberCount: 3, migratedTo: null }],
    [
      chat(2, {
        deactivated: true,
        migratedTo: new Api.InputChannel({ channelId: big(7), accessHash: big(1) }),
      }),
      { isClosed: true, migratedTo: "7" },
    ],
    [channel(9_007_199_254_740_993n as unknown as number), { groupId: "9007199254740993" }],
  ])("%# is read as it is", (given, expected) => {
    expect(readGroup(given)).toMatchObject(expected);
  });

  const bans = (more: object) => new Api.ChatBannedRights({ untilDate: 0, ...more });
  const open = bans({});
  const closed = bans({ changeInfo: true, inviteUsers: true });
  const supergroup = (more: object) => channel(1, { megagroup: true, defaultBannedRights: open, ...more });
  test.each<[string, Api.Channel | Api.Chat, (boolean | null)[]]>([
    ["an owner", supergroup({ creator: true, defaultBannedRights: closed }), [true, true, true]],
    [
      "an admin of a closed group",
      supergroup({ adminRights: rights({ banUsers: true }), defaultBannedRights: closed }),
      [false, false, true],
    ],
    [
      "an admin without rights where members have them",
      supergroup({ adminRights: rights({ other: true }) }),
      [true, true, false],
    ],
    ["a member of an open group", supergroup({}), [true, true, false]],
    ["a member of a closed group", supergroup({ defaultBannedRights: closed }), [false, false, false]],
    [
      "somebody restricted in an open group",
      supergroup({ bannedRights: bans({ changeInfo: true }) }),
      [false, true, false],
    ],
    ["a member of a public group", supergroup({ username: "acme" }), [false, true, false]],
    [
      "an admin of a public group",
      supergroup({ username: "acme", adminRights: rights({ changeInfo: true }) }),
      [true, true, false],
    ],
    ["a member of a group with a place", supergroup({ hasGeo: true }), [false, true, false]],
    [
      "a member where nothing is said of members",
      supergroup({ defaultBannedRights: undefined }),
      [null, null, false],
    ],
    ["a mention in passing", supergroup({ min: true }), [null, null, null]],
    ["a subscriber of a channel", channel(1, { broadcast: true }), [false, false, false]],
    ["nobody any more", supergroup({ left: true }), [false, false, false]],
    ["a member of a basic group", chat(2, { defaultBannedRights: open }), [true, true, null]],
    ["a member of a closed basic group", chat(2, { defaultBannedRights: closed }), [false, false, null]],
    [
      "an admin of a basic group",
      chat(2, { adminRights: rights({}), defaultBannedRights: closed }),
      [true, true, true],
    ],
  ])(
    "what %s may change follows from what the group says",
    (_who, given, [changeInfo, addPeople, removePeople]) => {
      expect(readGroup(given)?.may).toEqual({ changeInfo, addPeople, removePeople });
    },
  );

  test("a chat of which nothing is known is no group", () => {
    expect(readGroup(new Api.ChatEmpty({ id: big(1) }))).toBe(null);
  });

  test("a person has a name, whatever they left out", () => {
    const names = [
      { firstName: "Ada", lastName: "Byron" },
      { lastName: "Byron" },
      { username: "ada" },
      { deleted: true },
      { firstName: "\ud83e" },
    ];
    expect(names.map((name) => readUser(new Api.User({ id: big(5), ...name }))?.displayName)).toEqual([
      "Ada Byron",
      "Byron",
      "ada",
      "5",
      "\ufffd",
    ]);
    expect(readUser(new Api.UserEmpty({ id: big(5) }))).toBe(null);
  });
});

describe("member lists", () => {
  const peer = new Api.PeerUser({ userId: big(4) });
  const banned = (more: object) =>
    new Api.ChannelParticipantBanned({
      peer,
      kickedBy: big(1),
      date: 0,
      bannedRights: new Api.ChatBannedRights({ untilDate: 0 }),
      ...more,
    });
  const kicked = banned({ bannedRights: new Api.ChatBannedRights({ untilDate: 0, viewMessages: true }) });
  const page = (participants: Api.TypeChannelParticipant[], count: number) =>
    new Api.channels.ChannelParticipants({ count, participants, chats: [], users: [] });

  test("count who is in, restricted people included, and not who left or was banned", () => {
    const rows = [
      new Api.ChannelParticipant({ userId: big(1), date: 0 }),
      new Api.ChannelParticipantCreator({ userId: big(2), adminRights: rights({}) }),
      new Api.ChannelParticipantLeft({ peer }),
      banned({}),
      banned({ left: true }),
      kicked,
    ];
    expect(readMembers(page(rows, 6), null)).toEqual({
      userIds: ["1", "2", "4"],
      total: 6,
      inviters: new Map(),
      nextCursor: null,
    });
  });

  test("go on behind the rows that were handed out, and end where there are none", () => {
    const row = new Api.ChannelParticipant({ userId: big(1), date: 0 });
    const cursors = [
      readMembers(page([row, row], 9), null)?.nextCursor,
      readMembers(page([row], 9), "2")?.nextCursor,
      readMembers(page([], 9), "3")?.nextCursor,
      readMembers(page([row], 4), "3")?.nextCursor,
    ];
    expect(cursors).toEqual(["2", "3", null, null]);
  });

  test("a bent cursor is refused", () => {
    const at = new Api.InputChannel({ channelId: big(1), accessHash: big(1) });
    expect(["-1", "x", "1.5"].map((cursor) => membersRequest(at, cursor))).toEqual([null, null, null]);
  });

  test.each([
    [new Api.ChannelParticipant({ userId: big(4), date: 0 }), "present"],
    [banned({}), "present"],
    [kicked, "absent"],
    [new Api.ChannelParticipantLeft({ peer }), "absent"],
  ])("%# settles whether somebody is in", (participant, expected) => {
    expect(readMembership(new Api.channels.ChannelParticipant({ participant, chats: [], users: [] }))).toBe(
      expected,
    );
  });
});

describe("groups in common", () => {
  const user = new Api.InputUser({ userId: big(1), accessHash: big(1) });
  const slice = (count: number, ids: number[]) =>
    new Api.messages.ChatsSlice({ count, chats: ids.map((id) => channel(id)) });

  test("go on below the last id until all were seen", () => {
    const first = readCommon(slice(3, [9, 8]), null);
    const second = readCommon(slice(3, [7]), first?.nextCursor ?? null);
    expect([first?.nextCursor, second?.nextCursor, commonRequest(user, "8:2")?.maxId.toString()]).toEqual([
      "8:2",
      null,
      "8",
    ]);
  });

  test("a page that repeats itself is a bad answer", () => {
    expect(readCommon(slice(300, [8]), "8:2")).toBe(null);
  });

  test("a bent cursor is refused", () => {
    expect(commonRequest(user, "drop table")).toBe(null);
  });
});

describe("the list of chats", () => {
  const dialog = (peer: Api.TypePeer, topMessage: number) =>
    new Api.Dialog({
      peer,
      topMessage,
      readInboxMaxId: 0,
      readOutboxMaxId: 0,
      unreadCount: 0,
      unreadMentionsCount: 0,
      unreadReactionsCount: 0,
      notifySettings: new Api.PeerNotifySettings({}),
    });
  const message = (peerId: Api.TypePeer, id: number, date: number) =>
    new Api.Message({ id, peerId, date, message: "" });
  const inChannel = new Api.PeerChannel({ channelId: big(5) });

  test("goes on behind the last chat whose message came along, and leaves out chats only mentioned", () => {
    const answer = new Api.messages.DialogsSlice({
      count: 300,
      dialogs: [dialog(inChannel, 7), dialog(new Api.PeerChat({ chatId: big(6) }), 8)],
      messages: [message(inChannel, 7, 1_000)],
      chats: [channel(5), chat(6), channel(99)],
      users: [],
    });
    const page = readDialogs(answer, null);
    const next = dialogsRequest(page?.nextCursor ?? null);
    expect({
      groups: page?.groups.map(({ groupId }) => groupId),
      at: [next?.offsetDate, next?.offsetId, next?.offsetPeer instanceof Api.InputPeerChannel],
    }).toEqual({ groups: ["5", "6"], at: [1_000, 7, true] });
    expect(readDialogs(answer, page?.nextCursor ?? null)?.nextCursor).not.toBe(page?.nextCursor);
  });

  test("that cannot be gone on with is a bad answer", () => {
    const answer = new Api.messages.DialogsSlice({
      count: 3,
      dialogs: [dialog(inChannel, 7)],
      messages: [],
      chats: [],
      users: [],
    });
    expect(readDialogs(answer, null)).toBe(null);
    expect(dialogsRequest('{"date":1}')).toBe(null);
  });
});

describe("folders", () => {
  const title = (text: string) => new Api.TextWithEntities({ text, entities: [] });
  const at = (id: number) => new Api.InputPeerChannel({ channelId: big(id), accessHash: big(1) });
  const filter = new Api.DialogFilter({
    id: 2,
    title: title("Work"),
    groups: true,
    excludeArchived: true,
    pinnedPeers: [at(1)],
    includePeers: [at(2)],
    excludePeers: [at(3)],
  });
  const answer = new Api.messages.DialogFilters({ filters: [new Api.DialogFilterDefault(), filter] });
  const group = (groupId: string, kind: "supergroup" | "broadcast") => ({
    ...readGroup(channel(1))!,
    groupId,
    kind,
  });

  test("hold the groups they name, and all of a kind but those left out", () => {
    const folder = readFolder(answer, "Work")!;
    expect([
      isInFolder(folder, group("1", "broadcast"), true),
      isInFolder(folder, group("2", "supergroup"), false),
      isInFolder(folder, group("3", "supergroup"), false),
      isInFolder(folder, group("4", "supergroup"), false),
      isInFolder(folder, group("4", "supergroup"), true),
      isInFolder(folder, group("5", "broadcast"), false),
    ]).toEqual([true, true, false, true, false, false]);
  });

  test("that do not exist are told apart from an answer that is none", () => {
    expect([readFolder(answer, "Play"), readFolder(null, "Work")]).toEqual([undefined, null]);
  });
});
