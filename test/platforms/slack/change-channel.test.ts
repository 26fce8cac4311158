import { expect, onTestFinished, test } from "vitest";
import { openSlackSession, type SlackSession } from "#main/platforms/slack/index.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { silentLog } from "#shared/lib/log.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import type { SlackTruthGroup, TruthPerson } from "#sandbox/world/truth.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import * as server from "./scripted-server.ts";

const signal = new AbortController().signal;

interface Lab {
  readonly sandbox: Sandbox;
  readonly session: SlackSession;
  /** A live private channel the account is in, which is not shared with anybody. */
  readonly channel: SlackTruthGroup;
  /** Members of the workspace who are not in it. */
  readonly outside: readonly TruthPerson[];
}

async function openLab(token: "full" | "missingScope" | "guest" = "full"): Promise<Lab> {
  const sandbox = await openSandbox();
  const { apiUrl, tokens, tokenOwnerId } = sandbox.ready.slack;
  const session = openSlackSession({
    token: tokens[token],
    apiUrl,
    clock: systemClock,
    log: silentLog,
    retryPauseMs: 1,
    deadlineMs: 500,
  });
  const { groups, people } = sandbox.control.truth();
  const channel = groups.find(
    (group): group is SlackTruthGroup =>
      group.platform === "slack" &&
      group.kind === "private" &&
      !group.isArchived &&
      !group.isShared &&
      group.memberIds.includes(tokenOwnerId),
  )!;
  const outside = people.filter(
    (one) =>
      !one.deactivated &&
      !one.external &&
      one.guest === null &&
      !one.bot &&
      !channel.memberIds.includes(one.slackUserId),
  );
  return { sandbox, session, channel, outside };
}

function channelNow({ sandbox }: Lab, channelId: string): SlackTruthGroup {
  return sandbox.control.truth().groups.find(({ id }) => id === channelId) as SlackTruthGroup;
}

function isIn(lab: Lab, userId: string): boolean {
  return channelNow(lab, lab.channel.id).memberIds.includes(userId);
}

/** The failure's code with Slack's own, or "ok". */
function told(result: Result<unknown, Failure>): string {
  if (result.ok) return "ok";
  const { slackError, needed } = result.error.facts;
  return [result.error.code, slackError ?? needed].filter((part) => part !== undefined).join(" ");
}

function callsOf({ sandbox }: Lab, method: string): number {
  return sandbox.control.calls().counts[method] ?? 0;
}

test("one invitation brings in whom it can and says of each other why not, in the order given", async () => {
  const lab = await openLab();
  const { channel, outside, session } = lab;
  const [amy, ben] = outside as [TruthPerson, TruthPerson];
  const { people, groups } = lab.sandbox.control.truth();
  const gone = people.find(({ deactivated }) => deactivated)!;
  const guest = people.find(
    (one) =>
      one.guest === "single" &&
      groups.some(({ id, memberIds }) => id !== channel.id && memberIds.includes(one.slackUserId)),
  )!;
  const self = lab.sandbox.ready.slack.tokenOwnerId;
  const already = channel.memberIds.find((id) => id !== self)!;
  const userIds = [
    already,
    amy.slackUserId,
    gone.slackUserId,
    self,
    guest.slackUserId,
    "U0NOBODY001",
    ben.slackUserId,
  ];

  const invited = await session.inviteToChannel({ channelId: channel.id, userIds, signal });

  const outcomes = invited.ok
    ? invited.value.map((one) => [one.userId, one.outcome === "refused" ? one.failure.code : one.outcome])
    : told(invited);
  expect({
    outcomes,
    isIn: [amy, ben, gone, guest].map(({ slackUserId }) => isIn(lab, slackUserId)),
  }).toEqual({
    outcomes: [
      [already, "already-in"],
      [amy.slackUserId, "added"],
      [gone.slackUserId, "slack/not-allowed"],
      [self, "slack/cannot-invite-self"],
      [guest.slackUserId, "slack/guest-limit"],
      ["U0NOBODY001", "slack/user-not-found"],
      [ben.slackUserId, "added"],
    ],
    isIn: [true, true, false, false],
  });
  expect(callsOf(lab, "conversations.invite")).toBe(1);
});

