import { listingSpeaksFor } from "#main/features/coverage/index.ts";
import type { SlackChannel, SlackSession, SlackUser } from "#main/platforms/slack/slack-session.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { groupKeyOf, type GroupKey } from "#shared/domain/ids.ts";
import type { Result } from "#shared/lib/result.ts";
import { abilitiesOnSlack } from "../policy/ability.ts";
import {
  type AskedAccount,
  groupsAskedFor,
  type LiveGroup,
  type LiveQuestion,
  type LiveReading,
  noteProblem,
  noteSeen,
  openAccounts,
  type Pace,
} from "./live-reading.ts";
import { readPages } from "./read-pages.ts";

/** Calls in flight at once: enough that Slack's limits, not the round trip, set the pace. */
const AT_ONCE = 8;

/** Channels that the listing missed are asked about by themselves, up to so many: Slack Connect is known for it. */
const MISSED_AT_MOST = 50;

interface SlackRead {
  readonly session: SlackSession;
  readonly question: LiveQuestion;
  readonly reading: LiveReading;
  readonly pace: Pace;
}

/**
 * Reads one workspace by the fewest calls that prove something: the list of channels once, the channels of each person,
 * and member lists only where such a listing does not speak for the channel.
 */
export async function readSlack(read: SlackRead): Promise<void> {
  const { question, reading, pace } = read;
  if (!(await pace.each(["groups"], 1, () => readChannels(read)))) return;
  noteOwner(read);
  if (question.proof === "everywhere" && !(await pace.each(["rank"], 1, () => readOwnRank(read)))) return;
  if (!(await pace.each(missedChannels(read), AT_ONCE, (key) => readMissed(read, key)))) return;
  const others = question.accounts.filter(({ userId }) => userId !== reading.connection.userId);
  if (question.proof === "nowhere") {
    await pace.each(others, AT_ONCE, (account) => readAccount(read, account));
    return;
  }
  if (!(await pace.each(others, AT_ONCE, (account) => readChannelsOf(read, account)))) return;
  const unsettled = groupsAskedFor(reading, question).filter(
    (group) =>
      !group.isArchived &&
      !listingSpeaksFor(group.evidence) &&
      (group.right !== "none" || group.evidence.privacy === "public") &&
      openAccounts(reading, question, group.key).length > 0,
  );
  await pace.each(unsettled, AT_ONCE, (group) => readMembers(read, group));
}

async function readChannels({ session, reading, pace }: SlackRead): Promise<Failure | null> {
  const failure = await readPages(
    (cursor) => session.fetchChannels({ cursor, signal: pace.signal }),
    (channels) => {
      for (const channel of channels) keepChannel(reading, channel, channel.isMember);
    },
  );
  reading.isListed = failure === null;
  // Without the list nothing else means anything.
  if (failure !== null) reading.problem ??= failure;
  return failure;
}

/** The connected account's own channels are in the list: nobody needs to be asked. */
function noteOwner({ question, reading }: SlackRead): void {
  const { userId } = reading.connection;
  if (!question.accounts.some((account) => account.userId === userId)) return;
  for (const { key, right } of reading.groups.values()) if (right !== "none") noteSeen(reading, userId, key);
  reading.accounts.set(userId, { state: "active", listingComplete: true, reason: null });
}

/** An owner or admin of the workspace may do more in the channels they are in. */
async function readOwnRank({ session, reading, pace }: SlackRead): Promise<Failure | null> {
  const user = await session.fetchUser({ userId: reading.connection.userId, signal: pace.signal });
  if (!user.ok) return noteProblem(reading, user.error);
  const { rank } = user.value;
  for (const [key, group] of reading.groups)
    if (group.right !== "none") reading.groups.set(key, { ...group, right: rank });
  return null;
}

function missedChannels({ question, reading }: SlackRead): GroupKey[] {
  const { workspaceId } = reading.connection;
  const here = [...(question.groups ?? [])].filter(
    (key) => key.startsWith(`slack:${workspaceId ?? "-"}:`) && !reading.groups.has(key),
  );
  return here.slice(0, MISSED_AT_MOST);
}

async function readMissed({ session, reading, pace }: SlackRead, key: GroupKey): Promise<Failure | null> {
  const channelId = key.split(":").slice(2).join(":");
  const channel = await session.fetchChannel({ channelId, signal: pace.signal });
  if (channel.ok) {
    keepChannel(reading, channel.value, channel.value.isMember);
    return null;
  }
  return channel.error.code === "slack/channel-not-found" ? null : noteProblem(reading, channel.error);
}

