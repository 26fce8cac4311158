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

/** Calls of each kind that are under way or wait for their turn. */
export interface ProofLoad {
  readonly facts: number;
  readonly roster: number;
  readonly person: number;
}

export type ProofStep =
  | { readonly ask: "facts" }
  | { readonly ask: "roster" }
  | { readonly ask: "person"; readonly userId: string }
  /** Everything is proven, or nothing that can be asked would prove more. */
  | { readonly ask: "nothing" };

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

/** Asking about one person is allowed about twice as often as the other kinds (users report, checked 2026-11). */
const PEOPLE_PER_OTHER = 2;

/** So many more calls have to wait elsewhere before two questions are asked in the place of one. */
const WORTH_A_CALL = 4;

/** A description tells of the history, too: it is taken until so many more wait for one than for a member list. */
const WORTH_A_DESCRIPTION = 4;

/**
 * Decides the next call that brings a group's open absences nearer to a proof, cheapest first (docs/decisions/0022):
 *
 * - a complete listing of a person's groups speaks for a basic group, and for one whose description says that its
 *   member list is not hidden;
 * - one person is asked about directly; a group's description, or a member list of one page where the account is an
 *   admin, settles several at once for the same price. Whichever kind has less to do is asked, and two people are asked
 *   about one by one when both have much;
 * - who is no admin cannot tell a whole list from the admins of a hidden one without the number of members, which only
 *   the description says;
 * - after a list that proved nothing, people are asked about one by one.
 *
 * `prefersRoster` is the roster strategy: the member list comes first wherever it can be complete.
 */
export function decideProof(chat: ChatEvidence, load: ProofLoad, prefersRoster: boolean): ProofStep {
  const unseen = [...chat.unlistedUnseen, ...openAfterListings(chat)];
  const [first] = unseen;
  if (first === undefined || chat.rosterComplete || chat.unreadable !== null) return { ask: "nothing" };
  if (chat.kind === "basic") return { ask: chat.gap === null ? "roster" : "nothing" };
  const aboutFirst: ProofStep =
    unseen.length <= PEOPLE_ASKED_AT_MOST ? { ask: "person", userId: first } : { ask: "nothing" };
  const showsAll = chat.isAdmin || (chat.membersHidden === false && chat.memberCount !== null);
  const rosterMayProve = showsAll && chat.gap === null && (chat.memberCount ?? 0) <= LISTED_AT_MOST;
  if (prefersRoster && rosterMayProve) return { ask: "roster" };
  if (unseen.length === 1 || (chat.gap !== null && unseen.length <= FEW)) return aboutFirst;

  const rosterPages = pages(chat.memberCount ?? 1, MEMBERS_A_PAGE);
  const factsMayProve = chat.membersHidden === null && (prefersRoster || chat.unlistedUnseen.length === 0);
  const isRosterCheap = rosterMayProve && rosterPages <= unseen.length;
  const queue = Math.min(
    factsMayProve ? load.facts : Number.POSITIVE_INFINITY,
    isRosterCheap ? load.roster : Number.POSITIVE_INFINITY,
  );
  const isWorthTwo =
    unseen.length === 2 && load.person / PEOPLE_PER_OTHER + WORTH_A_CALL < queue && !prefersRoster;
  if (isWorthTwo) return aboutFirst;
  if (factsMayProve && (!isRosterCheap || load.facts <= load.roster + WORTH_A_DESCRIPTION))
    return { ask: "facts" };
  if (isRosterCheap || (rosterMayProve && aboutFirst.ask === "nothing")) return { ask: "roster" };
  return aboutFirst;
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
