import { expect, test } from "vitest";
import type { TelegramAdmin, TelegramSession } from "#main/platforms/telegram/index.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { HOUR_MS } from "#shared/lib/time.ts";
import type { TelegramTruthGroup } from "#sandbox/world/telegram-truth.ts";
import { openChangeLab, refOf, type ChangeLab } from "./change-lab.ts";
import { codeOf, never, valueOf } from "./telegram-lab.ts";

type Kind = TelegramTruthGroup["kind"];

/** The failure's code with Telegram's own, or "ok". */
function tell(result: Result<unknown, Failure>): string {
  if (result.ok) return "ok";
  const { telegramError, problem } = result.error.facts;
  return [result.error.code, telegramError ?? problem].filter((part) => part !== undefined).join(" ");
}

/** Takes every right from the account, and from members what the group may let them do. */
function demote(lab: ChangeLab, group: TelegramTruthGroup, other: string): void {
  lab.change({ kind: "set-owner", group: group.id, user: other });
  lab.change({ kind: "set-admin", group: group.id, user: lab.selfId, rights: [] });
  lab.change({ kind: "restrict-members", group: group.id, rights: ["change_info", "pin_messages"] });
}

test.each<Kind>(["basic", "supergroup", "forum"])("a %s gets another title", async (kind) => {
  const lab = await openChangeLab();
  const group = lab.own(kind);
  const rename = (title: string) => lab.session.renameGroup({ group: refOf(group), title, signal: never });
  const results = [await rename("BitSafe <> Acme 😀"), await rename("BitSafe <> Acme 😀")];
  const empty = await rename("  ");
  const other = await lab.meetMember(group);
  demote(lab, group, other);
  const without = await rename("Not mine");
  expect([results, tell(empty), tell(without), lab.now(group).name]).toEqual([
    [ok("renamed"), ok("unchanged")],
    "telegram/name-invalid CHAT_TITLE_EMPTY",
    "telegram/admin-needed CHAT_ADMIN_REQUIRED",
    "BitSafe <> Acme 😀",
  ]);
});

test("the eleventh title in a quarter of an hour has to wait, and is not asked for again before", async () => {
  const lab = await openChangeLab({ limits: true }, { pacing: { windowScale: 0, longestWaitMs: 1_000 } });
  const group = lab.own("supergroup");
  const codes = [];
  for (let count = 0; count < 12; count++) {
    const title = `BitSafe ${count}`;
    codes.push(codeOf(await lab.session.renameGroup({ group: refOf(group), title, signal: never })));
  }
  expect([codes, lab.now(group).name, lab.callsOf("channels.editTitle")]).toEqual([
    [...Array<string>(10).fill("ok"), "telegram/flood-wait", "telegram/flood-wait"],
    "BitSafe 9",
    11,
  ]);
});

test("a title that had to wait is given only if it is still wanted when its turn comes", async () => {
  const lab = await openChangeLab();
  const group = lab.own("supergroup");
  const rename = async (title: string, isWanted: boolean): Promise<string> => {
    lab.sandbox.control.addFault({
      platform: "telegram",
      method: "channels.editTitle",
      kind: "flood",
      seconds: 2,
    });
    const lookAgain = () => Promise.resolve(isWanted);
    const renaming = { group: refOf(group), title, lookAgain, signal: never };
    return lab.session.renameGroup(renaming).then(tell, (error: unknown) => (error as Error).name);
  };
  expect([
    await rename("Not any more", false),
    await rename("BitSafe <> Acme", true),
    lab.now(group).name,
    lab.callsOf("channels.editTitle"),
  ]).toEqual(["NotSent", "ok", "BitSafe <> Acme", 3]);
}, 20_000);

test("history is shown to new members, or hidden, where there is such a setting", async () => {
  const lab = await openChangeLab();
  const group = lab.own("supergroup");
  lab.change({ kind: "hide-history", group: group.id });
  const set = (visible: boolean, of = group) =>
    lab.session.setHistoryVisible({ group: refOf(of), visible, signal: never });
  const results = [await set(true), await set(true), await set(false)];
  const basic = await set(true, lab.own("basic"));
  expect([results, tell(basic), lab.now(group).historyHidden]).toEqual([
    [ok("changed"), ok("unchanged"), ok("changed")],
    "telegram/refused basic-group",
    true,
  ]);
});

