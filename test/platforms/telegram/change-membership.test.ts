import { expect, test } from "vitest";
import type { Failure } from "#shared/domain/failure.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import type { TelegramTruthGroup } from "#sandbox/world/telegram-truth.ts";
import { openChangeLab, refOf, type ChangeLab } from "./change-lab.ts";
import { codeOf, never } from "./telegram-lab.ts";

type Kind = TelegramTruthGroup["kind"];

/** The failure's code with Telegram's own, or "ok". */
function tell(result: Result<unknown, Failure>): string {
  if (result.ok) return "ok";
  const { telegramError, problem } = result.error.facts;
  return [result.error.code, telegramError ?? problem].filter((part) => part !== undefined).join(" ");
}

function add({ session }: ChangeLab, group: TelegramTruthGroup, userId: string) {
  return session.addToGroup({ group: refOf(group), userId, signal: never });
}

function remove({ session }: ChangeLab, group: TelegramTruthGroup, userId: string) {
  return session.removeFromGroup({ group: refOf(group), userId, signal: never });
}

test.each<Kind>(["basic", "supergroup", "forum"])(
  "somebody comes into a %s once, and out of it again",
  async (kind) => {
    const lab = await openChangeLab();
    const group = lab.own(kind);
    const userId = await lab.meetStranger(group);
    const steps = [];
    for (const step of [add, add, remove, remove, add]) {
      steps.push([await step(lab, group, userId), lab.isIn(group, userId)]);
    }
    expect(steps).toEqual([
      [ok("added"), true],
      [ok("already-in"), true],
      [ok("removed"), false],
      [ok("was-not-in"), false],
      // A removal is no ban: they may be added again.
      [ok("added"), true],
    ]);
  },
);

test("a removal whose ban could not be lifted again ends by itself", async () => {
  let aheadMs = 0;
  const nowMs = (): number => Date.now() + aheadMs;
  const lab = await openChangeLab({ nowMs }, { clock: { ...systemClock, nowMs } });
  const group = lab.own("supergroup");
  const userId = await lab.meetMember(group);
  lab.change({ kind: "set-privacy", user: userId, privacy: "everybody" });
  lab.sandbox.control.addFault({
    platform: "telegram",
    method: "channels.editBanned",
    kind: "error:500:INTERNAL",
    after: 1,
    times: null,
  });
  const removed = await remove(lab, group, userId);
  const whileBanned = await add(lab, group, userId);
  aheadMs = 62 * MINUTE_MS;
  const later = await add(lab, group, userId);
  expect([removed, tell(whileBanned), later]).toEqual([
    ok("removed"),
    "telegram/banned-there USER_KICKED",
    ok("added"),
  ]);
});

test("the ban of a removal that was cut off is recognised and lifted, an administrator's is not", async () => {
  const lab = await openChangeLab();
  const group = lab.own("supergroup");
  const userId = await lab.meetMember(group);
  lab.change({ kind: "set-privacy", user: userId, privacy: "everybody" });
  const liftBan = () => lab.session.liftRemovalBan({ group: refOf(group), userId, signal: never });
  const before = await liftBan();
  lab.sandbox.control.addFault({ platform: "telegram", method: "channels.editBanned", kind: "drop-after" });
  const cutOff = tell(await remove(lab, group, userId));
  const ended = [await liftBan(), await liftBan(), await add(lab, group, userId)];
  lab.change({ kind: "ban-member", group: group.id, user: userId, by: lab.selfId });
  const ofAnAdmin = await liftBan();
  expect([before, cutOff, ended, ofAnAdmin, lab.isIn(group, userId)]).toEqual([
    ok("none"),
    "network/unreachable",
    [ok("lifted"), ok("none"), ok("added")],
    ok("none"),
    false,
  ]);
});

test("somebody who is not in is left alone, so that an admin's ban of theirs stays", async () => {
  const lab = await openChangeLab();
  const group = lab.own("supergroup");
  const userId = await lab.meetMember(group);
  lab.change({ kind: "ban-member", group: group.id, user: userId });
  const removed = await remove(lab, group, userId);
  expect([removed, tell(await add(lab, group, userId)), lab.callsOf("channels.editBanned")]).toEqual([
    ok("was-not-in"),
    "telegram/banned-there USER_KICKED",
    0,
  ]);
});

