import type { ItemEnd, JobItem, JobRun } from "#main/jobs/job-kind.ts";
import { updateRunConnection } from "#main/store/queries/coverage-runs.ts";
import {
  insertPeople,
  listRunPeople,
  type RunGroupRow,
  type RunPersonRow,
} from "#main/store/queries/coverage-evidence.ts";
import type { Reader, Writer } from "#main/store/store.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { CategoryId, PersonId, RunId } from "#shared/domain/ids.ts";
import type { UnknownReason } from "#shared/domain/presence.ts";
import { SECOND_MS, type Clock } from "#shared/lib/time.ts";
import type { GroupRules } from "../policy/group-rules.ts";
import { decideOnFailure } from "../policy/read-failure.ts";
import {
  accountsOf,
  peopleWantedIn,
  type PeopleByAccount,
  type WantedByCategory,
} from "../policy/work-list.ts";
import type { CoverageSource, SeenGroup, SlackSource, TelegramSource } from "../sources/coverage-source.ts";
import type { AuditPayload } from "./audit-payload.ts";
import { readGroups } from "./evidence-reader.ts";
import type { RunBoard } from "./progress-board.ts";

/** What the steps of one connection's part of a run work with. */
export interface ConnectionAudit<Source extends CoverageSource = CoverageSource> {
  readonly runId: RunId;
  readonly job: JobRun<AuditPayload>;
  readonly source: Source;
  readonly read: Reader;
  readonly clock: Clock;
  readonly board: RunBoard;
  readonly rules: GroupRules;
  readonly wanted: WantedByCategory;
  /** Every member's accounts in this connection's workspace. */
  readonly accountIds: ReadonlyMap<PersonId, readonly string[]>;
  /** The usernames recorded for those accounts, by account. */
  readonly usernames: ReadonlyMap<string, string>;
  /** Categories that expect a visible history, which has to be read group by group. */
  readonly historyWanted: ReadonlySet<CategoryId | null>;
  /** Calls and waits of this connection, earlier attempts of the job included. */
  usage(): { readonly calls: number; readonly waitedMs: number };
}

export type SlackAudit = ConnectionAudit<SlackSource>;
export type TelegramAudit = ConnectionAudit<TelegramSource>;

export type AuditStage =
  | "groups"
  | "people"
  | "unseen"
  | "directory"
  | "accounts"
  | "members"
  | "usernames"
  | "facts"
  | "proofs"
  | "met-later"
  | "proofs-later";

/** Calls of one connection in flight at once: enough that the platform's limits, not the round trip, set the pace. */
export const CALLS_AT_ONCE = 8;

/**
 * What is said of people of whom nothing was seen until they were looked up: an empty listing, or no sighting in any
 * roster, is also what a deactivated account and a wrong id look like.
 */
export const DOUBTFUL = "person-listing-incomplete" satisfies UnknownReason;

/** The job runner's name for one connection's part of a phase; connections fail, pause and go on by themselves. */
export function phaseOf(audit: ConnectionAudit, phase: AuditStage): string {
  return `${phase} ${audit.source.connectionId}`;
}

/** Writes what this connection has cost so far; part of every step's transaction. Absolute, so safe to repeat. */
export async function saveUsage(audit: ConnectionAudit, writer: Writer): Promise<void> {
  await updateRunConnection(writer, audit.runId, audit.source.connectionId, audit.usage());
}

/** The customer groups among those seen, as rows of the run. Others are nobody's business and are not kept. */
export function customerGroupRows(audit: ConnectionAudit, groups: readonly SeenGroup[]): RunGroupRow[] {
  return groupRows(
    audit,
    groups.filter((group) => audit.rules.isCustomerGroup(group)),
  );
}

/** Groups as rows of the run, before anything is known of their members. */
export function groupRows(audit: ConnectionAudit, groups: readonly SeenGroup[]): RunGroupRow[] {
  return groups.map(({ key, ...group }) => ({
    ...group,
    runId: audit.runId,
    groupKey: key,
    connectionId: audit.source.connectionId,
    categoryId: audit.rules.findCategory(group)?.id ?? null,
    seenInListing: false,
    rosterComplete: false,
    unreadable: null,
    membersHidden: group.kind === "basic" ? false : null,
    gap: null,
  }));
}

/** Everybody whom these groups ask for. */
export function peopleWantedBy(
  audit: Pick<ConnectionAudit, "wanted">,
  groups: readonly Pick<RunGroupRow, "categoryId">[],
): Set<PersonId> {
  return peopleWantedIn(
    groups.map((group) => group.categoryId),
    audit.wanted,
  );
}

/** The accounts a group asks for. */
export function accountsWantedIn(
  audit: Pick<ConnectionAudit, "wanted" | "accountIds">,
  group: Pick<RunGroupRow, "categoryId">,
): PeopleByAccount {
  return accountsOf(audit.wanted.get(group.categoryId)?.keys() ?? [], audit.accountIds);
}

/** The people to be asked about, before they are: whoever is not reached is still named in the results. */
export async function notePeople(audit: ConnectionAudit, people: ReadonlySet<PersonId>): Promise<void> {
  const { runId, source } = audit;
  const rows = [...people].flatMap((personId) => {
    const userIds = audit.accountIds.get(personId) ?? [];
    const { connectionId } = source;
    const note = (userId: string, reason: UnknownReason | null): RunPersonRow => {
      return { runId, connectionId, personId, userId, listingComplete: false, reason, failure: null };
    };
    return userIds.length === 0 ? [note("", "no-identity")] : userIds.map((userId) => note(userId, null));
  });
  await audit.job.save((writer) => insertPeople(writer, rows));
}

/** The groups of the run that this connection keeps, ordered by key. */
export async function groupsHere(audit: ConnectionAudit): Promise<RunGroupRow[]> {
  const groups = await readGroups(audit.read, audit.runId);
  return groups.filter((group) => group.connectionId === audit.source.connectionId);
}

/** What is known of everybody's accounts on this connection. */
export async function accountsHere(audit: ConnectionAudit): Promise<RunPersonRow[]> {
  const people = await listRunPeople(audit.read, audit.runId);
  return people.filter((person) => person.connectionId === audit.source.connectionId);
}

/** How a step goes on after a failure; `restart`: the caller must read the thing from its first page again. */
export function endAfterFailure(
  audit: ConnectionAudit,
  item: JobItem,
  failure: Failure,
  giveUp: (writer: Writer) => Promise<void>,
): ItemEnd | "restart" {
  switch (decideOnFailure(failure, item.attempt)) {
    case "sign-in":
    case "park":
    case "wait":
      return { end: "stop", failure };
    case "again":
      return { end: "again", failure, notBeforeMs: audit.clock.nowMs() + pauseBefore(item.attempt) };
    case "restart":
      return "restart";
    case "give-up":
      return {
        end: "failed",
        failure,
        save: async (writer) => {
          await giveUp(writer);
          await saveUsage(audit, writer);
        },
      };
  }
}

/** Forgets how far an item was, and has it tried again. */
export async function restartItem(audit: ConnectionAudit, item: JobItem, failure: Failure): Promise<ItemEnd> {
  await item.saveCheckpoint(null, (writer) => saveUsage(audit, writer));
  return { end: "again", failure, notBeforeMs: audit.clock.nowMs() + pauseBefore(item.attempt) };
}

function pauseBefore(attempt: number): number {
  return 2 ** attempt * SECOND_MS;
}
