import type { PhaseEnd } from "#main/jobs/job-kind.ts";
import {
  insertSightings,
  setPeopleEvidence,
  type RunGroupRow,
} from "#main/store/queries/coverage-evidence.ts";
import { updateRunConnection } from "#main/store/queries/coverage-runs.ts";
import type { FactsChoice, Strategy, StrategyChoice } from "#shared/domain/coverage.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { chooseStrategy } from "../policy/strategy-cost.ts";
import { estimateTelegramCosts } from "../policy/telegram-cost.ts";
import { accountsOf } from "../policy/work-list.ts";
import {
  accountsWantedIn,
  groupsHere,
  notePeople,
  peopleWantedBy,
  type TelegramAudit,
} from "../audit/connection-audit.ts";
import { isAdminOf } from "./asked-group.ts";
import { checkAccounts } from "./check-accounts.ts";
import { createListening, describeAhead } from "./describe-ahead.ts";
import { meetLater } from "./meet-later.ts";
import { proveAbsences } from "./prove-absences.ts";
import { readSharedGroups } from "./read-shared-groups.ts";
import { readFacts } from "./read-facts.ts";

/**
 * Gathers the evidence for the groups that one Telegram account keeps, after they were listed (docs/decisions/0022):
 * who the people are, which groups they share with the account (unless rosters are to be read), what the groups'
 * descriptions say where that is asked for, and then whatever proves the absences that are still open; once more for those
 * whom only that has met. Null when
 * everything was asked, otherwise what stopped it.
 */
export async function auditTelegram(
  audit: TelegramAudit,
  known: {
    readonly choice: StrategyChoice;
    readonly strategy: Strategy | null;
    readonly facts: FactsChoice;
    readonly listedGroups: number;
  },
): Promise<Failure | null> {
  const { runId, source } = audit;
  const groups = await groupsHere(audit);
  const strategy = known.strategy ?? decideStrategy(audit, groups, known);
  await audit.job.save((writer) => updateRunConnection(writer, runId, source.connectionId, { strategy }));
  await notePeople(audit, peopleWantedBy(audit, groups));
  await noteOwner(audit, groups);
  const accounts = await checkAccounts(audit);
  if (accounts.stopped) return accounts.stopped;
  const described = groups.filter((group) => wantsFacts(audit, group, known.facts));
  const stopped = await sideBySide([
    readFacts(audit, described),
    ...(strategy === "inverse" ? [readListings(audit, known.facts)] : []),
  ]);
  if (stopped) return stopped;
  const proofs = await proveAbsences(audit, strategy === "roster");
  if (proofs.stopped) return proofs.stopped;
  const stoppedLater = await auditMetLater(audit, strategy);
  if (stoppedLater) return stoppedLater;
  audit.board.begin(source.connectionId, "Settling results", { done: 0, total: null, perMinute: 1 });
  return null;
}

/** The same for whoever was met on the way, where somebody had not been; what was asked already is not asked again. */
async function auditMetLater(audit: TelegramAudit, strategy: Strategy): Promise<Failure | null> {
  const met = await meetLater(audit);
  if (met.stopped || met.done === 0) return met.stopped;
  if (strategy === "inverse") {
    const listings = await readSharedGroups(audit, () => {});
    if (listings.stopped) return listings.stopped;
  }
  return (await proveAbsences(audit, strategy === "roster", "proofs-later")).stopped;
}

/** Reads people's groups, and meanwhile descriptions that will be needed, unless all of them are being read anyway. */
async function readListings(audit: TelegramAudit, choice: FactsChoice): Promise<PhaseEnd> {
  const listening = createListening();
  const over = new AbortController();
  const signal = AbortSignal.any([audit.job.signal, over.signal]);
  const ahead = choice === "all" ? Promise.resolve() : describeAhead(audit, listening, signal);
  try {
    return await readSharedGroups(audit, () => listening.heard());
  } finally {
    over.abort(new Error("the listings are over"));
    await ahead;
  }
}

/** Whether a group's description is read for what it says of the group, proofs apart. */
function wantsFacts(audit: TelegramAudit, group: RunGroupRow, choice: FactsChoice): boolean {
  if (group.historyHidden !== null) return false;
  return choice === "all" || audit.historyWanted.has(group.categoryId);
}

/** The connection's own account is in every group that it lists; nobody needs to be asked. */
async function noteOwner(audit: TelegramAudit, groups: readonly RunGroupRow[]): Promise<void> {
  const { runId, source } = audit;
  const { connectionId, ownerUserId } = source;
  const sightings = groups.flatMap((group) =>
    (accountsWantedIn(audit, group).get(ownerUserId) ?? []).map((personId) => ({
      groupKey: group.groupKey,
      personId,
    })),
  );
  await audit.job.save(async (writer) => {
    await insertSightings(writer, runId, sightings);
    await setPeopleEvidence(
      writer,
      { runId, connectionId, userIds: [ownerUserId] },
      { listingComplete: true },
    );
  });
}

function decideStrategy(
  audit: TelegramAudit,
  groups: readonly RunGroupRow[],
  known: {
    readonly choice: StrategyChoice;
    readonly facts: FactsChoice;
    readonly listedGroups: number;
  },
): Strategy {
  const accounts = new Set(accountsOf(peopleWantedBy(audit, groups), audit.accountIds).keys());
  accounts.delete(audit.source.ownerUserId);
  const costs = estimateTelegramCosts(
    {
      listedGroups: known.listedGroups,
      chats: groups
        .filter((group) => accountsWantedIn(audit, group).size > 0)
        .map((group) => ({
          kind: group.kind ?? "supergroup",
          memberCount: group.memberCount,
          unseen: null,
          isAdmin: isAdminOf(group),
          wantsFacts: wantsFacts(audit, group, known.facts),
        })),
      accounts: accounts.size,
      facts: known.facts,
    },
    audit.source.allowances,
  );
  return chooseStrategy(known.choice, costs);
}

/** Waits for all of them, whatever becomes of one; what stopped the first that was stopped. */
async function sideBySide(phases: readonly Promise<PhaseEnd>[]): Promise<Failure | null> {
  const ends = await Promise.allSettled(phases);
  for (const end of ends) if (end.status === "rejected") throw end.reason as Error;
  const stops = ends.flatMap((end) => (end.status === "fulfilled" ? (end.value.stopped ?? []) : []));
  return stops[0] ?? null;
}