test("an invitation of people who are all in already says so of each", async () => {
  const lab = await openLab();
  const self = lab.sandbox.ready.slack.tokenOwnerId;
  const userIds = lab.channel.memberIds.filter((id) => id !== self).slice(0, 2);
  const many = await lab.session.inviteToChannel({ channelId: lab.channel.id, userIds, signal });
  const one = await lab.session.inviteToChannel({
    channelId: lab.channel.id,
    userIds: userIds.slice(0, 1),
    signal,
  });
  const allIn = userIds.map((userId) => ({ userId, outcome: "already-in" }));
  expect([many, one]).toEqual([
    { ok: true, value: allIn },
    { ok: true, value: allIn.slice(0, 1) },
  ]);
});

test("people whom a refusal does not name are invited one by one, for an answer of their own", async () => {
  const channel = { id: "C1", name: "x" };
  const { apiUrl, close, requests } = await server.startScriptedServer(
    server.refuse("already_in_channel"),
    server.json({ ok: true, channel }),
    server.refuse("already_in_channel"),
    server.json({ ok: true, channel }),
  );
  onTestFinished(close);
  const session = openSlackSession({ token: "xoxp-1", apiUrl, clock: systemClock, log: silentLog });
  const invited = await session.inviteToChannel({ channelId: "C1", userIds: ["U1", "U2", "U3"], signal });
  expect([invited, requests.map(({ args }) => args["users"])]).toEqual([
    ok([
      { userId: "U1", outcome: "added" },
      { userId: "U2", outcome: "already-in" },
      { userId: "U3", outcome: "added" },
    ]),
    ["U1,U2,U3", "U1", "U2", "U3"],
  ]);
});

test("nobody is invited where nobody is named, and more than a thousand are a mistake of ours", async () => {
  const lab = await openLab();
  const { session, channel } = lab;
  const nobody = await session.inviteToChannel({ channelId: channel.id, userIds: [], signal });
  const crowd = Array.from({ length: 1_001 }, (_, at) => `U${at}`);
  const tooMany = session.inviteToChannel({ channelId: channel.id, userIds: crowd, signal });
  await expect(tooMany).rejects.toThrow(RangeError);
  expect([nobody, callsOf(lab, "conversations.invite")]).toEqual([ok([]), 0]);
});

test("a removal tells a person who is not in from an account that is not", async () => {
  const lab = await openLab();
  const { sandbox, session, channel, outside } = lab;
  const self = sandbox.ready.slack.tokenOwnerId;
  const member = channel.memberIds.find((id) => id !== self)!;
  const other = sandbox.control
    .truth()
    .groups.find(
      (group) =>
        group.platform === "slack" &&
        group.kind === "public" &&
        !group.isArchived &&
        group.memberIds.length > 0 &&
        !group.memberIds.includes(self),
    )!;
  const remove = async (channelId: string, userId: string): Promise<string> => {
    const removed = await session.removeFromChannel({ channelId, userId, signal });
    return removed.ok ? removed.value : told(removed);
  };
  expect({
    once: await remove(channel.id, member),
    twice: await remove(channel.id, member),
    stranger: await remove(channel.id, outside[0]!.slackUserId),
    self: await remove(channel.id, self),
    elsewhere: await remove(other.id, other.memberIds[0]!),
    isIn: isIn(lab, member),
  }).toEqual({
    once: "removed",
    twice: "was-not-in",
    stranger: "was-not-in",
    self: "slack/cannot-remove cant_kick_self",
    elsewhere: "slack/not-in-channel not_in_channel",
    isIn: false,
  });
});

