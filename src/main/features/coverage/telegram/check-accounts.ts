import type { ItemEnd, JobItem, PhaseEnd } from "#main/jobs/job-kind.ts";
import { setPeopleEvidence } from "#main/store/queries/coverage-evidence.ts";
import type { Writer } from "#main/store/store.ts";
import { failure } from "#shared/domain/failure.ts";
import type { UnknownReason } from "#shared/domain/presence.ts";
import { parkedUntilMs } from "../policy/read-failure.ts";
import {
  accountsHere,
  DOUBTFUL,
  endAfterFailure,
  phaseOf,
  restartItem,
  saveUsage,
  type TelegramAudit,
} from "../audit/connection-audit.ts";
import { type MetAccount, meetByUsername } from "./meet-accounts.ts";

/** What a phase without items ends like. */
const NOTHING_STOPPED: PhaseEnd = { done: 0, failed: 0, stopped: null };

/** Names are looked up one by one; Telegram allows few of them. */
const NAMES_AT_ONCE = 2;

/**
 * Finds out whether the accounts asked for are alive: all of them in one call, then, by username, those that
 * the connected account has not met. A deleted account's groups cannot be listed, and an empty list of them would look
 * like absence everywhere.
 */
export async function checkAccounts(audit: TelegramAudit): Promise<PhaseEnd> {
  const { connectionId, ownerUserId } = audit.source;
  const accounts = await accountsHere(audit);
  const userIds = [...new Set(accounts.map((account) => account.userId))].filter(
    (userId) => userId !== "" && userId !== ownerUserId,
  );
  if (userIds.length === 0) return NOTHING_STOPPED;
  audit.board.begin(connectionId, "Looking up accounts", { done: 0, total: 1, perMinute: 60 });
  const phase = phaseOf(audit, "accounts");
  await audit.job.addItems(phase, ["everybody"]);
  const end = await audit.job.forEachItem(phase, { concurrency: 1 }, (item) =>
    readStates(audit, item, userIds),
  );
  if (end.stopped) return end;

  const unmet = (await accountsHere(audit)).filter(
    (account) => account.reason === DOUBTFUL && account.failure === null,
  );
  const names = phaseOf(audit, "usernames");
  await audit.job.addItems(
    names,
    unmet.map((account) => account.userId),
  );
  audit.board.begin(connectionId, "Looking up accounts", { done: 0, total: unmet.length, perMinute: 20 });
  return audit.job.forEachItem(names, { concurrency: NAMES_AT_ONCE }, (item) => meet(audit, item));
}

async function readStates(audit: TelegramAudit, item: JobItem, userIds: readonly string[]): Promise<ItemEnd> {
  const states = await audit.source.fetchStates({ userIds, signal: item.signal });
  audit.board.advance(audit.source.connectionId);
  if (!states.ok) {
    const end = endAfterFailure(audit, item, states.error, (writer) =>
      setPeopleEvidence(writer, these(audit, userIds), { reason: DOUBTFUL, failure: states.error }),
    );
    return end === "restart" ? restartItem(audit, item, states.error) : end;
  }
  return {
    end: "done",
    save: async (writer) => {
      for (const [reason, group] of Map.groupBy(userIds, (userId) => {
        const state = states.value.get(userId);
        return state === undefined ? DOUBTFUL : reasonOf(state);
      }))
        await setPeopleEvidence(writer, these(audit, group), { reason });
      await saveUsage(audit, writer);
    },
  };
}

async function meet(audit: TelegramAudit, item: JobItem): Promise<ItemEnd> {
  const userId = item.key;
  const met = await meetByUsername(audit, userId, item.signal);
  audit.board.advance(audit.source.connectionId);
  if (!met.ok) {
    const note = (writer: Writer) =>
      setPeopleEvidence(writer, these(audit, [userId]), { failure: met.error });
    // The names of a day are used up: one person's is not worth a day's wait of all the others.
    if (parkedUntilMs(met.error) !== null) return { end: "failed", failure: met.error, save: note };
    const end = endAfterFailure(audit, item, met.error, note);
    return end === "restart" ? restartItem(audit, item, met.error) : end;
  }
  const { state, movedTo } = met.value;
  const username = audit.usernames.get(userId) ?? "";
  const moved =
    movedTo === null
      ? null
      : failure(
          "telegram/not-met",
          { userId, username, movedTo },
          `@${username} belongs to the account ${movedTo} now.`,
        );
  return {
    end: "done",
    save: async (writer) => {
      await setPeopleEvidence(writer, these(audit, [userId]), { reason: reasonOf(state), failure: moved });
      await saveUsage(audit, writer);
    },
  };
}

function these(audit: TelegramAudit, userIds: readonly string[]) {
  return { runId: audit.runId, connectionId: audit.source.connectionId, userIds };
}

function reasonOf(state: MetAccount["state"]): UnknownReason | null {
  switch (state) {
    case "alive":
      return null;
    case "deactivated":
      return "account-deactivated";
    case "not-found":
      return "identity-not-found";
    case "not-met":
      return "not-met";
  }
}
