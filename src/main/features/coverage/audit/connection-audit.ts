import type { ItemEnd, JobItem, JobRun } from "#main/jobs/job-kind.ts";
import { updateRunConnection } from "#main/store/queries/coverage-runs.ts";
import type { RunGroupRow } from "#main/store/queries/coverage-evidence.ts";
import type { Reader, Writer } from "#main/store/store.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { PersonId, RunId } from "#shared/domain/ids.ts";
import type { UnknownReason } from "#shared/domain/presence.ts";
import { SECOND_MS, type Clock } from "#shared/lib/time.ts";
import type { GroupRules } from "../policy/group-rules.ts";
import { decideOnFailure } from "../policy/read-failure.ts";
import type { WantedByCategory } from "../policy/work-list.ts";
import type { CoverageSource, SeenGroup } from "../sources/coverage-source.ts";
import type { AuditPayload } from "./audit-payload.ts";
import type { RunBoard } from "./progress-board.ts";

/** What the steps of one connection's part of a run work with. */
export interface ConnectionAudit {
  readonly runId: RunId;
  readonly job: JobRun<AuditPayload>;
  readonly source: CoverageSource;
  readonly read: Reader;
  readonly clock: Clock;
  readonly board: RunBoard;
  readonly rules: GroupRules;
  readonly wanted: WantedByCategory;
  /** Every member's account in this connection's workspace, null where none is recorded. */
  readonly accountIds: ReadonlyMap<PersonId, string | null>;
  /** Calls and waits of this connection, earlier attempts of the job included. */
  usage(): { readonly calls: number; readonly waitedMs: number };
}

export type AuditStage = "groups" | "people" | "unseen" | "directory" | "accounts" | "members";

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
  return groups
    .filter((group) => audit.rules.isCustomerGroup(group))
    .map(({ key, ...group }) => ({
      ...group,
      runId: audit.runId,
      groupKey: key,
      connectionId: audit.source.connectionId,
      categoryId: audit.rules.findCategory(group)?.id ?? null,
      seenInListing: false,
      rosterComplete: false,
      unreadable: null,
    }));
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