test("a channel gets the name that Slack keeps, unless it is taken or none, and archived channels keep theirs", async () => {
  const lab = await openLab();
  const { sandbox, session, channel } = lab;
  const { groups } = sandbox.control.truth();
  const archived = groups.find((group) => group.platform === "slack" && group.isArchived)!;
  const rename = async (name: string, channelId = channel.id): Promise<string> => {
    const renamed = await session.renameChannel({ channelId, name, signal });
    return renamed.ok ? renamed.value : told(renamed);
  };
  const archiveAndRename = (): Promise<string> => {
    sandbox.control.change({ kind: "archive-channel", channel: channel.id });
    return rename("bitsafe-old");
  };
  expect({
    renamed: await rename("bitsafe-acme_2"),
    archivedName: await rename(archived.name),
    upper: await rename("BitSafe"),
    long: await rename("a".repeat(81)),
    empty: await rename(""),
    dashes: await rename("---"),
    unknown: await rename("bitsafe-old", "C0UNKNOWN01"),
    now: channelNow(lab, channel.id).name,
    archived: await archiveAndRename(),
  }).toEqual({
    renamed: "bitsafe-acme_2",
    archivedName: "slack/name-taken name_taken",
    upper: "slack/name-invalid invalid_name_specials",
    long: "slack/name-invalid invalid_name_maxlength",
    empty: "slack/name-invalid invalid_name_required",
    dashes: "slack/name-invalid invalid_name_punctuation",
    unknown: "slack/channel-not-found channel_not_found",
    now: "bitsafe-acme_2",
    archived: "slack/archived is_archived",
  });
});

test("a new channel has its topic, its first member and a pinned welcome", async () => {
  const lab = await openLab();
  const { sandbox, session } = lab;
  const created = await session.createChannel({ name: "bitsafe-newco", isPrivate: true, signal });
  if (!created.ok) throw new Error(told(created));
  const { id: channelId } = created.value;
  const again = await session.createChannel({ name: "bitsafe-newco", isPrivate: false, signal });
  const topic = await session.setTopic({ channelId, topic: "Customer since today", signal });
  const posted = await session.sendMessage({ channelId, text: "Welcome!", signal });
  const messageId = posted.ok ? posted.value.messageId : "";
  const pinned = await session.pinMessage({ channelId, messageId, signal });
  const pinnedAgain = await session.pinMessage({ channelId, messageId, signal });
  const nothing = await session.pinMessage({ channelId, messageId: "1.000000", signal });
  expect({
    created: created.value,
    steps: [again, topic, posted, pinned, pinnedAgain, nothing].map(told),
    truth: channelNow(lab, channelId),
  }).toMatchObject({
    created: { name: "bitsafe-newco", isPrivate: true, isArchived: false, isMember: true },
    steps: ["slack/name-taken name_taken", "ok", "ok", "ok", "ok", "slack/refused message_not_found"],
    truth: {
      name: "bitsafe-newco",
      kind: "private",
      memberIds: [sandbox.ready.slack.tokenOwnerId],
      topic: "Customer since today",
      pinnedTexts: ["Welcome!"],
    },
  });
});

test.each([
  ["is_archived", "slack/archived"],
  ["not_in_channel", "slack/not-in-channel"],
  ["restricted_action", "slack/not-allowed"],
  ["method_not_supported_for_channel_type", "slack/not-allowed"],
  ["user_is_restricted", "slack/not-allowed"],
  ["user_is_ultra_restricted", "slack/not-allowed"],
  ["token_revoked", "slack/token-revoked"],
  ["some_new_error", "slack/refused"],
])("an invitation refused as a whole with %s fails with %s, asked once", async (error, code) => {
  const lab = await openLab();
  lab.sandbox.control.addFault({ method: "conversations.invite", kind: `error:${error}` });
  const userIds = lab.outside.slice(0, 2).map(({ slackUserId }) => slackUserId);
  const invited = await lab.session.inviteToChannel({ channelId: lab.channel.id, userIds, signal });
  expect([told(invited), callsOf(lab, "conversations.invite")]).toEqual([`${code} ${error}`, 1]);
});

test.each([
  ["cant_kick_from_general", "slack/general-channel"],
  ["restricted_action", "slack/not-allowed"],
])("a removal refused with %s fails with %s", async (error, code) => {
  const lab = await openLab();
  lab.sandbox.control.addFault({ method: "conversations.kick", kind: `error:${error}` });
  const [userId] = lab.channel.memberIds as [string];
  const removed = await lab.session.removeFromChannel({ channelId: lab.channel.id, userId, signal });
  expect(told(removed)).toBe(`${code} ${error}`);
});

