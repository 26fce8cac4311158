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

const MINUTE_MS = 60_000;

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
  const open = undescribed.filter((chat) => unseenIn(chat) > 0);
  const proofs = shareOut(
    open.map((chat) => ({
      open: unseenIn(chat),
      pages: chat.isAdmin ? pages(chat.memberCount ?? 1, allowances["members-of-group"].pageSize) : null,
    })),
    allowances,
  );
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
      calls: listed + states + people + facts + proofs.people + proofs.pages + proofs.descriptions,
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

interface SharedProofs {
  /** Calls of each kind. */
  readonly people: number;
  readonly pages: number;
  readonly descriptions: number;
}

/**
 * How `chooseNext` will share the groups out: in the fewest windows in which the three kinds of call are through, with
 * the fewest calls for that. Where one person is open they are asked about; where two are, that may stand in for
 * a description, and so may an admin's member list.
 */
function shareOut(
  groups: readonly { readonly open: number; readonly pages: number | null }[],
  allowances: TelegramAllowances,
): SharedProofs {
  const ones = groups.filter(({ open }) => open === 1).length;
  const several = groups.filter(({ open }) => open > 1);
  for (let windows = 1; ; windows += 1) {
    const room = (kind: keyof TelegramAllowances) => windows * perWindow(allowances[kind]);
    let left = Math.max(0, several.length - room("facts-of-group"));
    const twos = several.filter(({ open }) => open === 2).length;
    const asked = Math.min(left, twos, Math.max(0, Math.floor((room("person-in-group") - ones) / 2)));
    left -= asked;
    let read = 0;
    const lists = several.flatMap((group) => group.pages ?? []).toSorted((one, other) => one - other);
    for (const count of lists) {
      if (left === 0 || read + count > room("members-of-group")) break;
      read += count;
      left -= 1;
    }
    const descriptions = Math.min(several.length, room("facts-of-group"));
    if (left === 0 && ones <= room("person-in-group"))
      return { people: ones + asked * 2, pages: read, descriptions };
  }
}

function perWindow({ perMinute, windowMs = MINUTE_MS }: CallAllowance): number {
  return Math.max(1, Math.floor((perMinute * windowMs) / MINUTE_MS));
}

/** The kinds of call wait side by side. */
function proofTime(proofs: SharedProofs, allowances: TelegramAllowances): number {
  return Math.max(
    timeOf(proofs.people, allowances["person-in-group"]),
    timeOf(proofs.pages, allowances["members-of-group"]),
    timeOf(proofs.descriptions, allowances["facts-of-group"]),
  );
}
