import { z } from "zod";
import type { ItemEnd, JobItem, PhaseEnd } from "#main/jobs/job-kind.ts";
import {
  insertGroups,
  insertSightings,
  markSeenInListing,
  setPeopleEvidence,
} from "#main/store/queries/coverage-evidence.ts";
import type { Writer } from "#main/store/store.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { PeopleByAccount } from "../policy/work-list.ts";
import type { SeenGroup } from "../sources/coverage-source.ts";
import {
  CALLS_AT_ONCE,
  DOUBTFUL,
  customerGroupRows,
  endAfterFailure,
  phaseOf,
  restartItem,
  saveUsage,
  type SlackAudit,
} from "./connection-audit.ts";

const Checkpoint = z.object({ cursor: z.string(), named: z.number() }).nullish();

/**
 * The inverse strategy: asks of every account which groups it is in. The account behind the connection is asked too,
 * even when it is nobody's of the team: its listing can name groups that the general one missed.
 *
 * Each named group is a sighting. A listing that names no group at all proves nothing yet, because that is also what
 * Slack says of a deactivated account: such people are left with `person-listing-incomplete` until they are looked up.
 */
export async function readListings(audit: SlackAudit, accounts: PeopleByAccount): Promise<PhaseEnd> {
  const phase = phaseOf(audit, "people");
  const userIds = [...new Set([...accounts.keys(), audit.source.ownerUserId])];
  audit.board.begin(audit.source.connectionId, "Reading people's groups", {
    done: 0,
    total: userIds.length,
    perMinute: audit.source.allowances["groups-of-person"].perMinute,
  });
  await audit.job.addItems(phase, userIds);
  return audit.job.forEachItem(phase, { concurrency: CALLS_AT_ONCE }, (item) =>
    readListing(audit, item, accounts.get(item.key) ?? []),
  );
}

async function readListing(
  audit: SlackAudit,
  item: JobItem,
  personIds: readonly PersonId[],
): Promise<ItemEnd> {
  const { runId, source } = audit;
  const account = { runId, connectionId: source.connectionId, userIds: [item.key] };
  let { cursor, named } = Checkpoint.parse(item.checkpoint) ?? { cursor: null, named: 0 };
  for (;;) {
    const page = await source.fetchGroupsOfPerson({ userId: item.key, cursor, signal: item.signal });
    audit.board.advance(source.connectionId);
    if (!page.ok && page.error.code === "slack/user-not-found") {
      return {
        end: "done",
        save: async (writer) => {
          await setPeopleEvidence(writer, account, { reason: "identity-not-found", listingComplete: false });
          await saveUsage(audit, writer);
        },
      };
    }
    if (!page.ok) {
      const end = endAfterFailure(audit, item, page.error, (writer) =>
        setPeopleEvidence(writer, account, {
          reason: "person-listing-incomplete",
          listingComplete: false,
          failure: page.error,
        }),
      );
      return end === "restart" ? restartItem(audit, item, page.error) : end;
    }
    const { items, nextCursor } = page.value;
    named += items.length;
    if (nextCursor === null) {
      const isEmpty = named === 0;
      return {
        end: "done",
        save: async (writer) => {
          await saveSeen(audit, writer, items, personIds);
          await setPeopleEvidence(writer, account, {
            listingComplete: true,
            reason: isEmpty ? DOUBTFUL : null,
            failure: null,
          });
        },
      };
    }
    cursor = nextCursor;
    await item.saveCheckpoint({ cursor, named }, (writer) => saveSeen(audit, writer, items, personIds));
  }
}

async function saveSeen(
  audit: SlackAudit,
  writer: Writer,
  groups: readonly SeenGroup[],
  personIds: readonly PersonId[],
): Promise<void> {
  const rows = customerGroupRows(audit, groups);
  const keys = rows.map((row) => row.groupKey);
  await insertGroups(writer, rows);
  await markSeenInListing(writer, audit.runId, keys);
  await insertSightings(
    writer,
    audit.runId,
    personIds.flatMap((personId) => keys.map((groupKey) => ({ groupKey, personId }))),
  );
  await saveUsage(audit, writer);
}