test("a new group is ours, has its description, a pinned welcome and a link for those who cannot be added", async () => {
  const lab = await openChangeLab();
  const { session } = lab;
  const created = valueOf(
    await session.createGroup({ title: "BitSafe <> Newco", about: "since today", signal: never }),
  );
  const group = { groupId: created.groupId, kind: created.kind };
  const sent = valueOf(await session.sendMessage({ to: group, text: "Welcome!", signal: never }));
  const messageId = sent.messageId ?? "";
  const about = (text: string) => session.setAbout({ group, about: text, signal: never });
  const steps = {
    pinned: await session.pinMessage({ group, messageId, signal: never }),
    pinnedAgain: await session.pinMessage({ group, messageId, signal: never }),
    nothing: tell(await session.pinMessage({ group, messageId: "999999", signal: never })),
    about: [await about("for ever"), await about("for ever")],
    tooLong: tell(await about("a".repeat(256))),
  };
  const link = valueOf(await session.createInviteLink({ group, title: "for Amy ".repeat(9), signal: never }));
  const again = valueOf(await session.fetchGroup({ group, signal: never }));
  expect({ created, steps, link, again, truth: lab.now({ id: created.groupId }) }).toMatchObject({
    created: { kind: "supergroup", title: "BitSafe <> Newco", right: "owner", isClosed: false },
    steps: {
      pinned: ok(undefined),
      pinnedAgain: ok(undefined),
      nothing: "telegram/refused MESSAGE_ID_INVALID",
      about: [ok("changed"), ok("unchanged")],
      tooLong: "telegram/refused CHAT_ABOUT_TOO_LONG",
    },
    link: expect.stringMatching(/^https:\/\/t\.me\/\+/) as string,
    again: { groupId: created.groupId, title: "BitSafe <> Newco", right: "owner" },
    truth: {
      name: "BitSafe <> Newco",
      about: "for ever",
      pinnedTexts: ["Welcome!"],
      memberIds: [lab.selfId],
    },
  });
});

test("without the right nothing is described, pinned, shown or linked to", async () => {
  const lab = await openChangeLab();
  const group = lab.own("supergroup");
  const ref = refOf(group);
  const sent = valueOf(await lab.session.sendMessage({ to: ref, text: "hello", signal: never }));
  demote(lab, group, await lab.meetMember(group));
  const { session } = lab;
  const tried = [
    await session.setAbout({ group: ref, about: "x", signal: never }),
    await session.pinMessage({ group: ref, messageId: sent.messageId ?? "", signal: never }),
    await session.setHistoryVisible({ group: ref, visible: !group.historyHidden, signal: never }),
    await session.createInviteLink({ group: ref, title: "x", signal: never }),
  ];
  expect(tried.map(tell)).toEqual(Array(4).fill("telegram/admin-needed CHAT_ADMIN_REQUIRED"));
});

test("a group renamed by somebody else is told as it is now, and one we were taken out of is gone", async () => {
  const lab = await openChangeLab();
  const told = [];
  for (const kind of ["basic", "supergroup"] as const) {
    const group = lab.own(kind);
    const ref = refOf(group);
    const other = await lab.meetMember(group);
    lab.change({ kind: "rename-group", group: group.id, title: "Renamed meanwhile", by: other });
    const renamed = valueOf(await lab.session.fetchGroup({ group: ref, signal: never }));
    lab.change({ kind: "set-owner", group: group.id, user: other });
    lab.change({ kind: "remove-member", group: group.id, user: lab.selfId, by: other });
    const gone = await lab.session.fetchGroup({ group: ref, signal: never });
    told.push([renamed.title, renamed.right, codeOf(gone)]);
  }
  expect(told).toEqual([
    ["Renamed meanwhile", "owner", "telegram/group-not-found"],
    ["Renamed meanwhile", "owner", "telegram/group-not-found"],
  ]);
});

test("a basic group that became a supergroup says which", async () => {
  const lab = await openChangeLab();
  const group = lab.own("basic");
  lab.change({ kind: "migrate-group", group: group.id });
  const gone = await lab.session.fetchGroup({ group: refOf(group), signal: never });
  const heir = lab.sandbox.control
    .truth()
    .groups.find((one) => one.platform === "telegram" && one.migratedFrom === group.id);
  expect(gone.ok ? gone : [gone.error.code, gone.error.facts["migratedTo"]]).toEqual([
    "telegram/group-not-found",
    heir?.id,
  ]);
});