test("what keeps a person out of a group is told for each reason", async () => {
  const lab = await openChangeLab();
  const group = lab.own("supergroup");
  const userId = await lab.meetStranger(group);
  const told: string[] = [];
  const after = async (change: Record<string, unknown>): Promise<void> => {
    lab.change({ user: userId, ...change });
    told.push(tell(await add(lab, group, userId)));
  };
  lab.change({ kind: "set-contact", user: userId, other: lab.selfId, on: false });
  await after({ kind: "set-privacy", privacy: "nobody" });
  await after({ kind: "set-privacy", privacy: "contacts" });
  lab.change({ kind: "set-privacy", user: userId, privacy: "everybody" });
  await after({ kind: "fill-channels" });
  lab.change({ kind: "fill-channels", user: userId, on: false });
  lab.change({ kind: "set-contact", user: lab.selfId, other: userId, on: false });
  await after({ kind: "flood-account", user: lab.selfId });
  lab.change({ kind: "flood-account", user: lab.selfId, on: false });
  lab.change({ kind: "add-member", group: group.id, user: userId });
  await after({ kind: "remove-member", group: group.id });
  await after({ kind: "ban-member", group: group.id });
  await after({ kind: "delete-account" });
  expect(told).toEqual([
    "telegram/privacy-restricted USER_PRIVACY_RESTRICTED",
    "telegram/privacy-restricted missing-invitee",
    "telegram/too-many-groups USER_CHANNELS_TOO_MUCH",
    "telegram/account-limited PEER_FLOOD",
    "telegram/not-mutual-contact USER_NOT_MUTUAL_CONTACT",
    "telegram/banned-there USER_KICKED",
    "telegram/user-not-found INPUT_USER_DEACTIVATED",
  ]);
});

test.each([
  ["USER_CHANNELS_TOO_MUCH", "telegram/too-many-groups"],
  ["USERS_TOO_MUCH", "telegram/group-full"],
  ["PEER_FLOOD", "telegram/account-limited"],
  ["CHAT_ADMIN_REQUIRED", "telegram/admin-needed"],
  ["CHAT_WRITE_FORBIDDEN", "telegram/admin-needed"],
  ["RIGHT_FORBIDDEN", "telegram/admin-needed"],
  ["USER_PRIVACY_RESTRICTED", "telegram/privacy-restricted"],
  ["USER_NOT_MUTUAL_CONTACT", "telegram/not-mutual-contact"],
  ["USER_KICKED", "telegram/banned-there"],
  ["INPUT_USER_DEACTIVATED", "telegram/user-not-found"],
  ["CHANNEL_PRIVATE", "telegram/group-not-found"],
  ["SOME_NEW_ERROR", "telegram/refused"],
])("an invitation refused with %s fails with %s, asked once", async (error, code) => {
  const lab = await openChangeLab();
  const group = lab.own("supergroup");
  const userId = await lab.meetStranger(group);
  const method = "channels.inviteToChannel";
  lab.sandbox.control.addFault({ platform: "telegram", method, kind: `error:${error}` });
  expect([tell(await add(lab, group, userId)), lab.callsOf(method)]).toEqual([`${code} ${error}`, 1]);
});

test("nobody is removed by somebody without the right, nor the owner by anybody", async () => {
  const lab = await openChangeLab();
  const group = lab.own("supergroup");
  const userId = await lab.meetMember(group);
  lab.change({ kind: "set-owner", group: group.id, user: userId });
  const asMember = await remove(lab, group, userId);
  lab.change({ kind: "set-admin", group: group.id, user: lab.selfId, rights: ["invite_users"] });
  const withoutRight = await remove(lab, group, userId);
  lab.change({ kind: "set-admin", group: group.id, user: lab.selfId, rights: ["ban_users"] });
  const ofOwner = await remove(lab, group, userId);
  expect([asMember, withoutRight, ofOwner].map(tell)).toEqual([
    "telegram/admin-needed CHAT_ADMIN_REQUIRED",
    "telegram/admin-needed CHAT_ADMIN_REQUIRED",
    "telegram/cannot-remove USER_ADMIN_INVALID",
  ]);
});