async function readChannelsOf(
  { session, reading, pace }: SlackRead,
  { userId }: AskedAccount,
): Promise<Failure | null> {
  let named = 0;
  const failure = await readPages(
    (cursor) => session.fetchChannelsOfUser({ userId, cursor, signal: pace.signal }),
    (channels) => {
      named += channels.length;
      for (const channel of channels) {
        // Whether we are in it is not said here; but no private one is shown otherwise.
        noteSeen(reading, userId, keepChannel(reading, channel, channel.isPrivate ? true : null, true));
      }
    },
  );
  if (failure?.code === "slack/user-not-found") {
    reading.accounts.set(userId, {
      state: "not-found",
      listingComplete: false,
      reason: "identity-not-found",
    });
    return null;
  }
  if (failure !== null) {
    const reason = "person-listing-incomplete";
    reading.accounts.set(userId, { state: "active", listingComplete: false, reason });
    return noteProblem(reading, failure);
  }
  reading.accounts.set(userId, { state: "active", listingComplete: true, reason: null });
  // No channel at all is also what Slack says of a deactivated account.
  return named > 0 ? null : lookUp(reading, session, pace, userId);
}

/** Whether somebody can be put into a channel that is yet to be. */
async function readAccount(read: SlackRead, account: AskedAccount): Promise<Failure | null> {
  const { session, reading, pace } = read;
  const { userId } = account;
  reading.accounts.set(userId, { state: "active", listingComplete: false, reason: null });
  const user = await session.fetchUser({ userId, signal: pace.signal });
  if (!user.ok || !user.value.isOneChannelGuest || user.value.isDeactivated)
    return noteUser(reading, userId, user);
  // They may come into one channel while they are in none: which ones they are in is the proof that they may not.
  const failure = await readChannelsOf(read, account);
  const isPlaced = [...(reading.seen.get(userId) ?? [])].some(
    (key) => reading.groups.get(key)?.isArchived === false,
  );
  if (isPlaced) reading.accounts.set(userId, { state: "full", listingComplete: false, reason: null });
  return failure;
}

async function lookUp(
  reading: LiveReading,
  session: SlackSession,
  pace: Pace,
  userId: string,
): Promise<Failure | null> {
  return noteUser(reading, userId, await session.fetchUser({ userId, signal: pace.signal }));
}

/** Notes an account that is not in use, or that could not be asked about. */
function noteUser(reading: LiveReading, userId: string, user: Result<SlackUser, Failure>): Failure | null {
  if (user.ok) {
    if (user.value.isDeactivated)
      reading.accounts.set(userId, {
        state: "deactivated",
        listingComplete: false,
        reason: "account-deactivated",
      });
    return null;
  }
  const isNobody = user.error.code === "slack/user-not-found";
  reading.accounts.set(userId, {
    state: isNobody ? "not-found" : "active",
    listingComplete: false,
    reason: isNobody ? "identity-not-found" : "person-listing-incomplete",
  });
  return isNobody ? null : noteProblem(reading, user.error);
}

async function readMembers(
  { session, question, reading, pace }: SlackRead,
  group: LiveGroup,
): Promise<Failure | null> {
  const asked = new Set(question.accounts.map(({ userId }) => userId));
  const failure = await readPages(
    (cursor) => session.fetchMembers({ channelId: group.groupId, cursor, signal: pace.signal }),
    (userIds) => {
      for (const userId of userIds) if (asked.has(userId)) noteSeen(reading, userId, group.key);
    },
  );
  const evidence = { ...group.evidence, rosterComplete: failure === null, unreadable: failure };
  reading.groups.set(group.key, { ...group, evidence });
  return failure === null ? null : noteProblem(reading, failure);
}

/** Keeps a channel that a listing named; what the general list said of it stays. Answers its key. */
function keepChannel(
  reading: LiveReading,
  channel: SlackChannel,
  ownerIsMember: boolean | null,
  seenInListing = false,
): GroupKey {
  const { workspaceId } = reading.connection;
  const key = groupKeyOf("slack", workspaceId, channel.id);
  const known = reading.groups.get(key);
  if (known !== undefined) {
    if (seenInListing) reading.groups.set(key, { ...known, evidence: { ...known.evidence, seenInListing } });
    return key;
  }
  const right = ownerIsMember === false ? "none" : "member";
  reading.groups.set(key, {
    key,
    platform: "slack",
    workspaceId,
    groupId: channel.id,
    name: channel.name,
    kind: null,
    isArchived: channel.isArchived,
    isGeneral: channel.isGeneral,
    right,
    may: abilitiesOnSlack(right),
    evidence: {
      platform: "slack",
      privacy: channel.isPrivate ? "private" : "public",
      isShared: channel.isShared,
      ownerIsMember,
      seenInListing,
      rosterComplete: false,
      unreadable: null,
      kind: null,
      membersHidden: null,
      gap: null,
    },
  });
  return key;
}
