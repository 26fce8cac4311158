import { findLastListing } from "#main/store/queries/coverage-runs.ts";
import type { Reader } from "#main/store/store.ts";
import type { AuditInput } from "#shared/contract/coverage.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { AuditPlan } from "#shared/domain/coverage.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import { readGroups, readSightings } from "./audit/evidence-reader.ts";
import { accountIdIn } from "./policy/identity-choice.ts";
import { resolveRequirements } from "./policy/requirements.ts";
import { chooseStrategy, estimateCosts, type AuditSize } from "./policy/strategy-cost.ts";
import { accountsOf, type WantedByCategory } from "./policy/work-list.ts";
import { allowancesOf } from "./sources/open-source.ts";

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
  const plans: AuditPlan["connections"] = [];
  for (const connection of connections) {
    const size = await sizeOf(read, connection, teamAndRules, people);
    const costs = estimateCosts(size, allowancesOf(connection.platform));
    plans.push({
      connectionId: connection.id,
      label: connection.label,
      knownGroups: size.groupSizes?.length ?? null,
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

async function sizeOf(
  read: Reader,
  connection: Connection,
  { team, rules }: TeamAndRules,
  people: ReadonlySet<PersonId>,
): Promise<AuditSize> {
  const accountIds = new Map(
    team.map((member) => [member.id, accountIdIn(member, connection.platform, connection.workspaceId)]),
  );
  const owner = connection.userId;
  const accounts = new Set([...accountsOf(people, accountIds).keys(), owner]).size;
  const last = await findLastListing(read, connection.id);
  if (last === null) {
    return { listedGroups: null, groupSizes: null, accounts, unprovableGroupSizes: [] };
  }
  const wanted: WantedByCategory = new Map(
    rules.categories.map((category) => [category.id, resolveRequirements(category, team)]),
  );
  const groups = (await readGroups(read, last.runId)).filter((group) => group.connectionId === connection.id);
  const asked = groups.filter(
    (group) => accountsOf(wanted.get(group.categoryId)?.keys() ?? [], accountIds).size > 0,
  );
  const seen = await readSightings(read, last.runId);
  return {
    listedGroups: last.listedGroups,
    groupSizes: asked.map((group) => group.memberCount),
    accounts,
    unprovableGroupSizes: asked
      .filter((group) => group.isShared && !group.seenInListing && !seen.has(group.groupKey))
      .map((group) => group.memberCount),
  };
}
