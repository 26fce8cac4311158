import { setImmediate as nextTurn } from "node:timers/promises";
import type { OffboardingTaskRow } from "#main/store/queries/offboardings.ts";
import type { NotAsked } from "#shared/contract/membership.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { GroupKey } from "#shared/domain/ids.ts";
import type { Presence, UnknownReason } from "#shared/domain/presence.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { questionAbout } from "../find/find-groups.ts";
import { readAble } from "../help/read-able.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import type { LiveReading, Pace } from "../plan/live-reading.ts";
import { joinWorld, type PlanWorld, settleIn } from "../plan/plan-world.ts";
import { readLive } from "../plan/read-live.ts";
import { readStoredWorld, type StoredWorld } from "../plan/stored-world.ts";
import { draftRemove } from "../policy/membership-steps.ts";
import { judgeTask, whyUnknown } from "../policy/offboarding-task.ts";
import type { PlanAccount, PlanFacts, PlanGroup } from "../policy/plan-facts.ts";
import { namesOfAble } from "../policy/whom-to-ask.ts";
import { deactivatedIn, listNotAsked } from "./not-asked.ts";

type Task = Omit<OffboardingTaskRow, "offboardingId" | "updatedAtMs">;

/** What a look at every group came to. */
export interface Everywhere {
  readonly tasks: readonly Task[];
  readonly notAsked: readonly NotAsked[];
  /** Workspaces in which an account of theirs is deactivated, by label. */
  readonly deactivatedIn: readonly string[];
}

interface Found {
  readonly group: PlanGroup;
  readonly accounts: readonly PlanAccount[];
  readonly settled: Settled;
}

/** Groups gone through before others get the main thread. */
const GROUPS_AT_ONCE = 250;

/** Somebody's presence in a group, and whether the platform was able to be asked about it at all. */
interface Settled {
  readonly presence: Presence["presence"];
  readonly reason: UnknownReason | null;
  /** Their groups were listed to the end, so that what is unknown is unknown about this group. */
  readonly wasListed: boolean;
}

/**
 * Asks every connection where somebody is, and says what is left to do in each group: those they are in, those that cannot
 * be settled, and those there was a task about. Groups that only stored results know them in are kept as unknown.
 * Changes nothing. Rejects only when the pace's signal aborts.
 */
export async function lookEverywhere(
  deps: MembershipDeps,
  input: {
    /** Somebody who was taken off the team has no accounts here: then nothing can be settled. */
    readonly person: TeamMember;
    readonly before: readonly Task[];
    /** What the platform said to the removals that were tried, by group. */
    readonly tried: ReadonlyMap<GroupKey, Failure>;
  },
  pace: Pace,
): Promise<Everywhere> {
  const { person } = input;
  const connections = await deps.connections.listAuditable();
  const readings = await Promise.all(
    connections.map((connection) =>
      readLive(deps.connections, questionAbout(connection, person), pace, () => {}),
    ),
  );
  const stored = await readStoredWorld(deps.store.read, deps.coverage);
  const world = joinWorld({ connections, readings, stored });
  const before = new Map(input.before.map((task) => [world.currentKeyOf(task.groupKey), task]));

  const found: Found[] = [];
  for (const [at, key] of candidateKeys(world, stored, person, before).entries()) {
    if (at % GROUPS_AT_ONCE === GROUPS_AT_ONCE - 1) await nextTurn();
    const group = world.groupOf(key);
    const accounts = world.accountsOf(person, group);
    const settled = settle(readings, group, accounts);
    const isDoubtful =
      settled.presence === "unknown" &&
      (settled.wasListed || stored.presences.get(group.key)?.get(person.id) === "present");
    if (before.has(group.key) || settled.presence === "present" || isDoubtful)
      found.push({ group, accounts, settled });
  }
  pace.signal.throwIfAborted();
  const able = await readAble(
    deps.connections,
    found.flatMap(({ group, settled }) => {
      const [view] = group.views;
      const isAsked =
        group.platform === "telegram" && settled.presence === "present" && view?.evidence === "live";
      return isAsked ? [{ ...group, connectionId: view.connectionId }] : [];
    }),
    pace,
  );
  const theirs = new Set(person.identities.flatMap(({ userId }) => userId ?? []));
  const facts: PlanFacts = {
    ...world,
    whoCould: (key) => namesOfAble(able.able.get(key) ?? [], theirs),
  };

  const tasks = found.flatMap(({ group, accounts, settled }): Task[] => {
    const old = before.get(group.key) ?? null;
    const [view] = group.views;
    const connectionId =
      view?.connectionId ?? old?.connectionId ?? stored.groups.get(group.key)?.connectionId;
    if (connectionId === undefined) return [];
    const ownRight = view?.right ?? null;
    const admins = able.able.get(group.key) ?? [];
    const isOwner = admins.some(({ userId, role }) => role === "owner" && theirs.has(userId));
    const judged = judgeTask(
      {
        presence: settled.presence,
        isGeneral: group.isGeneral,
        isArchived: group.isArchived,
        unknownBecause: settled.presence === "unknown" ? whyNot(group, settled.reason) : null,
        isOwner,
        refusal: refusalOf(group, accounts, person, facts),
        // Who has another right now may try again.
        tried: old?.ownRight === ownRight ? (input.tried.get(group.key) ?? null) : null,
      },
      old,
    );
    if (judged === null) return [];
    const { key: groupKey, platform } = group;
    const groupName = view === undefined ? (old?.groupName ?? group.name) : group.name;
    return [{ groupKey, groupName, platform, connectionId, ownRight, isOwner, ...judged }];
  });
  return { tasks, notAsked: listNotAsked(readings, person), deactivatedIn: deactivatedIn(readings, person) };
}

