import { z } from "zod";
import type { ItemEnd, JobItem, PhaseEnd } from "#main/jobs/job-kind.ts";
import { insertGroups, insertMigration } from "#main/store/queries/coverage-evidence.ts";
import { updateRunConnection } from "#main/store/queries/coverage-runs.ts";
import type { Writer } from "#main/store/store.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { TelegramScope } from "#shared/domain/rules.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { countsInScope, planListing } from "../policy/telegram-scope.ts";
import type { ChatPage, SeenGroup } from "../sources/coverage-source.ts";
import {
  endAfterFailure,
  groupRows,
  phaseOf,
  restartItem,
  saveUsage,
  type TelegramAudit,
} from "../audit/connection-audit.ts";
import { meetAccounts } from "./meet-accounts.ts";

/** `list` counts the lists that were read to their end: a person may have several accounts. */
const Checkpoint = z
  .object({ list: z.number(), cursor: z.string().nullable(), listed: z.number() })
  .nullish();

/** The lists to read, one after the other, and which of their groups count. */
interface Listing {
  readonly lists: readonly ((
    cursor: string | null,
    signal: AbortSignal,
  ) => Promise<Result<ChatPage, Failure>>)[];
  counts(group: SeenGroup): boolean;
}

/**
 * Reads the groups that the run's scope names to their end. Resumes at the page it had reached. What cannot be read, a
 * folder or a person that are not there, is left with the reason.
 */
export async function listScope(audit: TelegramAudit, scope: TelegramScope): Promise<PhaseEnd> {
  const phase = phaseOf(audit, "groups");
  const { connectionId, allowances } = audit.source;
  audit.board.begin(connectionId, "Listing groups", {
    done: 0,
    total: null,
    perMinute: allowances["list-groups"].perMinute,
  });
  await audit.job.addItems(phase, ["listing"]);
  return audit.job.forEachItem(phase, { concurrency: 1 }, (item) => readListing(audit, scope, item));
}

async function readListing(audit: TelegramAudit, scope: TelegramScope, item: JobItem): Promise<ItemEnd> {
  const { runId, source } = audit;
  let { list, cursor, listed } = Checkpoint.parse(item.checkpoint) ?? { list: 0, cursor: null, listed: 0 };
  const fail = async (problem: Failure): Promise<ItemEnd> => {
    const end = endAfterFailure(audit, item, problem, (writer) =>
      updateRunConnection(writer, runId, source.connectionId, { failure: problem, listedGroups: listed }),
    );
    return end === "restart" ? restartItem(audit, item, problem) : end;
  };
  const listing = await openListing(audit, scope, item.signal);
  if (!listing.ok) return fail(listing.error);
  const { lists, counts } = listing.value;
  for (;;) {
    const page = await lists[list]?.(cursor, item.signal);
    if (page && !page.ok) return fail(page.error);
    audit.board.advance(source.connectionId);
    const seen = page?.value.items ?? [];
    const rows = groupRows(audit, seen.filter(counts));
    const migrations = page?.value.migrations ?? [];
    const save = async (writer: Writer): Promise<void> => {
      await insertGroups(writer, rows);
      for (const migration of migrations) await insertMigration(writer, migration);
      await saveUsage(audit, writer);
    };
    listed += seen.length;
    cursor = page?.value.nextCursor ?? null;
    if (cursor === null) list += 1;
    if (list >= lists.length) {
      const change = { listingComplete: true, listedGroups: listed, failure: null };
      return {
        end: "done",
        save: async (writer) => {
          await save(writer);
          await updateRunConnection(writer, runId, source.connectionId, change);
        },
      };
    }
    await item.saveCheckpoint({ list, cursor, listed }, save);
  }
}

async function openListing(
  audit: TelegramAudit,
  scope: TelegramScope,
  signal: AbortSignal,
): Promise<Result<Listing, Failure>> {
  const { source, rules } = audit;
  const counts = (group: SeenGroup) => countsInScope(scope, rules, group);
  const plan = planListing(scope, audit.accountIds, source.ownerUserId);
  switch (plan.from) {
    case "own-list":
      return ok({ lists: [(cursor, stop) => source.fetchGroups({ cursor, signal: stop })], counts });
    case "folder": {
      const folder = await source.fetchFolder({ title: plan.title, signal });
      if (!folder.ok) return folder;
      if (folder.value === null) return err(failure("telegram/folder-not-found", { title: plan.title }));
      const ids = new Set(folder.value);
      return ok({
        lists: [(cursor, stop) => source.fetchGroups({ cursor, signal: stop })],
        counts: (group) => ids.has(group.groupId) && counts(group),
      });
    }
    case "person": {
      if (plan.userIds.length === 0) {
        const why = "The person whose groups count has no Telegram account recorded.";
        return err(failure("telegram/user-not-found", {}, why));
      }
      const met = await meetAccounts(audit, plan.userIds, signal);
      if (!met.ok) return met;
      return ok({
        lists: plan.userIds.map(
          (userId) => (cursor, stop) => source.fetchGroupsOfPerson({ userId, cursor, signal: stop }),
        ),
        counts,
      });
    }
  }
}
