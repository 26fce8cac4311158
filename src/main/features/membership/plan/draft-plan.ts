import { setImmediate as nextTurn } from "node:timers/promises";
import type { TeamMember } from "#shared/domain/team.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { GroupKey, PersonId, Platform } from "#shared/domain/ids.ts";
import type { GroupTemplate, OperationRequest } from "#shared/domain/operation.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { draftGroups } from "../policy/create-steps.ts";
import type { DraftStep } from "../policy/draft-step.ts";
import { draftHistory } from "../policy/history-steps.ts";
import { draftAdd, draftRemove } from "../policy/membership-steps.ts";
import { draftMessages } from "../policy/message-steps.ts";
import { type Candidate, NO_CONNECTION, type PlanGroup } from "../policy/plan-facts.ts";
import { draftRenames } from "../policy/rename-steps.ts";
import {
  type RenameWishes,
  replacePlainly,
  wishesByMapping,
  wishesByReplacing,
} from "../policy/rename-wishes.ts";
import { choosePeople, type TargetPair } from "../policy/target-pairs.ts";
import type { DraftContext } from "./draft-context.ts";
import { draftSequel } from "./draft-sequel.ts";
import { replaceByPattern } from "./replace-in-worker.ts";

/** Pairs drafted before others get the main thread. */
const PAIRS_AT_ONCE = 250;

/** The steps of an operation, in their order. Fails for a rule that cannot be applied (`membership/bad-pattern`). */
export async function draftPlan(
  request: OperationRequest,
  context: DraftContext,
): Promise<Result<readonly DraftStep[], Failure>> {
  switch (request.kind) {
    case "add":
    case "remove":
      return ok(await draftMemberships(request.kind, context.scope.pairs, context));
    case "rename":
      return draftNames(request, context);
    case "history":
      return ok(
        context.scope.groupKeys.map((key) => {
          const group = context.world.groupOf(key);
          return draftHistory(group, request.visible, context.world.historyOf(group), context.world);
        }),
      );
    case "create":
      return ok(draftNew(request.template, context));
    case "message": {
      const { connections } = context.scope;
      return ok(
        draftMessages(request.messages, {
          platformOf: (id) => connections.find((connection) => connection.id === id)?.platform ?? null,
          groupOf: context.world.groupOf,
        }),
      );
    }
    case "undo":
    case "rest":
      return ok(await draftSequel(request.kind, context));
  }
}

async function draftMemberships(
  kind: "add" | "remove",
  pairs: readonly TargetPair[],
  { world, team, signal }: DraftContext,
): Promise<DraftStep[]> {
  const members = new Map(team.map((member) => [member.id, member]));
  const steps: DraftStep[] = [];
  const drafted = new Set<string>();
  for (const [at, { groupKey, personId }] of pairs.entries()) {
    if (at % PAIRS_AT_ONCE === PAIRS_AT_ONCE - 1) {
      await nextTurn();
      signal.throwIfAborted();
    }
    const group = world.groupOf(groupKey);
    // Two keys may turn out to be one group's.
    const pair = `${group.key}\n${personId}`;
    if (drafted.has(pair)) continue;
    drafted.add(pair);
    const member = members.get(personId);
    const candidate: Candidate = {
      group,
      person: { personId, name: member?.name ?? personId },
      accounts: member === undefined ? [] : world.accountsOf(member, group),
    };
    if (kind === "add") steps.push(draftAdd(candidate, world));
    else steps.push(...draftRemove(candidate, world));
  }
  return steps;
}

async function draftNames(
  request: Extract<OperationRequest, { kind: "rename" }>,
  context: DraftContext,
): Promise<Result<DraftStep[], Failure>> {
  const { world, scope } = context;
  const groups = scope.groupKeys.map(world.groupOf);
  const wishes = await findWishes(request, groups, context);
  if (!wishes.ok) return wishes;
  const own = new Set<GroupKey>(groups.map(({ key }) => key));
  const [fallback] = scope.connections;
  return ok(
    draftRenames({
      wishes: wishes.value,
      groups,
      others: world.allGroups().filter(({ key }) => !own.has(key)),
      facts: world,
      fallback: {
        connectionId: fallback?.id ?? NO_CONNECTION,
        platform: fallback?.platform ?? request.platforms[0] ?? "slack",
      },
    }),
  );
}

async function findWishes(
  { rule }: Extract<OperationRequest, { kind: "rename" }>,
  groups: readonly PlanGroup[],
  { suggestName, signal }: DraftContext,
): Promise<Result<RenameWishes, Failure>> {
  switch (rule.by) {
    case "mapping":
      return ok(wishesByMapping(rule.names, groups));
    case "deprecated":
      return ok(wishesByReplacing(groups, suggestName));
    case "pattern": {
      if (!rule.isRegularExpression)
        return ok(wishesByReplacing(groups, ({ name }) => replacePlainly(name, rule)));
      const names = groups.map(({ name }) => name);
      const replaced = await replaceByPattern(names, rule, { signal });
      if (!replaced.ok) return err(replaced.error);
      const byKey = new Map(groups.map(({ key }, at) => [key, replaced.value[at] ?? null]));
      return ok(wishesByReplacing(groups, ({ key }) => byKey.get(key) ?? null));
    }
  }
}

function draftNew(template: GroupTemplate, { world, scope, team }: DraftContext): DraftStep[] {
  const connection = scope.connections.find(({ id }) => id === template.connectionId);
  const platform: Platform = connection?.platform ?? "slack";
  const workspaceId = connection?.workspaceId ?? null;
  const there = world
    .allGroups()
    .filter((group) => group.platform === platform && group.workspaceId === workspaceId);
  const members = new Map<PersonId, TeamMember>(team.map((member) => [member.id, member]));
  const steps = draftGroups(template, {
    connectionId: template.connectionId,
    platform,
    ownUserId: connection?.userId ?? "",
    takenNames: new Set(there.map(({ name }) => name)),
    people: choosePeople(template.people, team, "add").map((personId) => {
      const member = members.get(personId);
      return {
        person: { personId, name: member?.name ?? personId },
        accounts: member === undefined ? [] : world.accountsOf(member, { platform, workspaceId }),
      };
    }),
  });
  if (connection !== undefined) return steps;
  // It was removed since the operation was asked for: nothing can be created by it.
  const gone = failure("membership/no-connection");
  return steps
    .filter(({ action }) => action === "create")
    .map((step) => ({ ...step, state: "refused", failure: gone }));
}
