import { listingSpeaksFor } from "#main/features/coverage/index.ts";
import type { TelegramGroup } from "#main/platforms/telegram/telegram-session.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { telegramGroupKeyOf } from "#shared/domain/ids.ts";
import {
  type AskedAccount,
  groupsAskedFor,
  type LiveGroup,
  type LiveReading,
  noteProblem,
  noteSeen,
  noteStop,
  openAccounts,
} from "./live-reading.ts";
import { meetInLists, meetPeople, NOT_MET } from "./meet-people.ts";
import { readPages } from "./read-pages.ts";
import { AT_ONCE, refOf, type TelegramRead } from "./telegram-read.ts";

/** So many groups are asked who else could do something there: one burst, beyond which it would cost a call a second. */
const ADMINS_ASKED_AT_MOST = 30;

/** So many names of such people are told. */
const ADMINS_NAMED = 3;

/**
 * Reads one account by the fewest calls that prove something: its list of chats once, the groups it shares with each
 * person, and more only where the question asks for proofs. Common groups may miss those with hidden members, so that
 * elsewhere only basic groups prove an absence (docs/decisions/0022).
 */
export async function readTelegram(read: TelegramRead): Promise<void> {
  const { question, reading, pace } = read;
  if (!(await pace.each(["groups"], 1, () => readChats(read)))) return;
  noteOwner(read);
  const others = question.accounts.filter(({ userId }) => userId !== reading.connection.userId);
  if (others.length > 0) {
    if (!(await meetPeople(read, others)) || question.proof === "nowhere") return;
    if (!(await readListings(read, others))) return;
  }
  if (question.history && !(await pace.each(changeable(read), AT_ONCE, (group) => readFacts(read, group))))
    return;
  if (question.proof === "nowhere" || question.proof === "cheap") return;
  if (!(await proveAbsences(read)) || !(await readStrangers(read, others))) return;
  await pace.each(groupsOfOthers(read), AT_ONCE, (group) => readAdmins(read, group));
}

/**
 * The same for those whom only a member list makes known. It takes by far the most calls, so it comes when all that can be
 * told of the others is known: what stops it costs none of that. False when the reading was stopped.
 */
async function readStrangers(read: TelegramRead, others: readonly AskedAccount[]): Promise<boolean> {
  const met = await meetInLists(read, others);
  if (met === null) return false;
  const ofThem = { ...read, question: { ...read.question, accounts: met } };
  return (await readListings(ofThem, met)) && (await proveAbsences(ofThem));
}

/** The groups that those who are alive share with this account. False when the reading was stopped. */
async function readListings(read: TelegramRead, accounts: readonly AskedAccount[]): Promise<boolean> {
  const alive = accounts.filter(({ userId }) => read.reading.accounts.get(userId)?.state === "active");
  return read.pace.each(alive, AT_ONCE, (account) => readShared(read, account));
}

/** False when the reading was stopped. */
async function proveAbsences(read: TelegramRead): Promise<boolean> {
  return read.pace.each(groupsToProve(read), AT_ONCE, (group) => prove(read, group));
}

async function readChats({ session, reading, pace }: TelegramRead): Promise<Failure | null> {
  const failure = await readPages(
    (cursor) => session.fetchGroups({ cursor, signal: pace.signal }),
    (groups) => {
      for (const group of groups) keepGroup(reading, group);
    },
  );
  reading.isListed = failure === null;
  if (failure !== null) reading.problem ??= failure;
  return failure;
}

/** The account is in every group that it lists. */
function noteOwner({ question, reading }: TelegramRead): void {
  const { userId } = reading.connection;
  if (!question.accounts.some((account) => account.userId === userId)) return;
  for (const key of reading.groups.keys()) noteSeen(reading, userId, key);
  reading.accounts.set(userId, { state: "active", listingComplete: true, reason: null });
}

async function readShared(
  { session, reading, pace }: TelegramRead,
  { userId }: AskedAccount,
): Promise<Failure | null> {
  const failure = await readPages(
    (cursor) => session.fetchCommonGroups({ userId, cursor, signal: pace.signal }),
    (groups) => {
      for (const group of groups) {
        const kept = keepGroup(reading, group);
        if (kept !== null) noteSeen(reading, userId, kept.key);
      }
    },
  );
  if (failure === null) {
    reading.accounts.set(userId, { state: "active", listingComplete: true, reason: null });
    return null;
  }
  if (failure.code === "telegram/not-met" || failure.code === "telegram/user-not-found") {
    reading.accounts.set(userId, NOT_MET);
    return null;
  }
  const reason = "person-listing-incomplete";
  reading.accounts.set(userId, { state: "active", listingComplete: false, reason });
  return noteProblem(reading, failure);
}

/** Groups whose history setting this account may change. */
function changeable({ question, reading }: TelegramRead): LiveGroup[] {
  return groupsAskedFor(reading, question).filter(
    ({ kind, may }) => kind !== "basic" && may.rename !== false,
  );
}

