import { z } from "zod";
import type { ItemEnd, JobItem, PhaseEnd } from "#main/jobs/job-kind.ts";
import { insertGroups } from "#main/store/queries/coverage-evidence.ts";
import { updateRunConnection } from "#main/store/queries/coverage-runs.ts";
import {
  customerGroupRows,
  endAfterFailure,
  phaseOf,
  restartItem,
  saveUsage,
  type SlackAudit,
} from "./connection-audit.ts";

const Checkpoint = z.object({ cursor: z.string(), listed: z.number() }).nullish();

/**
 * Reads the connection's own listing of groups to its end and keeps the customers' groups. Resumes at the page it had
 * reached. A listing that cannot be read to its end leaves what it has named so far, and the reason, behind.
 */
export async function listGroups(audit: SlackAudit): Promise<PhaseEnd> {
  const phase = phaseOf(audit, "groups");
  const { connectionId, allowances } = audit.source;
  audit.board.begin(connectionId, "Listing groups", {
    done: 0,
    total: null,
    perMinute: allowances["list-groups"].perMinute,
  });
  await audit.job.addItems(phase, ["listing"]);
  return audit.job.forEachItem(phase, { concurrency: 1 }, (item) => readListing(audit, item));
}

async function readListing(audit: SlackAudit, item: JobItem): Promise<ItemEnd> {
  const { runId, source } = audit;
  let { cursor, listed } = Checkpoint.parse(item.checkpoint) ?? { cursor: null, listed: 0 };
  for (;;) {
    const page = await source.fetchGroups({ cursor, signal: item.signal });
    if (!page.ok) {
      const end = endAfterFailure(audit, item, page.error, (writer) =>
        updateRunConnection(writer, runId, source.connectionId, {
          failure: page.error,
          listedGroups: listed,
        }),
      );
      return end === "restart" ? restartItem(audit, item, page.error) : end;
    }
    audit.board.advance(source.connectionId);
    const rows = customerGroupRows(audit, page.value.items);
    listed += page.value.items.length;
    cursor = page.value.nextCursor;
    if (cursor === null) {
      return {
        end: "done",
        save: async (writer) => {
          await insertGroups(writer, rows);
          await updateRunConnection(writer, runId, source.connectionId, {
            listingComplete: true,
            listedGroups: listed,
            failure: null,
          });
          await saveUsage(audit, writer);
        },
      };
    }
    await item.saveCheckpoint({ cursor, listed }, async (writer) => {
      await insertGroups(writer, rows);
      await saveUsage(audit, writer);
    });
  }
}
