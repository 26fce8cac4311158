import { z } from "zod";
import type { ItemEnd, JobItem, PhaseEnd } from "#main/jobs/job-kind.ts";
import { listRunPeople, setPeopleEvidence } from "#main/store/queries/coverage-evidence.ts";
import { findKnownUsers, setKnownUsers } from "#main/store/queries/coverage-runs.ts";
import type { Writer } from "#main/store/store.ts";
import type { UnknownReason } from "#shared/domain/presence.ts";
import { chooseLookup } from "../policy/account-lookup.ts";
import type { PeopleByAccount } from "../policy/work-list.ts";
import type { AccountState } from "../sources/coverage-source.ts";
import {
  CALLS_AT_ONCE,
  DOUBTFUL,
  endAfterFailure,
  phaseOf,
  restartItem,
  saveUsage,
  type SlackAudit,
} from "./connection-audit.ts";

const Checkpoint = z.object({ cursor: z.string(), counted: z.number() }).nullish();

/** Published minimum of the calls used here, for the time shown; users.info is the more generous one. */
const LOOKUPS_PER_MINUTE = 100;

/** What a phase without items ends like. */
const NOTHING_STOPPED: PhaseEnd = { done: 0, failed: 0, stopped: null };

/**
 * Finds out whether the doubtful accounts, of which nothing was seen, exist and are alive. One by one, or by reading
 * the whole directory where that takes fewer calls; the directory does not name strangers, so whoever is not in it is
 * asked about by themselves.
 */
export async function lookUpAccounts(audit: SlackAudit): Promise<PhaseEnd> {
  const { connectionId, accountsPageSize } = audit.source;
  const doubtful = await doubtfulAccounts(audit);
  if (doubtful.size === 0) return NOTHING_STOPPED;
  audit.board.begin(connectionId, "Looking up accounts", {
    done: 0,
    total: doubtful.size,
    perMinute: LOOKUPS_PER_MINUTE,
  });
  const knownUsers = await findKnownUsers(audit.read, connectionId);
  const way = chooseLookup(doubtful.size, knownUsers, accountsPageSize);
  if (way !== "one-by-one") {
    const phase = phaseOf(audit, "directory");
    await audit.job.addItems(phase, ["everybody"]);
    const end = await audit.job.forEachItem(phase, { concurrency: 1 }, (item) =>
      readDirectory(audit, item, doubtful, way === "everybody"),
    );
    if (end.stopped) return end;
  }
  const remaining = await doubtfulAccounts(audit);
  const phase = phaseOf(audit, "accounts");
  await audit.job.addItems(phase, [...remaining.keys()]);
  return audit.job.forEachItem(phase, { concurrency: CALLS_AT_ONCE }, (item) => lookUp(audit, item));
}

/** The accounts that nothing has been seen of, and nothing has been said about yet. */
async function doubtfulAccounts(audit: SlackAudit): Promise<PeopleByAccount> {
  const people = await listRunPeople(audit.read, audit.runId);
  const doubtful = people.filter(
    (person) =>
      person.connectionId === audit.source.connectionId &&
      person.reason === DOUBTFUL &&
      person.failure === null,
  );
  const byAccount = Map.groupBy(doubtful, (person) => person.userId);
  return new Map([...byAccount].map(([userId, rows]) => [userId, rows.map(({ personId }) => personId)]));
}

async function readDirectory(
  audit: SlackAudit,
  item: JobItem,
  doubtful: PeopleByAccount,
  toItsEnd: boolean,
): Promise<ItemEnd> {
  let { cursor, counted } = Checkpoint.parse(item.checkpoint) ?? { cursor: null, counted: 0 };
  for (;;) {
    const page = await audit.source.fetchAccounts({ cursor, signal: item.signal });
    if (!page.ok) {
      const end = endAfterFailure(audit, item, page.error, async () => {});
      return end === "restart" ? restartItem(audit, item, page.error) : end;
    }
    const { items, nextCursor } = page.value;
    counted += items.length;
    const total = counted;
    const save = async (writer: Writer): Promise<void> => {
      for (const { userId, state } of items) {
        if (doubtful.has(userId)) await saveState(audit, writer, userId, state);
      }
      if (nextCursor === null) await setKnownUsers(writer, audit.source.connectionId, total);
      await saveUsage(audit, writer);
    };
    if (nextCursor === null || !toItsEnd) return { end: "done", save };
    cursor = nextCursor;
    await item.saveCheckpoint({ cursor, counted }, save);
  }
}

async function lookUp(audit: SlackAudit, item: JobItem): Promise<ItemEnd> {
  const state = await audit.source.fetchAccountState({ userId: item.key, signal: item.signal });
  audit.board.advance(audit.source.connectionId);
  if (!state.ok) {
    const end = endAfterFailure(audit, item, state.error, (writer) =>
      setPeopleEvidence(writer, accountOf(audit, item.key), { failure: state.error }),
    );
    return end === "restart" ? restartItem(audit, item, state.error) : end;
  }
  return {
    end: "done",
    save: async (writer) => {
      await saveState(audit, writer, item.key, state.value);
      await saveUsage(audit, writer);
    },
  };
}

async function saveState(
  audit: SlackAudit,
  writer: Writer,
  userId: string,
  state: AccountState,
): Promise<void> {
  await setPeopleEvidence(writer, accountOf(audit, userId), { reason: reasonOf(state) });
}

function accountOf(audit: SlackAudit, userId: string) {
  return { runId: audit.runId, connectionId: audit.source.connectionId, userIds: [userId] };
}

function reasonOf(state: AccountState): UnknownReason | null {
  switch (state) {
    case "alive":
      return null;
    case "deactivated":
      return "account-deactivated";
    case "not-found":
      return "identity-not-found";
  }
}
