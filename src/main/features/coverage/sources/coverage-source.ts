import type { Failure } from "#shared/domain/failure.ts";
import type { Group, OwnRight, TelegramGroupKind } from "#shared/domain/group.ts";
import type { ConnectionId, GroupKey } from "#shared/domain/ids.ts";
import type { Wait } from "#shared/domain/job.ts";
import type { Result } from "#shared/lib/result.ts";
import type { CallAllowances } from "../policy/strategy-cost.ts";
import type { TelegramAllowances } from "../policy/telegram-cost.ts";

/** A group as one answer of the platform showed it. */
export interface SeenGroup extends Omit<Group, "telegram"> {
  /** The account behind the connection is in it; null where the answer does not say. */
  readonly ownerIsMember: boolean | null;
  /** Telegram only. */
  readonly kind: TelegramGroupKind | null;
  readonly ownRight: OwnRight | null;
  /** Whether new members see the past; null where the answer does not say. */
  readonly historyHidden: boolean | null;
}

export interface SourcePage<Item> {
  readonly items: readonly Item[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

export interface PageCall {
  readonly cursor: string | null;
  readonly signal: AbortSignal;
}

/** What the platform says about an account; `not-found` is an answer, not a failure. */
export type AccountState = "alive" | "deactivated" | "not-found";

/**
 * One connection as a coverage audit sees it, whatever the platform. Calls obey the platform's limits, repeat what is
 * safe to repeat, reject only when their signal aborts, and answer with failures of the catalogue. A page is
 * complete or a failure: a group or person is never left out silently.
 */
interface AnySource {
  readonly connectionId: ConnectionId;
  readonly workspaceId: string | null;
  /** The account behind the connection. */
  readonly ownerUserId: string;
  /** Since the source was opened. */
  usage(): { readonly calls: number; readonly waitedMs: number };
  watchWaits(listener: (wait: Wait | null) => void): () => void;
}

/** A Slack workspace through one of its accounts. */
export interface SlackSource extends AnySource {
  readonly platform: "slack";
  readonly allowances: CallAllowances;
  /** People on one page of `fetchAccounts`. */
  readonly accountsPageSize: number;
  /** Every group the account can see, archived ones too. */
  fetchGroups(call: PageCall): Promise<Result<SourcePage<SeenGroup>, Failure>>;
  /** The groups a person is in, as far as this account may know. Unknown people are `…/user-not-found`. */
  fetchGroupsOfPerson(
    call: PageCall & { readonly userId: string },
  ): Promise<Result<SourcePage<SeenGroup>, Failure>>;
  /** User ids of a group's members. */
  fetchMembers(call: PageCall & { readonly groupId: string }): Promise<Result<SourcePage<string>, Failure>>;
  fetchAccountState(call: {
    readonly userId: string;
    readonly signal: AbortSignal;
  }): Promise<Result<AccountState, Failure>>;
  /** Everybody in the workspace; strangers who share a group with us may be missing. */
  fetchAccounts(
    call: PageCall,
  ): Promise<Result<SourcePage<{ readonly userId: string; readonly state: AccountState }>, Failure>>;
}

/** A Telegram group as a call names it. */
export interface AskedGroup {
  readonly groupId: string;
  readonly kind: TelegramGroupKind;
}

/** One page of a listing of Telegram groups. */
export interface ChatPage extends SourcePage<SeenGroup> {
  /** Basic groups on this page that became supergroups; they are not among the items. */
  readonly migrations: readonly { readonly beforeKey: GroupKey; readonly afterKey: GroupKey }[];
}

/** What a Telegram group's own description says. */
export interface ChatFacts {
  readonly memberCount: number;
  readonly historyHidden: boolean;
  readonly membersHidden: boolean;
  /** The key it had as a basic group. */
  readonly beforeKey: GroupKey | null;
}

/**
 * A Telegram account. Listings leave out broadcast channels and groups that are closed to the account. Groups can be
 * asked about once a listing has named them, people once the account has met them.
 */
export interface TelegramSource extends AnySource {
  readonly platform: "telegram";
  readonly allowances: TelegramAllowances;
  /** Every group of the account's own list. */
  fetchGroups(call: PageCall): Promise<Result<ChatPage, Failure>>;
  /** The groups that the account and this person are both in; may miss groups with hidden members. */
  fetchGroupsOfPerson(call: PageCall & { readonly userId: string }): Promise<Result<ChatPage, Failure>>;
  /** Ids of the groups in one of the account's folders; null when there is no such folder. */
  fetchFolder(call: {
    readonly title: string;
    readonly signal: AbortSignal;
  }): Promise<Result<readonly string[] | null, Failure>>;
  fetchFacts(call: {
    readonly group: AskedGroup;
    readonly signal: AbortSignal;
  }): Promise<Result<ChatFacts, Failure>>;
  /** `total` is what the server says the whole list holds. */
  fetchMembers(
    call: PageCall & { readonly group: AskedGroup },
  ): Promise<Result<SourcePage<string> & { readonly total: number }, Failure>>;
  /** Is this person in the group? Basic groups have no such question. */
  fetchMembership(call: {
    readonly group: AskedGroup;
    readonly userId: string;
    readonly signal: AbortSignal;
  }): Promise<Result<"present" | "absent", Failure>>;
  /** The state of these accounts; those that this account has not met are left out. */
  fetchStates(call: {
    readonly userIds: readonly string[];
    readonly signal: AbortSignal;
  }): Promise<Result<ReadonlyMap<string, AccountState>, Failure>>;
  /** Whose username this is now; null when nobody's. After this the account has met them. */
  findByUsername(call: {
    readonly username: string;
    readonly signal: AbortSignal;
  }): Promise<Result<{ readonly userId: string; readonly state: AccountState } | null, Failure>>;
}

export type CoverageSource = SlackSource | TelegramSource;
