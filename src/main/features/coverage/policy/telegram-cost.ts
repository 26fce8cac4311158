import type { FactsChoice, StrategyCost } from "#shared/domain/coverage.ts";
import type { TelegramGroupKind } from "#shared/domain/group.ts";
import { durationOfCalls, pages, type CallAllowance, type CallAllowances } from "./strategy-cost.ts";

/** The kinds of call that only Telegram has: the description of one group, and one person in one group. */
export interface TelegramAllowances extends CallAllowances {
  readonly "facts-of-group": CallAllowance;
  readonly "person-in-group": CallAllowance;
}

/** One group in which somebody is asked for, as far as it is known. */
export interface SizedChat {
  readonly kind: TelegramGroupKind;
  /** Null where unknown. */
  readonly memberCount: number | null;
  /** Accounts asked for that were not seen in it last time; null before the first time. */
  readonly unseen: number | null;
  /** The connected account is an admin of it. */
  readonly isAdmin: boolean;
  /** Its category wants to know whether new members see its history. */
  readonly wantsFacts: boolean;
}

/** What is known, or guessed, of one account before its groups are read. */
export interface TelegramSize {
  /** Every group the account can list; null before the first listing. */
  readonly listedGroups: number | null;
  /** Null before the first listing. */
  readonly chats: readonly SizedChat[] | null;
  /** Distinct accounts to ask about, the connection's own left out: it is in every group that it lists. */
  readonly accounts: number;
  readonly facts: FactsChoice;
}

/** Gaps that a group is taken to have before they are known. */
const UNSEEN_GUESS = 2;

/** Assumed before anything was listed: an ordinary book of customers, some groups basic, some run by ourselves. */
const GUESSED_CHATS: readonly SizedChat[] = Array.from({ length: 100 }, (_unused, at) => ({
  kind: at % 4 === 0 ? "basic" : "supergroup",
  memberCount: null,
  unseen: null,
  isAdmin: at % 4 === 1,
  wantsFacts: false,
}));

/**
 * Costs of both strategies, inverse first. `inverse` asks for the groups of every person and then proves, group by
 * group, the absences that this leaves open, by the cheapest of three kinds of call (`telegram-proof.ts`); those kinds
 * are limited each by itself, so they share the groups and go side by side. Basic groups need no such proof.
 */
export function estimateTelegramCosts(size: TelegramSize, allowances: TelegramAllowances): StrategyCost[] {
  const chats = size.chats ?? GUESSED_CHATS;
  const listed = pages(size.listedGroups ?? chats.length, allowances["list-groups"].pageSize);
  const people = size.accounts * pages(chats.length, allowances["groups-of-person"].pageSize);
  const states = size.accounts > 0 ? 1 : 0;
  const facts = factsCalls(chats, size.facts);
  const undescribed = chats.filter((chat) => chat.kind !== "basic" && !readsFacts(chat, size.facts));
  const unseenIn = ({ unseen }: SizedChat) => unseen ?? UNSEEN_GUESS;
  const proofs = {
    few: undescribed.filter((chat) => unseenIn(chat) === 1).length,
    byAdmin: undescribed.filter((chat) => unseenIn(chat) > 1 && chat.isAdmin).length,
    others: undescribed.filter((chat) => unseenIn(chat) > 1 && !chat.isAdmin).length,
  };
  const rosters = chats.reduce(
    (sum, chat) => sum + pages(chat.memberCount ?? 1, allowances["members-of-group"].pageSize),
    0,
  );
  // Who is no admin reads the description as well, to know a hidden list from a whole one.
  const described = undescribed.filter((chat) => !chat.isAdmin).length;
  const listingMs =
    timeOf(listed, allowances["list-groups"]) + timeOf(states, allowances["groups-of-person"]);
  const listingsMs = Math.max(
    timeOf(people, allowances["groups-of-person"]),
    timeOf(facts, allowances["facts-of-group"]),
  );
  const rostersMs = Math.max(
    timeOf(rosters, allowances["members-of-group"]),
    timeOf(facts + described, allowances["facts-of-group"]),
  );
  return [
    {
      strategy: "inverse",
      calls: listed + states + people + facts + proofs.few + proofs.byAdmin + proofs.others,
      durationMs: listingMs + listingsMs + proofTime(proofs, allowances),
    },
    {
      strategy: "roster",
      calls: listed + states + rosters + facts + described,
      durationMs: listingMs + rostersMs,
    },
  ];
}

/** What reading the description of every group costs by itself. Basic groups have nothing to tell there. */
export function estimateAllFacts(
  size: Pick<TelegramSize, "chats">,
  allowances: TelegramAllowances,
): Omit<StrategyCost, "strategy"> {
  const calls = factsCalls(size.chats ?? GUESSED_CHATS, "all");
  return { calls, durationMs: timeOf(calls, allowances["facts-of-group"]) };
}

function factsCalls(chats: readonly SizedChat[], choice: FactsChoice): number {
  return chats.filter((chat) => readsFacts(chat, choice)).length;
}

function readsFacts(chat: SizedChat, choice: FactsChoice): boolean {
  return chat.kind !== "basic" && (choice === "all" || chat.wantsFacts);
}

function timeOf(calls: number, { perMinute, windowMs }: CallAllowance): number {
  return durationOfCalls(calls, perMinute, windowMs);
}

/** Time of proofs: people alone by one kind, admins' groups by either of two, the others by their description. */
function proofTime(
  proofs: { readonly few: number; readonly byAdmin: number; readonly others: number },
  allowances: TelegramAllowances,
): number {
  const facts = Math.max(proofs.others, Math.ceil((proofs.others + proofs.byAdmin) / 2));
  const rosters = proofs.others + proofs.byAdmin - facts;
  return Math.max(
    timeOf(proofs.few, allowances["person-in-group"]),
    timeOf(rosters, allowances["members-of-group"]),
    timeOf(facts, allowances["facts-of-group"]),
  );
}
