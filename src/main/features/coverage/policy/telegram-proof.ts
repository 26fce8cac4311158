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
  readonly rosterComplete: boolean;
  /** Why its member list, read to the end, proves no absence. */
  readonly gap: UnknownReason | null;
  readonly unreadable: Failure | null;
  /** Accounts asked for, alive as far as known, neither seen nor denied; the listing of their groups was read. */
  readonly listedUnseen: readonly string[];
  /** The same, but nobody read the listing of their groups. */
  readonly unlistedUnseen: readonly string[];
}

/** Calls of each kind that are under way; the lesser burdened of two equal kinds is asked. */
export interface ProofLoad {
  readonly facts: number;
  readonly roster: number;
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

/**
 * Decides the next call that brings a group's open absences nearer to a proof, cheapest first (docs/decisions/0022):
 *
 * - a complete listing of a person's groups speaks for a basic group, and for one whose description says that its
 *   member list is not hidden;
 * - one person is asked about directly; a group's description or a member list of one page settle several at once, and
 *   cost the same call;
 * - after a list that proved nothing, people are asked about one by one.
 *
 * `prefersRoster` is the roster strategy: the member list comes first wherever it can be complete.
 */
export function decideProof(chat: ChatEvidence, load: ProofLoad, prefersRoster: boolean): ProofStep {
  const unseen = [...chat.unlistedUnseen, ...openAfterListings(chat)];
  const [first] = unseen;
  if (first === undefined || chat.rosterComplete || chat.unreadable !== null) return { ask: "nothing" };
  if (chat.kind === "basic") return { ask: chat.gap === null ? "roster" : "nothing" };
  // Without the number of members nobody can tell a whole list from the admins of a hidden one.
  if (chat.memberCount === null && chat.membersHidden === null) return { ask: "facts" };
  const rosterPages = pages(chat.memberCount ?? 1, MEMBERS_A_PAGE);
  const rosterMayProve =
    chat.gap === null && chat.membersHidden !== true && (chat.memberCount ?? 0) <= LISTED_AT_MOST;
  if (prefersRoster && rosterMayProve) return { ask: "roster" };
  const onePerson: ProofStep =
    unseen.length <= PEOPLE_ASKED_AT_MOST ? { ask: "person", userId: first } : { ask: "nothing" };
  if (unseen.length === 1 || (chat.gap !== null && unseen.length <= FEW)) return onePerson;
  const factsMayProve = chat.membersHidden === null && chat.unlistedUnseen.length === 0;
  if (factsMayProve && (!rosterMayProve || rosterPages > 1 || load.facts <= load.roster))
    return { ask: "facts" };
  if (rosterMayProve && (rosterPages <= unseen.length || onePerson.ask === "nothing"))
    return { ask: "roster" };
  return onePerson;
}

/** Accounts that a complete listing did not name in this group, where that is no proof yet. */
function openAfterListings(chat: ChatEvidence): readonly string[] {
  return chat.kind === "basic" || chat.membersHidden === false ? [] : chat.listedUnseen;
}

/**
 * What a member list that was read to its end proves, when the group is said to have `total` members. A hidden list
 * shows its admins only, and its own count may be theirs: `total` is the larger of that and the group's.
 */
export function judgeRoster(
  counted: number,
  total: number,
  membersHidden: boolean | null,
): { readonly rosterComplete: boolean; readonly gap: UnknownReason | null } {
  if (counted >= total && counted < LISTED_AT_MOST && membersHidden !== true)
    return { rosterComplete: true, gap: null };
  return { rosterComplete: false, gap: membersHidden === true ? "members-hidden" : "roster-incomplete" };
}