test("a right lost in the middle stops what needs it, and nothing else", async () => {
  const lab = await openChangeLab();
  const group = lab.own("supergroup");
  const [member, stranger] = [await lab.meetMember(group), await lab.meetStranger(group)];
  lab.change({ kind: "set-owner", group: group.id, user: member });
  lab.change({ kind: "set-admin", group: group.id, user: lab.selfId, rights: ["ban_users", "invite_users"] });
  const before = await add(lab, group, stranger);
  lab.change({ kind: "set-admin", group: group.id, user: lab.selfId, rights: [] });
  const after = await remove(lab, group, stranger);
  expect([before, tell(after), lab.isIn(group, stranger)]).toEqual([
    ok("added"),
    "telegram/admin-needed CHAT_ADMIN_REQUIRED",
    true,
  ]);
});

test("somebody the session never met cannot be addressed", async () => {
  const lab = await openChangeLab();
  const results = [];
  for (const kind of ["basic", "supergroup"] as const) {
    const group = lab.own(kind);
    results.push(tell(await add(lab, group, "1")), tell(await remove(lab, group, "1")));
  }
  expect(results).toEqual(Array(4).fill("telegram/not-met"));
});

test("told to wait an hour with inviting, an account does not ask again before", async () => {
  const lab = await openChangeLab({ limits: true });
  const group = lab.own("supergroup");
  const userId = await lab.meetStranger(group);
  const told: string[] = [];
  for (let count = 0; count < 24; count++) {
    told.push(tell(await add(lab, group, userId)));
    if (!lab.isIn(group, userId)) continue;
    lab.change({ kind: "remove-member", group: group.id, user: userId, by: lab.selfId });
  }
  expect([told, lab.callsOf("channels.inviteToChannel")]).toEqual([
    [...Array<string>(20).fill("ok"), ...Array<string>(4).fill("telegram/flood-wait")],
    21,
  ]);
});

const LOST: readonly [string, string, boolean][] = [
  ["drop", "network/unreachable", false],
  ["drop-after", "network/unreachable", true],
  ["drop-mid-request", "network/unreachable", true],
  ["stall", "network/timed-out", false],
  ["stall-after", "network/timed-out", true],
  ["error:500:RPC_CALL_FAIL", "telegram/refused", false],
];

test.each(
  (["basic", "supergroup"] as const).flatMap((groupKind) =>
    LOST.map(([fault, code, isApplied]) => [groupKind, fault, code, isApplied] as const),
  ),
)("an invitation into a %s goes out once when %s strikes it", async (groupKind, fault, code, isApplied) => {
  const lab = await openChangeLab({}, { deadlineMs: 400 });
  const group = lab.own(groupKind);
  const userId = await lab.meetStranger(group);
  const method = groupKind === "basic" ? "messages.addChatUser" : "channels.inviteToChannel";
  lab.sandbox.control.addFault({ platform: "telegram", method, kind: fault });
  const result = await add(lab, group, userId);
  const seen = await lab.session.fetchMembership({ group: refOf(group), userId, signal: never });
  expect([codeOf(result), lab.callsOf(method), seen]).toEqual([
    code,
    1,
    ok(isApplied ? "present" : "absent"),
  ]);
});

test.each(LOST)("a removal goes out once when %s strikes it", async (fault, code, isApplied) => {
  const lab = await openChangeLab({}, { deadlineMs: 400 });
  const group = lab.own("supergroup");
  const userId = await lab.meetMember(group);
  lab.sandbox.control.addFault({ platform: "telegram", method: "channels.editBanned", kind: fault });
  const result = await remove(lab, group, userId);
  expect([codeOf(result), lab.callsOf("channels.editBanned"), lab.isIn(group, userId)]).toEqual([
    code,
    1,
    !isApplied,
  ]);
});
