import { failure } from "#shared/domain/failure.ts";
import { assert } from "#shared/lib/assert.ts";
import type { DraftStep } from "../policy/draft-step.ts";
import { stateOf } from "../policy/group-step.ts";
import { draftHistory } from "../policy/history-steps.ts";
import { archivedRefusal, draftAdd, draftRemove, obstacleOf } from "../policy/membership-steps.ts";
import { isMessage, type PastMembership, type PastName, type PastStep } from "../policy/past-steps.ts";
import type { Candidate } from "../policy/plan-facts.ts";
import { draftRenames, renameStep } from "../policy/rename-steps.ts";
import type { DraftContext } from "./draft-context.ts";
import { flatMapInTurns } from "./in-turns.ts";
import type { PlanWorld } from "./plan-world.ts";

/** Steps that a created group's own steps follow. */
const FIRST_STAGE = 0;

/** Drafts it from the past operation's steps (in the scope), looked at live like any other plan. */
export async function draftSequel(
  kind: "undo" | "rest",
  { scope: { sequel }, world, signal }: DraftContext,
): Promise<DraftStep[]> {
  assert(sequel !== null, "a sequel was not decided on");
  const inTurns = <Past>(items: readonly Past[], draft: (item: Past) => readonly DraftStep[]) =>
    flatMapInTurns(items, draft, signal);
  return [
    ...(await inTurns(sequel.remove, (each) => draftRemove(candidateOf(each, world), world))),
    ...(await inTurns(sequel.add, (each) => [draftAdd(candidateOf(each, world), world)])),
    ...draftNames(sequel.names, world),
    ...sequel.histories.map(({ groupKey, visible }) => {
      const group = world.groupOf(groupKey);
      return draftHistory(group, visible, world.historyOf(group), world);
    }),
    ...(await inTurns(sequel.others, (step) => [kind === "undo" ? cannotUndo(step) : again(step, world)])),
  ];
}

function candidateOf(
  { groupKey, personId, personName, userId }: PastMembership,
  world: PlanWorld,
): Candidate {
  const group = world.groupOf(groupKey);
  const account = world.accountNow({ userId, username: null, state: "active" }, group);
  return { group, person: { personId, name: personName }, accounts: [account] };
}

/** A group that is called something else by now was renamed by somebody else, and is left alone. */
function draftNames(names: readonly PastName[], world: PlanWorld): DraftStep[] {
  const asked = names.map((name) => ({ ...name, group: world.groupOf(name.groupKey) }));
  const changed = asked.filter(
    ({ group, from, to }) => group.views.length > 0 && group.name !== to && !from.includes(group.name),
  );
  const own = new Set(asked.map(({ group }) => group.key));
  const [first] = asked;
  const steps = draftRenames({
    wishes: {
      wishes: asked
        .filter((each) => !changed.includes(each))
        .map(({ group, to }) => ({ key: group.key, wanted: to })),
      unusable: [],
    },
    groups: asked.map(({ group }) => group),
    others: world.allGroups().filter(({ key }) => !own.has(key)),
    facts: world,
    fallback: {
      connectionId: first?.group.views[0]?.connectionId ?? ("none" as DraftStep["connectionId"]),
      platform: first?.group.platform ?? "slack",
    },
  });
  return [
    ...steps,
    ...changed.map(({ group, from, to }) => {
      const facts = { name: group.name, expected: from.at(-1) ?? "" };
      return renameStep(group, to, stateOf(failure("membership/changed-meanwhile", facts)));
    }),
  ];
}

function cannotUndo(step: PastStep): DraftStep {
  const why =
    step.action === "create"
      ? "A group that was created stays; archive it by hand."
      : isMessage(step.action)
        ? "A message that was sent has been read."
        : undefined;
  return { ...copyOf(step), ...stateOf(failure("membership/cannot-undo", {}, why)) };
}

/** A step as it was. What others may have read is not written again while nobody knows whether it was. */
function again(step: PastStep, world: PlanWorld): DraftStep {
  if (isMessage(step.action) && step.state === "unclear")
    return { ...copyOf(step), ...stateOf(failure("membership/outcome-unclear")) };
  if (step.groupKey === null) return { ...copyOf(step), ...stateOf(null) };
  const group = world.groupOf(step.groupKey);
  const refusal = group.obstacle !== null ? obstacleOf(group) : archivedRefusal(group);
  return { ...copyOf(step), stage: FIRST_STAGE, newGroup: null, groupName: group.name, ...stateOf(refusal) };
}

function copyOf({
  ordinal: _ordinal,
  state: _state,
  ...step
}: PastStep): Omit<DraftStep, "state" | "failure"> {
  return { ...step, evidence: "live" };
}
