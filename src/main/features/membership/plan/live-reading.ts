import type { GroupEvidence } from "#main/features/coverage/index.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { GroupAbilities, TelegramGroupKind } from "#shared/domain/group.ts";
import type { GroupKey, Platform } from "#shared/domain/ids.ts";
import type { UnknownReason } from "#shared/domain/presence.ts";
import { judgeReading } from "../policy/reading-failure.ts";
import type { PlanAccount, Right } from "../policy/plan-facts.ts";

/** An account to look for, as it is recorded. */
export type AskedAccount = Pick<PlanAccount, "userId" | "username">;

/** What is to be learnt by one connection. */
export interface LiveQuestion {
  readonly connection: Connection;
  /** Each once; empty when only the groups matter. */
  readonly accounts: readonly AskedAccount[];
  /** The groups it is about; null for all of them. */
  readonly groups: ReadonlySet<GroupKey> | null;
  /**
   * How much is asked on Telegram where listings prove nothing: `cheap` leaves it unknown, `where-allowed` asks about
   * groups in which this account may remove people, `everywhere` about all of them. `nowhere`, on either platform: where
   * anybody is does not matter, only whether the accounts can be put into a group that is yet to be.
   */
  readonly proof: "nowhere" | "cheap" | "where-allowed" | "everywhere";
  /** Whether new members see a group's history is asked too. */
  readonly history: boolean;
}

/** A group as one connection was just shown it. */
export interface LiveGroup {
  readonly key: GroupKey;
  readonly platform: Platform;
  readonly workspaceId: string | null;
  readonly groupId: string;
  readonly name: string;
  readonly kind: TelegramGroupKind | null;
  readonly isArchived: boolean;
  /** Slack's general channel, which nobody leaves. */
  readonly isGeneral: boolean;
  readonly right: Right;
  readonly may: GroupAbilities;
  readonly evidence: GroupEvidence;
}

export interface LiveAccount {
  readonly state: PlanAccount["state"];
  /** The listing of its groups was read to its end. */
  readonly listingComplete: boolean;
  /** Why that listing proves nothing. */
  readonly reason: UnknownReason | null;
}

/** What one connection answered. It is filled while it is read; what is missing was not reached. */
export interface LiveReading {
  readonly connection: Connection;
  readonly groups: Map<GroupKey, LiveGroup>;
  /** Telegram: by the key that a group had, the one it has. */
  readonly migrations: Map<GroupKey, GroupKey>;
  readonly accounts: Map<string, LiveAccount>;
  /** By account, the groups it was seen in. */
  readonly seen: Map<string, Set<GroupKey>>;
  /** By group, accounts of which the platform said that they are not in it. */
  readonly denied: Map<GroupKey, Set<string>>;
  /** By group, those who could do there what we may not. */
  readonly whoCould: Map<GroupKey, readonly string[]>;
  /** Telegram: by basic group, those whom this account put in. */
  readonly putIn: Map<GroupKey, ReadonlySet<string>>;
  readonly historyVisible: Map<GroupKey, boolean>;
  /** The list of groups was read to its end: what is not in it is not there for this account. */
  isListed: boolean;
  /** The first thing that could not be read. */
  problem: Failure | null;
}

export function emptyReading(connection: Connection): LiveReading {
  return {
    connection,
    groups: new Map(),
    migrations: new Map(),
    accounts: new Map(),
    seen: new Map(),
    denied: new Map(),
    whoCould: new Map(),
    putIn: new Map(),
    historyVisible: new Map(),
    isListed: false,
    problem: null,
  };
}

/** How a reading goes through things: several at once, shown, and stopped by the first failure that stops it all. */
export interface Pace {
  readonly signal: AbortSignal;
  /** False when it was stopped: whatever would come next is not asked either. */
  each<Item>(
    items: readonly Item[],
    atOnce: number,
    act: (item: Item) => Promise<Failure | null>,
  ): Promise<boolean>;
}

/**
 * Notes what could not be read. Null when only this one thing is affected, otherwise the failure that stops the reading
 * of the connection.
 */
export function noteProblem(reading: LiveReading, failure: Failure): Failure | null {
  reading.problem ??= failure;
  return judgeReading(failure) === "subject" ? null : failure;
}

/**
 * The same for what is good to know and no more: that a group does not show it leaves it unknown there, and is no problem
 * of the connection.
 */
export function noteStop(reading: LiveReading, failure: Failure): Failure | null {
  return judgeReading(failure) === "subject" ? null : noteProblem(reading, failure);
}

export function noteSeen(reading: LiveReading, userId: string, groupKey: GroupKey): void {
  const groups = reading.seen.get(userId) ?? new Set();
  reading.seen.set(userId, groups.add(groupKey));
}

/** Accounts that can be asked about and whose being in the group is still open. */
export function openAccounts(
  reading: LiveReading,
  { accounts }: LiveQuestion,
  groupKey: GroupKey,
): AskedAccount[] {
  return accounts.filter(({ userId }) => {
    const known = reading.accounts.get(userId);
    if (known?.state === "not-found" || known?.state === "not-met") return false;
    if (reading.seen.get(userId)?.has(groupKey)) return false;
    return !reading.denied.get(groupKey)?.has(userId);
  });
}

/** The groups that the question is about, as far as they were listed. */
export function groupsAskedFor(reading: LiveReading, { groups }: LiveQuestion): LiveGroup[] {
  const all = [...reading.groups.values()];
  return groups === null ? all : all.filter(({ key }) => groups.has(key));
}