async function readFacts(
  { session, reading, pace }: TelegramRead,
  group: LiveGroup,
): Promise<Failure | null> {
  const facts = await session.fetchGroupFacts({ group: refOf(group), signal: pace.signal });
  if (!facts.ok) return noteProblem(reading, facts.error);
  reading.historyVisible.set(group.key, !facts.value.isHistoryHidden);
  const evidence = { ...group.evidence, membersHidden: facts.value.areMembersHidden };
  reading.groups.set(group.key, { ...group, evidence });
  return null;
}

/** Groups in which somebody is neither seen nor proven to be absent, as far as the question wants it known. */
function groupsToProve({ question, reading }: TelegramRead): LiveGroup[] {
  return groupsAskedFor(reading, question).filter(
    (group) =>
      !listingSpeaksFor(group.evidence) &&
      (question.proof === "everywhere" || group.may.remove !== false) &&
      openAccounts(reading, question, group.key).length > 0,
  );
}

/** One person is asked about directly; for several, the group's description may settle them all at once. */
async function prove(read: TelegramRead, asked: LiveGroup): Promise<Failure | null> {
  const { session, question, reading, pace } = read;
  let group = asked;
  const open = openAccounts(reading, question, group.key);
  if (open.length > 1) {
    const failure = await readFacts(read, group);
    if (failure !== null) return failure;
    group = reading.groups.get(group.key) ?? group;
    if (listingSpeaksFor(group.evidence)) return null;
  }
  for (const { userId } of open) {
    const answer = await session.fetchMembership({ group: refOf(group), userId, signal: pace.signal });
    if (!answer.ok) {
      // Only admins may ask about anybody there: that is what is not known of this group, and no problem of the connection.
      if (answer.error.code === "telegram/not-allowed") return null;
      const failure = noteProblem(reading, answer.error);
      if (failure !== null) return failure;
    } else if (answer.value === "present") noteSeen(reading, userId, group.key);
    else reading.denied.set(group.key, (reading.denied.get(group.key) ?? new Set()).add(userId));
  }
  return null;
}

/** Groups with somebody to be removed in which that is not ours to do, as far as we know. */
function groupsOfOthers({ question, reading }: TelegramRead): LiveGroup[] {
  const sought = question.accounts.map(({ userId }) => reading.seen.get(userId));
  return groupsAskedFor(reading, question)
    .filter(({ key, may }) => may.remove !== true && sought.some((groups) => groups?.has(key)))
    .slice(0, ADMINS_ASKED_AT_MOST);
}

/** Who else could, and in a basic group whom we could after all, because we put them in. Where it is not shown, nobody is named. */
async function readAdmins(
  { session, reading, pace }: TelegramRead,
  group: LiveGroup,
): Promise<Failure | null> {
  if (group.kind === "basic") {
    const members = await session.fetchMembers({ group: refOf(group), cursor: null, signal: pace.signal });
    if (!members.ok) return noteStop(reading, members.error);
    const own = reading.connection.userId;
    const putIn = [...members.value.inviters].flatMap(([userId, by]) => (by === own ? [userId] : []));
    reading.putIn.set(group.key, new Set(putIn));
  }
  const admins = await session.fetchAdmins({ group: refOf(group), signal: pace.signal });
  if (!admins.ok) return noteStop(reading, admins.error);
  const able = admins.value
    .filter(({ right, mayBan, user }) => (right === "owner" || mayBan) && !user.isBot)
    .toSorted((left, right) => Number(right.right === "owner") - Number(left.right === "owner"))
    .slice(0, ADMINS_NAMED)
    .map(({ user, right }) => {
      const name = user.username === null ? user.displayName : `${user.displayName} (@${user.username})`;
      return right === "owner" ? `${name}, the owner` : name;
    });
  if (able.length > 0) reading.whoCould.set(group.key, able);
  return null;
}

/** Null for what is no group to work in: broadcast channels, and what is closed to the account or became another. */
function keepGroup(reading: LiveReading, group: TelegramGroup): LiveGroup | null {
  const { kind, groupId } = group;
  if (kind === "basic" && group.migratedTo !== null)
    reading.migrations.set(telegramGroupKeyOf(groupId, true), telegramGroupKeyOf(group.migratedTo, false));
  if (kind === "broadcast" || group.isClosed || group.migratedTo !== null) return null;
  const key = telegramGroupKeyOf(groupId, kind === "basic");
  const known = reading.groups.get(key);
  if (known !== undefined) return known;
  const kept: LiveGroup = {
    key,
    platform: "telegram",
    workspaceId: null,
    groupId,
    name: group.title,
    kind,
    isArchived: false,
    isGeneral: false,
    right: group.right,
    may: { rename: group.may.changeInfo, add: group.may.addPeople, remove: group.may.removePeople },
    evidence: {
      platform: "telegram",
      privacy: group.username === null ? "private" : "public",
      isShared: false,
      ownerIsMember: true,
      seenInListing: false,
      rosterComplete: false,
      unreadable: null,
      kind,
      membersHidden: kind === "basic" ? false : null,
      gap: null,
    },
  };
  reading.groups.set(key, kept);
  return kept;
}