/** Groups that somebody of us sees, those there was a task about, and those that stored results know them in. */
function candidateKeys(
  world: PlanWorld,
  stored: StoredWorld,
  { id }: TeamMember,
  before: ReadonlyMap<GroupKey, unknown>,
): GroupKey[] {
  const known = [...stored.presences].flatMap(([key, people]) =>
    people.get(id) === "present" ? [world.currentKeyOf(key)] : [],
  );
  return [...new Set([...before.keys(), ...known, ...world.allGroups().map(({ key }) => key)])];
}

/** Any account that any of us sees there makes them present; absent takes a proof for every account. */
function settle(
  readings: readonly LiveReading[],
  { key }: PlanGroup,
  accounts: readonly PlanAccount[],
): Settled {
  const each = accounts.map(({ userId }) => {
    const seen = readings.flatMap((reading) => {
      const group = reading.groups.get(key);
      if (group === undefined) return [];
      const wasListed = reading.accounts.get(userId)?.listingComplete ?? false;
      return [{ ...settleIn(reading, group, userId), wasListed }];
    });
    const proof =
      seen.find(({ presence }) => presence === "present") ??
      seen.find(({ presence }) => presence === "absent");
    return (
      proof ??
      seen.find(({ wasListed }) => wasListed) ??
      seen[0] ?? { presence: "unknown" as const, reason: null, wasListed: false }
    );
  });
  const [first] = each;
  if (first === undefined) return { presence: "unknown", reason: "no-identity", wasListed: false };
  return (
    each.find(({ presence }) => presence === "present") ??
    each.find(({ presence }) => presence === "unknown") ??
    first
  );
}

function whyNot({ obstacle }: PlanGroup, reason: UnknownReason | null): string {
  if (reason !== null) return whyUnknown(reason);
  return obstacle?.message ?? "The platform could not be asked about it.";
}

/** Why we may not take them out of it; null when at least one account of theirs can be. */
function refusalOf(
  group: PlanGroup,
  accounts: readonly PlanAccount[],
  { id: personId, name }: TeamMember,
  facts: PlanFacts,
): Failure | null {
  const steps = draftRemove({ group, person: { personId, name }, accounts }, facts);
  if (steps.some(({ state }) => state === "planned")) return null;
  return steps.find(({ state }) => state === "refused")?.failure ?? null;
}
