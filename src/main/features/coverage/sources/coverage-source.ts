import type { Failure } from "#shared/domain/failure.ts";
import type { Group } from "#shared/domain/group.ts";
import type { ConnectionId, Platform } from "#shared/domain/ids.ts";
import type { Wait } from "#shared/domain/job.ts";
import type { Result } from "#shared/lib/result.ts";
import type { CallAllowances } from "../policy/strategy-cost.ts";

/** A group as one answer of the platform showed it. */
export interface SeenGroup extends Group {
  /** The account behind the connection is in it; null where the answer does not say. */
  readonly ownerIsMember: boolean | null;
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
export interface CoverageSource {
  readonly connectionId: ConnectionId;
  readonly platform: Platform;
  readonly workspaceId: string | null;
  /** The account behind the connection. */
  readonly ownerUserId: string;
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
  /** Since the source was opened. */
  usage(): { readonly calls: number; readonly waitedMs: number };
  watchWaits(listener: (wait: Wait | null) => void): () => void;
}
