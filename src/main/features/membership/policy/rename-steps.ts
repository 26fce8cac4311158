import { failure, type Failure } from "#shared/domain/failure.ts";
import type { ConnectionId, Platform } from "#shared/domain/ids.ts";
import { viewFor } from "./ability.ts";
import type { DraftStep } from "./draft-step.ts";
import { nameOn } from "./group-name.ts";
import { aboutGroup, stateOf } from "./group-step.ts";
import { archivedRefusal, obstacleOf } from "./membership-steps.ts";
import type { PlanFacts, PlanGroup } from "./plan-facts.ts";
import { type NameChange, orderRenames } from "./rename-order.ts";
import type { RenameWishes, UnusableLine } from "./rename-wishes.ts";
import { rightRefusal } from "./right-refusal.ts";

/** Slack's limit, less what marks a name that a group has only for a moment. */
const STEM_MAX = 70;

/**
 * What it takes to give groups the names wished for. `groups` are those the wishes are about, `others` all further groups
 * that are known, whose names are taken. Steps are in the order of their stages; where names go round on Slack, one group
 * has two of them.
 */
export function draftRenames(input: {
  readonly wishes: RenameWishes;
  readonly groups: readonly PlanGroup[];
  readonly others: readonly Pick<PlanGroup, "key" | "platform" | "workspaceId" | "name">[];
  readonly facts: Pick<PlanFacts, "whoCould">;
  /** Under which steps without a group are kept. */
  readonly fallback: { readonly connectionId: ConnectionId; readonly platform: Platform };
}): DraftStep[] {
  const byKey = new Map(input.groups.map((group) => [group.key, group]));
  const settled: DraftStep[] = [];
  const changes: { readonly group: PlanGroup; readonly change: NameChange }[] = [];
  for (const { key, wanted } of input.wishes.wishes) {
    const group = byKey.get(key);
    if (group === undefined) continue;
    const name = nameOn(group.platform, wanted);
    const after = name.ok ? name.value : wanted;
    if (after === group.name) settled.push(renameStep(group, after, { state: "already-so", failure: null }));
    else {
      const refusal = refusalOf(group, name.ok ? null : name.error, input.facts);
      if (refusal !== null) settled.push(renameStep(group, after, stateOf(refusal)));
      else changes.push({ group, change: { id: key, before: group.name, after } });
    }
  }
  const moving = new Set(changes.map(({ change }) => change.id));
  const staying = [...input.groups, ...input.others].filter(({ key }) => !moving.has(key));
  const takenIn = Map.groupBy(staying, spaceOf);
  const ordered = [...Map.groupBy(changes, ({ group }) => spaceOf(group))].flatMap(([space, own]) => {
    const taken = new Set((takenIn.get(space) ?? []).map(({ name }) => name));
    return draftSpace(own, taken);
  });
  const unusable = input.wishes.unusable.map((line) => unusableStep(line, input.fallback));
  return [...ordered.toSorted((left, right) => left.stage - right.stage), ...settled, ...unusable];
}

/** Groups whose names must differ: those of one Slack workspace; on Telegram all that are known. */
function spaceOf({ platform, workspaceId }: Pick<PlanGroup, "platform" | "workspaceId">): string {
  return `${platform}:${workspaceId ?? "-"}`;
}

function draftSpace(
  own: readonly { readonly group: PlanGroup; readonly change: NameChange }[],
  taken: ReadonlySet<string>,
): DraftStep[] {
  const groups = new Map<string, PlanGroup>(own.map(({ group }) => [group.key, group]));
  const sharesNames = own[0]?.group.platform === "telegram";
  const order = orderRenames(
    own.map(({ change }) => change),
    taken,
    sharesNames ? null : nameAside,
  );
  const steps = order.changes.flatMap(({ id, before, after, stage, isTemporary }) => {
    const group = groups.get(id);
    if (group === undefined) return [];
    const step = renameStep(group, after, { state: "planned", failure: null });
    return [{ ...step, before, stage, batch: isTemporary ? `${step.batch} aside` : step.batch }];
  });
  const collisions = order.collisions.flatMap(({ id, after }) => {
    const group = groups.get(id);
    if (group === undefined) return [];
    const refusal = failure("membership/name-collision", { name: after, group: group.name });
    return [renameStep(group, after, stateOf(refusal))];
  });
  return [...steps, ...collisions];
}

/** A name on Slack that a group has until the one it is to have is free. */
function nameAside(name: string, isFree: (candidate: string) => boolean): string {
  const stem = [...name].slice(0, STEM_MAX).join("");
  for (let at = 1; ; at++) {
    const candidate = at === 1 ? `${stem}-moving` : `${stem}-moving-${at}`;
    if (isFree(candidate)) return candidate;
  }
}

function refusalOf(
  group: PlanGroup,
  badName: Failure | null,
  facts: Pick<PlanFacts, "whoCould">,
): Failure | null {
  const view = viewFor("rename", group);
  if (group.obstacle !== null || view === undefined) return obstacleOf(group);
  return badName ?? archivedRefusal(group) ?? rightRefusal("rename", group, view, facts.whoCould(group.key));
}

export function renameStep(
  group: PlanGroup,
  after: string,
  state: Pick<DraftStep, "state" | "failure">,
): DraftStep {
  return {
    ...aboutGroup(group, viewFor("rename", group)),
    action: "rename",
    stage: 0,
    batch: `rename ${group.key}`,
    before: group.name,
    after,
    ...state,
  };
}

/** A line of a mapping that is about no group there is: kept, so that it is not passed over in silence. */
function unusableStep(
  line: UnusableLine,
  { connectionId, platform }: { readonly connectionId: ConnectionId; readonly platform: Platform },
): DraftStep {
  return {
    action: "rename",
    stage: 0,
    batch: `rename ${line.from}`,
    connectionId,
    platform,
    groupKey: null,
    groupId: null,
    groupName: line.from,
    groupKind: null,
    newGroup: null,
    personId: null,
    personName: null,
    userId: null,
    before: line.from,
    after: line.to,
    state: "refused",
    evidence: "live",
    failure: line.failure,
  };
}
