import type { Failure } from "#shared/domain/failure.ts";
import type { TelegramGroupKind } from "#shared/domain/group.ts";
import type { UnknownReason } from "#shared/domain/presence.ts";
import { pages } from "./strategy-cost.ts";

/** What is known of one Telegram group while its absences are being proven. */
export interface ChatEvidence {
  readonly kind: TelegramGroupKind;
  readonly memberCount: number | null;
  /** Null until its description was read. */
  readonly membersHidden: boolean | null;
  /** The connected account is an admin, from whom no member list is hidden. */
  readonly isAdmin: boolean;
  readonly rosterComplete: boolean;
  /** Why its member list, read to the end, proves no absence. */
  readonly gap: UnknownReason | null;
  readonly unreadable: Failure | null;
  /** Accounts asked for, alive as far as known, neither seen nor denied; the listing of their groups was read. */
  readonly listedUnseen: readonly string[];
  /** The same, but nobody read the listing of their groups. */
  readonly unlistedUnseen: readonly string[];
}

export type ProofKind = "facts" | "roster" | "person";

/** A group with absences to prove, and what may be asked for that. */
export interface ChatToProve {
  /** Each of them would bring the group nearer to a proof; never empty. */
  readonly by: readonly ProofKind[];
  /** How many accounts are open. */
  readonly open: number;
  /** Who is asked about first. */
  readonly userId: string;
  /** Pages of its member list, as far as known. */
  readonly pages: number;
}

/** Rows of a page of members, and what paging yields at most (reported by users, checked 2026-11). */
const MEMBERS_A_PAGE = 200;
const LISTED_AT_MOST = 10_000;

/**
 * A list that fell short is most likely hidden, and then a description would only confirm it: so few people are asked
 * about at once.
 */
const FEW = 3;

/** More questions about single people than this in one group cost more than they tell. */
const PEOPLE_ASKED_AT_MOST = 50;

/** Groups that have to wait for a description before anything dearer is asked in its place. */
const WORTH_A_CALL = 4;

/** So many people are asked about one by one in the place of a description; more would cost more than they save. */
const PEOPLE_FOR_A_DESCRIPTION = 2;

/**
 * Tells what may be asked to prove a group's open absences (docs/decisions/0022); null when everything is proven, or
 * nothing that can be asked would prove more:
 *
 * - a complete listing of a person's groups speaks for a basic group, and for one whose description says that its
 *   member list is not hidden;
 * - one person is asked about directly; a group's description, or a short member list where the account is an admin,
 *   settles several at once;
 * - who is no admin cannot tell a whole list from the admins of a hidden one without the number of members, which only
 *   the description says;
 * - after a list that proved nothing, people are asked about one by one.
 *
 * `prefersRoster` is the roster strategy: the member list comes first wherever it can be complete.
 */
export function planProof(chat: ChatEvidence, prefersRoster: boolean): ChatToProve | null {
  const unseen = [...chat.unlistedUnseen, ...openAfterListings(chat)];
  const [userId] = unseen;
  if (userId === undefined || chat.rosterComplete || chat.unreadable !== null) return null;
  const rosterPages = pages(chat.memberCount ?? 1, MEMBERS_A_PAGE);
  const askFor = (...by: ProofKind[]): ChatToProve | null =>
    by.length === 0 ? null : { by, open: unseen.length, userId, pages: rosterPages };

  if (chat.kind === "basic") return chat.gap === null ? askFor("roster") : null;
  const aboutPeople: ProofKind[] = unseen.length <= PEOPLE_ASKED_AT_MOST ? ["person"] : [];
  const showsAll = chat.isAdmin || (chat.membersHidden === false && chat.memberCount !== null);
  const rosterMayProve = showsAll && chat.gap === null && (chat.memberCount ?? 0) <= LISTED_AT_MOST;
  if (prefersRoster && rosterMayProve) return askFor("roster");
  if (unseen.length === 1 || (chat.gap !== null && unseen.length <= FEW)) return askFor(...aboutPeople);

  const factsMayProve = chat.membersHidden === null && (prefersRoster || chat.unlistedUnseen.length === 0);
  if (prefersRoster && factsMayProve) return askFor("facts");
  const isRosterCheap = rosterMayProve && rosterPages <= unseen.length;
  const atOnce: ProofKind[] = [
    ...(factsMayProve ? (["facts"] as const) : []),
    ...(isRosterCheap ? (["roster"] as const) : []),
  ];
  if (atOnce.length > 0) return askFor(...atOnce, ...aboutPeople);
  return askFor(...(rosterMayProve && aboutPeople.length === 0 ? (["roster"] as const) : aboutPeople));
}

/**
 * Chooses the group that is asked about next by a kind of call that has room; null when those that wait are better asked
 * otherwise. Each kind is limited by itself, so all of them work on the same heap from different ends and are through at
 * the same time:
 *
 * - a description settles any number of people: the groups with the most of them come first;
 * - single people are asked about where only one is open, and, while more than a few groups wait for a description, in
 *   the place of one where two are;
 * - a member list takes several calls in a large group: likewise only while others wait, the shortest lists first.
 */
export function chooseNext<Chat extends ChatToProve>(kind: ProofKind, waiting: readonly Chat[]): Chat | null {
  const describable = waiting.filter(({ by }) => by.includes("facts")).length;
  const isWorthMore = describable > WORTH_A_CALL;
  const isAllowed = ({ by, open }: Chat): boolean =>
    !isSettledCheaper(by, kind) || (isWorthMore && (kind === "roster" || open <= PEOPLE_FOR_A_DESCRIPTION));
  const eligible = waiting.filter((chat) => chat.by.includes(kind) && isAllowed(chat));
  const orders: Readonly<Record<ProofKind, (left: Chat, right: Chat) => number>> = {
    facts: (left, right) => right.open - left.open || left.by.length - right.by.length,
    roster: (left, right) => left.pages - right.pages || right.open - left.open,
    person: (left, right) => left.open - right.open || left.by.length - right.by.length,
  };
  return eligible.reduce<Chat | null>(
    (best, chat) => (best === null || orders[kind](chat, best) < 0 ? chat : best),
    null,
  );
}

/** Another kind of call would settle the whole group at once, for less or as much. */
function isSettledCheaper(by: readonly ProofKind[], kind: ProofKind): boolean {
  if (kind === "facts") return false;
  return by.includes("facts") || (kind === "person" && by.includes("roster"));
}

/** Accounts that a complete listing did not name in this group, where that is no proof yet. */
function openAfterListings(chat: ChatEvidence): readonly string[] {
  return chat.kind === "basic" || chat.membersHidden === false ? [] : chat.listedUnseen;
}

/**
 * What a member list that was read to its end proves. `total` is what the answer counts, `memberCount` what the group is
 * said to have: a hidden list shows its admins only, and may count no others.
 */
export function judgeRoster(
  read: { readonly counted: number; readonly total: number },
  chat: Pick<ChatEvidence, "kind" | "isAdmin" | "memberCount" | "membersHidden">,
): { readonly rosterComplete: boolean; readonly gap: UnknownReason | null } {
  const { counted, total } = read;
  const isWhole = counted >= Math.max(total, chat.memberCount ?? 0) && counted < LISTED_AT_MOST;
  const showsAll =
    chat.kind === "basic" || chat.isAdmin || (chat.membersHidden !== true && chat.memberCount !== null);
  if (isWhole && showsAll) return { rosterComplete: true, gap: null };
  const isHidden = chat.membersHidden === true && !chat.isAdmin;
  return { rosterComplete: false, gap: isHidden ? "members-hidden" : "roster-incomplete" };
}
