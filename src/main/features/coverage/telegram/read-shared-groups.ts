import { z } from "zod";
import type { ItemEnd, JobItem, PhaseEnd } from "#main/jobs/job-kind.ts";
import {
  insertMigration,
  insertSightings,
  setPeopleEvidence,
} from "#main/store/queries/coverage-evidence.ts";
import type { Writer } from "#main/store/store.ts";
import type { GroupKey, PersonId } from "#shared/domain/ids.ts";
import { pages } from "../policy/strategy-cost.ts";
import type { ChatPage } from "../sources/coverage-source.ts";
import {
  accountsHere,
  endAfterFailure,
  phaseOf,
  restartItem,
  saveUsage,
  type TelegramAudit,
} from "../audit/connection-audit.ts";
import { readGroups } from "../audit/evidence-reader.ts";
import { askMeeting, isNotMet } from "./meet-accounts.ts";

/**
 * People listed at once. Under the limits it is as fast as all of them at once, but the first are through early, and
 * what their listings leave open can be looked into meanwhile (`describeAhead`).
 */
const PEOPLE_AT_ONCE = 3;

const Checkpoint = z.object({ cursor: z.string() }).nullish();

/**
 * The inverse question: asks of every account that is alive which groups it shares with the connected one. Each named
 * group of the run is a sighting. Groups that the run does not have are not added: they are out of its scope, or came
 * up while it ran, when the listings that were read before say nothing about them. `onPage` is called for every page.
 */
export async function readSharedGroups(audit: TelegramAudit, onPage: () => void): Promise<PhaseEnd> {
  const { connectionId, ownerUserId, allowances } = audit.source;
  const phase = phaseOf(audit, "people");
  const alive = (await accountsHere(audit)).filter(
    ({ userId, reason }) => userId !== "" && userId !== ownerUserId && reason === null,
  );
  const people = new Map(
    [...Map.groupBy(alive, ({ userId }) => userId)].map(([userId, rows]) => [
      userId,
      rows.map(({ personId }) => personId),
    ]),
  );
  const keys = new Set((await readGroups(audit.read, audit.runId)).map((group) => group.groupKey));
  const { perMinute, pageSize } = allowances["groups-of-person"];
  audit.board.begin(connectionId, "Reading people's groups", {
    done: 0,
    total: people.size * pages(keys.size, pageSize),
    perMinute,
  });
  await audit.job.addItems(phase, [...people.keys()]);
  return audit.job.forEachItem(phase, { concurrency: PEOPLE_AT_ONCE }, (item) =>
    readShared(audit, item, people.get(item.key) ?? [], { keys, onPage }),
  );
}

async function readShared(
  audit: TelegramAudit,
  item: JobItem,
  personIds: readonly PersonId[],
  { keys, onPage }: { readonly keys: ReadonlySet<GroupKey>; readonly onPage: () => void },
): Promise<ItemEnd> {
  const { runId, source } = audit;
  const account = { runId, connectionId: source.connectionId, userIds: [item.key] };
  let cursor = Checkpoint.parse(item.checkpoint)?.cursor ?? null;
  for (;;) {
    const page = await askMeeting(audit, item.key, item.signal, () =>
      source.fetchGroupsOfPerson({ userId: item.key, cursor, signal: item.signal }),
    );
    audit.board.advance(source.connectionId);
    onPage();
    if (!page.ok && isNotMet(page.error)) {
      return {
        end: "done",
        save: async (writer) => {
          await setPeopleEvidence(writer, account, { reason: "not-met" });
          await saveUsage(audit, writer);
        },
      };
    }
    if (!page.ok) {
      const end = endAfterFailure(audit, item, page.error, (writer) =>
        setPeopleEvidence(writer, account, {
          reason: "person-listing-incomplete",
          failure: page.error,
        }),
      );
      return end === "restart" ? restartItem(audit, item, page.error) : end;
    }
    const saveSeen = (writer: Writer) => saveSightings(audit, writer, page.value, personIds, keys);
    cursor = page.value.nextCursor;
    if (cursor === null) {
      return {
        end: "done",
        save: async (writer) => {
          await saveSeen(writer);
          await setPeopleEvidence(writer, account, { listingComplete: true });
        },
      };
    }
    await item.saveCheckpoint({ cursor }, saveSeen);
  }
}

async function saveSightings(
  audit: TelegramAudit,
  writer: Writer,
  page: ChatPage,
  personIds: readonly PersonId[],
  keys: ReadonlySet<GroupKey>,
): Promise<void> {
  const seen = page.items.filter((group) => keys.has(group.key));
  for (const migration of page.migrations) await insertMigration(writer, migration);
  await insertSightings(
    writer,
    audit.runId,
    personIds.flatMap((personId) => seen.map(({ key: groupKey }) => ({ groupKey, personId }))),
  );
  await saveUsage(audit, writer);
}