test("a guest's account changes nothing", async () => {
  const lab = await openLab("guest");
  const guestChannel = await lab.session.createChannel({ name: "bitsafe-mine", isPrivate: false, signal });
  expect(told(guestChannel)).toBe("slack/not-allowed user_is_restricted");
});

test("a token that loses its scopes in the middle says which it needs, and works when it has them again", async () => {
  const lab = await openLab();
  const { sandbox, session, channel, outside } = lab;
  const invite = async (at: number): Promise<string> => {
    const userIds = [outside[at]!.slackUserId];
    return told(await session.inviteToChannel({ channelId: channel.id, userIds, signal }));
  };
  const before = await invite(0);
  const lost = ["groups:write", "groups:write.invites"];
  sandbox.control.changeToken({ label: "full", remove: lost });
  const without = await invite(1);
  sandbox.control.changeToken({ label: "full", add: ["groups:write"] });
  const again = await invite(1);
  sandbox.control.addFault({ method: "conversations.invite", kind: `lose-scope:${lost.join(",")}` });
  const struck = await invite(2);
  const missing = "slack/missing-scope groups:write.invites,groups:write";
  expect([before, without, again, struck]).toEqual(["ok", missing, "ok", missing]);
});

const CHANGES: readonly [string, (lab: Lab) => Promise<Result<unknown, Failure>>, (lab: Lab) => boolean][] = [
  [
    "conversations.invite",
    ({ session, channel, outside }) =>
      session.inviteToChannel({ channelId: channel.id, userIds: [outside[0]!.slackUserId], signal }),
    (lab) => isIn(lab, lab.outside[0]!.slackUserId),
  ],
  [
    "conversations.kick",
    ({ session, channel, sandbox }) =>
      session.removeFromChannel({
        channelId: channel.id,
        userId: channel.memberIds.find((id) => id !== sandbox.ready.slack.tokenOwnerId)!,
        signal,
      }),
    (lab) => channelNow(lab, lab.channel.id).memberIds.length < lab.channel.memberIds.length,
  ],
  [
    "conversations.rename",
    ({ session, channel }) =>
      session.renameChannel({ channelId: channel.id, name: "bitsafe-renamed", signal }),
    (lab) => channelNow(lab, lab.channel.id).name === "bitsafe-renamed",
  ],
  [
    "conversations.create",
    ({ session }) => session.createChannel({ name: "bitsafe-created", isPrivate: true, signal }),
    ({ sandbox }) => sandbox.control.truth().groups.some(({ name }) => name === "bitsafe-created"),
  ],
  [
    "conversations.setTopic",
    ({ session, channel }) => session.setTopic({ channelId: channel.id, topic: "another topic", signal }),
    (lab) => channelNow(lab, lab.channel.id).topic === "another topic",
  ],
];

const LOST: readonly [string, string, boolean][] = [
  ["drop", "network/unreachable", false],
  ["drop-after", "network/unreachable", true],
  ["stall", "network/timed-out", false],
  ["stall-after", "network/timed-out", true],
  ["http502", "slack/bad-answer", false],
  ["error:internal_error", "slack/bad-answer", false],
];

test.each(
  CHANGES.flatMap(([method, run, isDone]) =>
    LOST.map(([kind, code, isApplied]) => [method, kind, code, isApplied, run, isDone] as const),
  ),
)("%s goes out once when %s strikes it", async (method, kind, code, isApplied, run, isDone) => {
  const lab = await openLab();
  lab.sandbox.control.addFault({ method, kind });
  const result = await run(lab);
  expect([told(result).split(" ")[0], callsOf(lab, method), isDone(lab)]).toEqual([code, 1, isApplied]);
});

test("a change that was put off by a 429 is made after the wait, once", async () => {
  const lab = await openLab();
  lab.sandbox.control.addFault({ method: "conversations.kick", kind: "ratelimit", retryAfterS: 1 });
  const userId = lab.channel.memberIds.find((id) => id !== lab.sandbox.ready.slack.tokenOwnerId)!;
  const removed = await lab.session.removeFromChannel({ channelId: lab.channel.id, userId, signal });
  expect([removed, callsOf(lab, "conversations.kick")]).toEqual([ok("removed"), 2]);
});
