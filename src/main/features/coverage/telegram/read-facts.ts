import type { ItemEnd, JobItem, PhaseEnd } from "#main/jobs/job-kind.ts";
import {
  insertMigration,
  setGroupFacts,
  setRoster,
  type RunGroupRow,
} from "#main/store/queries/coverage-evidence.ts";
import type { Writer } from "#main/store/store.ts";
import type { ChatFacts } from "../sources/coverage-source.ts";
import {
  CALLS_AT_ONCE,
  endAfterFailure,
  phaseOf,
  restartItem,
  saveUsage,
  type TelegramAudit,
} from "../audit/connection-audit.ts";
import { askedGroup, isAdminOf } from "./asked-group.ts";

/** Reads the descriptions of these groups; one that cannot be read keeps its group from nothing else. */
export async function readFacts(audit: TelegramAudit, groups: readonly RunGroupRow[]): Promise<PhaseEnd> {
  const phase = phaseOf(audit, "facts");
  const byKey = new Map(groups.map((group) => [group.groupKey as string, group]));
  await audit.job.addItems(phase, [...byKey.keys()]);
  return audit.job.forEachItem(phase, { concurrency: CALLS_AT_ONCE }, async (item) => {
    const group = byKey.get(item.key);
    // Described in an earlier attempt.
    if (group === undefined) return { end: "done" };
    return readOne(audit, item, group);
  });
}

async function readOne(audit: TelegramAudit, item: JobItem, group: RunGroupRow): Promise<ItemEnd> {
  const facts = await audit.source.fetchFacts({ group: askedGroup(group), signal: item.signal });
  if (!facts.ok) {
    const isGone = facts.error.code === "telegram/group-not-found";
    const end = endAfterFailure(audit, item, facts.error, async (writer) => {
      const unread = { rosterComplete: false, unreadable: facts.error };
      if (isGone) await setRoster(writer, audit.runId, group.groupKey, unread);
    });
    return end === "restart" ? restartItem(audit, item, facts.error) : end;
  }
  return {
    end: "done",
    save: async (writer) => {
      await saveFacts(audit, writer, group, facts.value);
      await saveUsage(audit, writer);
    },
  };
}

/** Keeps a description; the group's history goes on from the basic group it names. */
export async function saveFacts(
  audit: TelegramAudit,
  writer: Writer,
  { groupKey, gap, ownRight }: Pick<RunGroupRow, "groupKey" | "gap" | "ownRight">,
  facts: ChatFacts,
): Promise<void> {
  const { beforeKey, memberCount, historyHidden, membersHidden } = facts;
  await setGroupFacts(writer, audit.runId, groupKey, {
    memberCount,
    historyHidden,
    membersHidden,
    gap: membersHidden && !isAdminOf({ ownRight }) ? "members-hidden" : gap,
  });
  if (beforeKey !== null) await insertMigration(writer, { beforeKey, afterKey: groupKey });
}
