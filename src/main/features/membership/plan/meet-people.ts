import type { Failure } from "#shared/domain/failure.ts";
import { ok } from "#shared/lib/result.ts";
import {
  type AskedAccount,
  groupsAskedFor,
  type LiveReading,
  noteProblem,
  noteSeen,
  noteStop,
} from "./live-reading.ts";
import { readPages } from "./read-pages.ts";
import { AT_ONCE, refOf, type TelegramRead } from "./telegram-read.ts";

/**
 * So many pages of a member list are looked through for somebody we have not met: 2,000 people, which is more than most
 * groups have. Who is on a list was met by it.
 */
const PAGES_SEARCHED = 10;

/** How an account stands that this one has not met. */
export const NOT_MET = { state: "not-met", listingComplete: false, reason: "not-met" } as const;

/**
 * Finds out who of them this account has met, and is alive, so that they can be asked about: all in one call, then the rest
 * by their recorded usernames. False when the reading was stopped.
 */
export async function meetPeople(read: TelegramRead, others: readonly AskedAccount[]): Promise<boolean> {
  const { reading, pace } = read;
  if (!(await pace.each(["people"], 1, () => meetKnown(read, others)))) return false;
  const unmet = others.filter(({ userId }) => !reading.accounts.has(userId));
  return pace.each(unmet, 1, (account) => meetByName(read, account));
}

/** Who of them this account has met, and is alive. */
async function meetKnown(
  { session, reading, pace }: TelegramRead,
  accounts: readonly AskedAccount[],
): Promise<Failure | null> {
  const userIds = accounts.map(({ userId }) => userId);
  const users = await session.fetchUsers({ userIds, signal: pace.signal });
  if (!users.ok) return noteProblem(reading, users.error);
  for (const { userId, isDeactivated } of users.value) noteAccount(reading, userId, isDeactivated);
  return null;
}

/**
 * By the recorded username, which counts only when it still belongs to the recorded id. That the name is nobody's, or
 * somebody else's by now, says nothing about the account: Telegram answers no questions about an id we have not met.
 */
async function meetByName(
  { session, reading, pace }: TelegramRead,
  { userId, username }: AskedAccount,
): Promise<Failure | null> {
  if (username === null) {
    reading.accounts.set(userId, NOT_MET);
    return null;
  }
  const found = await session.findUserByUsername({ username, signal: pace.signal });
  if (!found.ok) {
    const reason = "person-listing-incomplete";
    reading.accounts.set(userId, { state: "active", listingComplete: false, reason });
    return noteProblem(reading, found.error);
  }
  if (found.value?.userId === userId) noteAccount(reading, userId, found.value.isDeactivated);
  else reading.accounts.set(userId, NOT_MET);
  return null;
}

/**
 * Looks for those we have not met in the member lists of the groups that are asked about, the shortest calls first: sharing
 * a group is what it takes, and a list names all of it. Answers whom it found; null when the reading was stopped.
 */
export async function meetInLists(
  read: TelegramRead,
  others: readonly AskedAccount[],
): Promise<readonly AskedAccount[] | null> {
  const { question, reading, pace } = read;
  const strangers = new Map(
    others.flatMap((each) =>
      reading.accounts.get(each.userId)?.state === "not-met" ? [[each.userId, each]] : [],
    ),
  );
  if (strangers.size === 0) return [];
  const met: AskedAccount[] = [];
  const groups = groupsAskedFor(reading, question).toSorted(
    (left, right) => Number(right.kind === "basic") - Number(left.kind === "basic"),
  );
  const isRead = await pace.each(groups, AT_ONCE, async (group) => {
    let pages = 0;
    const failure = await readPages(
      async (cursor) => {
        if (strangers.size === 0 || ++pages > PAGES_SEARCHED) return ok({ items: [], nextCursor: null });
        const page = await read.session.fetchMembers({ group: refOf(group), cursor, signal: pace.signal });
        return page.ok ? ok({ items: page.value.userIds, nextCursor: page.value.nextCursor }) : page;
      },
      (userIds) => {
        for (const userId of userIds) {
          const found = strangers.get(userId);
          if (found === undefined) continue;
          strangers.delete(userId);
          met.push(found);
          noteSeen(reading, userId, group.key);
        }
      },
    );
    // A list that is not shown leaves them unmet, which is told.
    return failure === null ? null : noteStop(reading, failure);
  });
  const isKnown =
    isRead && (met.length === 0 || (await pace.each(["people"], 1, () => meetKnown(read, met))));
  return isKnown ? met : null;
}

function noteAccount(reading: LiveReading, userId: string, isDeactivated: boolean): void {
  reading.accounts.set(userId, {
    state: isDeactivated ? "deactivated" : "active",
    listingComplete: false,
    reason: isDeactivated ? "account-deactivated" : null,
  });
}
