import { findLastListing } from "#main/store/queries/coverage-runs.ts";
import type { Reader } from "#main/store/store.ts";
import type { AuditInput } from "#shared/contract/coverage.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { AuditPlan, FactsChoice } from "#shared/domain/coverage.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { ConnectionId, GroupKey, PersonId } from "#shared/domain/ids.ts";
import { accountsWantedIn } from "./audit/connection-audit.ts";
import { isAdminOf } from "./telegram/asked-group.ts";
import { readGroups, readSightings } from "./audit/evidence-reader.ts";
import { accountIdsIn } from "./policy/identity-choice.ts";
import { resolveRequirements } from "./policy/requirements.ts";
import { chooseStrategy, estimateCosts } from "./policy/strategy-cost.ts";
import { estimateAllFacts, estimateTelegramCosts } from "./policy/telegram-cost.ts";
import { accountsOf, type WantedByCategory } from "./policy/work-list.ts";
import { SLACK_ALLOWANCES } from "./sources/slack-source.ts";
import { TELEGRAM_ALLOWANCES } from "./sources/telegram-source.ts";

type ConnectionPlan = AuditPlan["connections"][number];

/** The connections that an input names, in their own order; all of them when it names none. */
export function chosenConnections(connections: readonly Connection[], input: AuditInput): Connection[] {
  const wanted = new Set(input.connectionIds);
  return connections.filter(({ id }) => wanted.size === 0 || wanted.has(id));
}

/** Everybody whom some category asks for. */
export function peopleAskedFor({ team, rules }: TeamAndRules): Set<PersonId> {
  return new Set(rules.categories.flatMap((category) => [...resolveRequirements(category, team).keys()]));
}

/** What the audit would cost, from what the last listings showed; nothing is asked of any platform. */
export async function planAudit(
  read: Reader,
  connections: readonly Connection[],
  teamAndRules: TeamAndRules,
  input: AuditInput,
): Promise<AuditPlan> {
  const people = peopleAskedFor(teamAndRules);
  const plans: ConnectionPlan[] = [];
  for (const connection of connections) {
    const { costs, ...rest } = await costsOf(read, connection, teamAndRules, people, input.facts ?? "needed");
    plans.push({
      connectionId: connection.id,
      label: connection.label,
      ...rest,
      people: people.size,
      costs,
      chosen: chooseStrategy(input.strategy, costs),
      problem: connection.failure ?? missingScopes(connection),
    });
  }
  const chosen = plans.flatMap((plan) => plan.costs.find((cost) => cost.strategy === plan.chosen) ?? []);
  return {
    connections: plans,
    calls: chosen.reduce((sum, cost) => sum + cost.calls, 0),
    // Workspaces are limited each by itself and read side by side.
    durationMs: chosen.reduce((longest, cost) => Math.max(longest, cost.durationMs), 0),
  };
}

/** A connection that works but may not read what an audit needs. */
function missingScopes({ scopes }: Connection): Failure | null {
  const needed = scopes.filter((scope) => scope.need === "needed" && !scope.granted);
  if (needed.length === 0) return null;
  const names = needed.map((scope) => scope.scope);
  return failure("slack/missing-scope", { needed: names }, `Needed: ${names.join(", ")}.`);
}

/** What the last complete listing showed of a connection; null before the first one. */
async function lastSeen(read: Reader, connectionId: ConnectionId) {
  const last = await findLastListing(read, connectionId);
  if (last === null) return null;
  const groups = (await readGroups(read, last.runId)).filter((group) => group.connectionId === connectionId);
  return { ...last, groups, seen: await readSightings(read, last.runId) };
}

/** Both strategies' costs on one connection, and how many groups somebody is asked for in. */
async function costsOf(
  read: Reader,
  connection: Connection,
  { team, rules }: TeamAndRules,
  people: ReadonlySet<PersonId>,
  facts: FactsChoice,
): Promise<Pick<ConnectionPlan, "costs" | "allFacts" | "knownGroups">> {
  const accountIds = new Map(
    team.map((member) => [member.id, accountIdsIn(member, connection.platform, connection.workspaceId)]),
  );
  const wanted: WantedByCategory = new Map(
    rules.categories.map((category) => [category.id, resolveRequirements(category, team)]),
  );
  const accounts = new Set(accountsOf(people, accountIds).keys());
  const last = await lastSeen(read, connection.id);
  const listedGroups = last?.listedGroups ?? null;
  const asked =
    last?.groups.filter((group) => accountsWantedIn({ wanted, accountIds }, group).size > 0) ?? null;
  const knownGroups = asked?.length ?? null;
  const isSeen = (groupKey: GroupKey, personId: PersonId) => last?.seen.get(groupKey)?.has(personId) ?? false;

  if (connection.platform === "slack") {
    accounts.add(connection.userId);
    const unprovable = (asked ?? []).filter(
      (group) => group.isShared && !group.seenInListing && !last?.seen.has(group.groupKey),
    );
    const size = {
      listedGroups,
      groupSizes: asked?.map((group) => group.memberCount) ?? null,
      accounts: accounts.size,
      unprovableGroupSizes: unprovable.map((group) => group.memberCount),
    };
    return { knownGroups, costs: estimateCosts(size, SLACK_ALLOWANCES), allFacts: null };
  }
  accounts.delete(connection.userId);
  const historyWanted = new Set(
    rules.categories.filter((category) => category.expectHistoryVisible).map(({ id }) => id),
  );
  const chats =
    asked?.map((group) => ({
      kind: group.kind ?? ("supergroup" as const),
      memberCount: group.memberCount,
      unseen: [...accountsWantedIn({ wanted, accountIds }, group).values()].filter((personIds) =>
        personIds.some((personId) => !isSeen(group.groupKey, personId)),
      ).length,
      isAdmin: isAdminOf(group),
      wantsFacts: group.categoryId !== null && historyWanted.has(group.categoryId),
    })) ?? null;
  const size = { listedGroups, chats, accounts: accounts.size, facts };
  return {
    knownGroups,
    costs: estimateTelegramCosts(size, TELEGRAM_ALLOWANCES),
    allFacts: estimateAllFacts(size, TELEGRAM_ALLOWANCES),
  };
}
