import { z } from "zod";
import type { ItemEnd, JobItem, PhaseEnd } from "#main/jobs/job-kind.ts";
import {
  insertSightings,
  listSightingsOfGroup,
  setRoster,
  type RunGroupRow,
} from "#main/store/queries/coverage-evidence.ts";
import { assert } from "#shared/lib/assert.ts";
import { pages } from "../policy/strategy-cost.ts";
import {
  accountsWantedIn,
  CALLS_AT_ONCE,
  endAfterFailure,
  phaseOf,
  restartItem,
  saveUsage,
  type SlackAudit,
} from "./connection-audit.ts";
import type { AuditPhase } from "./progress-board.ts";

const Checkpoint = z.object({ cursor: z.string(), counted: z.number() }).nullish();

/**
 * Reads the member lists of these groups, page by page with a checkpoint at each, as far as needed: once everybody
 * whom a group asks for was seen, the rest of a long list would prove nothing more.
 *
 * Only the people asked for are kept. A group that has vanished, or that may not be read, is left with the reason.
 */
export async function readRosters(
  audit: SlackAudit,
  groups: readonly RunGroupRow[],
  phaseName: AuditPhase,
): Promise<PhaseEnd> {
  const phase = phaseOf(audit, "members");
  const byKey = new Map(groups.map((group) => [group.groupKey as string, group]));
  const { perMinute, pageSize } = audit.source.allowances["members-of-group"];
  audit.board.begin(audit.source.connectionId, phaseName, {
    done: 0,
    total: groups.reduce((sum, group) => sum + pages(group.memberCount ?? 1, pageSize), 0),
    perMinute,
  });
  await audit.job.addItems(phase, [...byKey.keys()]);
  return audit.job.forEachItem(phase, { concurrency: CALLS_AT_ONCE }, async (item) => {
    const group = byKey.get(item.key);
    // Named in an earlier attempt, and settled since by what other readings showed.
    if (group === undefined) return { end: "done" };
    return readRoster(audit, item, group);
  });
}

async function readRoster(audit: SlackAudit, item: JobItem, group: RunGroupRow): Promise<ItemEnd> {
  const { runId, source } = audit;
  const { groupKey, groupId } = group;
  const wanted = accountsWantedIn(audit, group);
  const missing = new Set(wanted.keys());
  let { cursor, counted } = Checkpoint.parse(item.checkpoint) ?? { cursor: null, counted: 0 };
  if (cursor !== null) {
    const seen = new Set(await listSightingsOfGroup(audit.read, runId, groupKey));
    for (const [userId, personIds] of wanted)
      if (personIds.every((id) => seen.has(id))) missing.delete(userId);
  }
  for (;;) {
    const page = await source.fetchMembers({ groupId, cursor, signal: item.signal });
    if (!page.ok) {
      const end = endAfterFailure(audit, item, page.error, (writer) =>
        setRoster(writer, runId, groupKey, { rosterComplete: false, unreadable: page.error }),
      );
      return end === "restart" ? restartItem(audit, item, page.error) : end;
    }
    audit.board.advance(source.connectionId);
    const found = page.value.items.filter((userId) => missing.delete(userId));
    const sightings = found.flatMap((userId) =>
      (wanted.get(userId) ?? []).map((personId) => ({ groupKey, personId })),
    );
    counted += page.value.items.length;
    cursor = page.value.nextCursor;
    const isComplete = cursor === null;
    if (isComplete || missing.size === 0) {
      return {
        end: "done",
        save: async (writer) => {
          await insertSightings(writer, runId, sightings);
          if (isComplete)
            await setRoster(writer, runId, groupKey, {
              rosterComplete: true,
              unreadable: null,
              memberCount: counted,
            });
          await saveUsage(audit, writer);
        },
      };
    }
    assert(cursor !== null, "an incomplete page has a successor");
    await item.saveCheckpoint({ cursor, counted }, async (writer) => {
      await insertSightings(writer, runId, sightings);
      await saveUsage(audit, writer);
    });
  }
}