test("owner and admins are told with what they may do", async () => {
  const lab = await openChangeLab();
  const told = [];
  for (const kind of ["basic", "supergroup"] as const) {
    const group = lab.own(kind);
    const other = await lab.meetMember(group);
    lab.change({ kind: "set-admin", group: group.id, user: other, rights: ["invite_users"] });
    const admins: readonly TelegramAdmin[] = valueOf(
      await lab.session.fetchAdmins({ group: refOf(group), signal: never }),
    );
    const rightsOf = (userId: string): unknown => {
      const found = admins.find(({ user }) => user.userId === userId);
      return found && [found.right, found.mayInvite, found.mayBan];
    };
    told.push([rightsOf(lab.selfId), rightsOf(other)]);
  }
  expect(told).toEqual([
    [
      ["owner", true, true],
      ["rename", true, true],
    ],
    [
      ["owner", true, true],
      ["admin", true, false],
    ],
  ]);
});

test("a message with the random id of an earlier one is not written twice, whoever sends it again", async () => {
  const lab = await openChangeLab();
  const group = lab.own("supergroup");
  const userId = await lab.meetMember(group);
  const send = (to: Parameters<TelegramSession["sendMessage"]>[0]["to"]) =>
    lab.session.sendMessage({ to, text: "Hello", randomId: "17023456789012345678", signal: never });
  const [first, again] = [valueOf(await send(refOf(group))), valueOf(await send(refOf(group)))];
  const stranger = await lab.session.sendMessage({ to: { userId: "1" }, text: "x", signal: never });
  const direct = await lab.session.sendMessage({ to: { userId }, text: "Could you help?", signal: never });
  expect([first.messageId !== null, again, tell(stranger), codeOf(direct)]).toEqual([
    true,
    { messageId: null },
    "telegram/not-met",
    "ok",
  ]);
});

const LOST: readonly [string, string, boolean][] = [
  ["drop", "network/unreachable", false],
  ["drop-after", "network/unreachable", true],
  ["stall", "network/timed-out", false],
  ["stall-after", "network/timed-out", true],
];

const CHANGES: readonly [
  string,
  (lab: ChangeLab, group: TelegramTruthGroup) => Promise<Result<unknown, Failure>>,
  (lab: ChangeLab, group: TelegramTruthGroup) => boolean,
][] = [
  [
    "channels.editTitle",
    ({ session }, group) => session.renameGroup({ group: refOf(group), title: "Lost?", signal: never }),
    (lab, group) => lab.now(group).name === "Lost?",
  ],
  [
    "channels.togglePreHistoryHidden",
    ({ session }, group) =>
      session.setHistoryVisible({ group: refOf(group), visible: group.historyHidden, signal: never }),
    (lab, group) => lab.now(group).historyHidden !== group.historyHidden,
  ],
  [
    "channels.createChannel",
    ({ session }) => session.createGroup({ title: "Lost?", about: "", signal: never }),
    ({ sandbox }) => sandbox.control.truth().groups.some(({ name }) => name === "Lost?"),
  ],
  [
    "messages.editChatAbout",
    ({ session }, group) => session.setAbout({ group: refOf(group), about: "Lost?", signal: never }),
    (lab, group) => lab.now(group).about === "Lost?",
  ],
];

test.each(
  CHANGES.flatMap(([method, run, isDone]) =>
    LOST.map(([kind, code, isApplied]) => [method, kind, code, isApplied, run, isDone] as const),
  ),
)("%s goes out once when %s strikes it", async (method, kind, code, isApplied, run, isDone) => {
  const lab = await openChangeLab({}, { deadlineMs: 400 });
  const group = lab.own("supergroup");
  await lab.session.fetchGroups({ cursor: null, signal: never });
  lab.sandbox.control.addFault({ platform: "telegram", method, kind });
  const result = await run(lab, group);
  expect([codeOf(result), lab.callsOf(method), isDone(lab, group)]).toEqual([code, 1, isApplied]);
});

test("a wait that a change is asked to sit out is obeyed, and the change made once", async () => {
  const lab = await openChangeLab({}, { pacing: { windowScale: 0, longestWaitMs: HOUR_MS } });
  const group = lab.own("supergroup");
  const method = "channels.editTitle";
  lab.sandbox.control.addFault({ platform: "telegram", method, kind: "flood", retryAfterS: 1 });
  const renamed = await lab.session.renameGroup({ group: refOf(group), title: "After", signal: never });
  expect([renamed, lab.callsOf(method)]).toEqual([ok("renamed"), 2]);
});
