import { settlePresence } from "#main/features/coverage/index.ts";
import type { RunGroupRow } from "#main/store/queries/coverage-evidence.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { ConnectionId, GroupKey, PersonId, Platform } from "#shared/domain/ids.ts";
import type { Presence, PresenceKind } from "#shared/domain/presence.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { abilitiesAsStored, abilitiesOnSlack } from "../policy/ability.ts";
import { accountsIn } from "../policy/account-choice.ts";
import { sortViews } from "../policy/best-views.ts";
import type { KnownHistory } from "../policy/history-steps.ts";
import type { GroupView, KnownPresence, PlanAccount, PlanFacts, PlanGroup } from "../policy/plan-facts.ts";
import type { LiveGroup, LiveReading } from "./live-reading.ts";
import type { StoredWorld } from "./stored-world.ts";

/** Everything a plan is drafted from: what was asked just now, and what is stored where nobody could be asked. */
export interface PlanWorld extends PlanFacts {
  /** The key a group has now, by any key it ever had. */
  currentKeyOf(groupKey: GroupKey): GroupKey;
  /** Always answers: a group that nobody sees has no views, and says why. */
  groupOf(groupKey: GroupKey): PlanGroup;
  /** Every group that is known, each once. */
  allGroups(): readonly PlanGroup[];
  /** A member's accounts where the group lives, as they are now. */
  accountsOf(
    member: Pick<TeamMember, "identities">,
    where: Pick<PlanGroup, "platform" | "workspaceId">,
  ): PlanAccount[];
  /** One account, as it is now. */
  accountNow(account: PlanAccount, where: Pick<PlanGroup, "platform" | "workspaceId">): PlanAccount;
  historyOf(group: PlanGroup): KnownHistory;
}

/** `readings` has one for each connection that was to be asked, whatever came of it. */
export function joinWorld(input: {
  readonly connections: readonly Connection[];
  readonly readings: readonly LiveReading[];
  readonly stored: StoredWorld;
}): PlanWorld {
  const { connections, readings, stored } = input;
  const order = connections.map(({ id }) => id);
  const owners = new Map(connections.map(({ id, userId }) => [id, userId]));
  const known = new Map<GroupKey, PlanGroup>();

  const readingsOf = (where: Pick<PlanGroup, "platform" | "workspaceId">) =>
    readings.filter(
      ({ connection }) =>
        connection.platform === where.platform && connection.workspaceId === where.workspaceId,
    );

  function currentKeyOf(groupKey: GroupKey): GroupKey {
    for (const { migrations } of readings) {
      const after = migrations.get(groupKey);
      if (after !== undefined) return after;
    }
    return stored.migrations.get(groupKey) ?? groupKey;
  }

  function describe(key: GroupKey): PlanGroup {
    const row = stored.groups.get(key);
    const live = readings.flatMap((reading) => {
      const group = reading.groups.get(key);
      return group === undefined ? [] : [{ reading, group }];
    });
    const views = sortViews([...live.map(viewOf), ...storedViews(row)], order);
    const seen =
      live.find(({ reading }) => reading.connection.id === views[0]?.connectionId)?.group ?? live[0]?.group;
    const identity = seen ?? (row ? fromRow(row) : fromKey(key));
    const { platform, workspaceId, groupId, name, kind, isArchived, isGeneral } = identity;
    const base = { key, platform, workspaceId, groupId, name, kind, isArchived, isGeneral, views };
    return { ...base, obstacle: views.length > 0 ? null : obstacleOf(base) };
  }

  /** What is stored counts only for a connection that could not be asked. */
  function storedViews(row: RunGroupRow | undefined): GroupView[] {
    if (row === undefined) return [];
    const reading = readings.find(({ connection }) => connection.id === row.connectionId);
    if (reading === undefined || reading.isListed || reading.groups.has(row.groupKey)) return [];
    const right = rightOf(row);
    const may = row.platform === "slack" ? abilitiesOnSlack(right) : abilitiesAsStored(right);
    return [{ connectionId: row.connectionId, right, may, evidence: "stored" }];
  }

  function obstacleOf({ key, name, platform, workspaceId }: Omit<PlanGroup, "obstacle">): Failure {
    const own = readingsOf({ platform, workspaceId });
    // Somebody who would be shown it was shown everything: it is gone, or we are no longer in it.
    if (own.length > 0 && own.every(({ isListed }) => isListed))
      return failure(platform === "slack" ? "slack/channel-not-found" : "telegram/group-not-found", {
        group: name,
      });
    return failure("membership/no-connection", { group: name, groupKey: key });
  }

  function groupOf(groupKey: GroupKey): PlanGroup {
    const key = currentKeyOf(groupKey);
    const group = known.get(key) ?? describe(key);
    known.set(key, group);
    return group;
  }

  function presenceOf(group: PlanGroup, userId: string, personId: PersonId): KnownPresence {
    const live = readings.flatMap((reading) => {
      const seen = reading.groups.get(group.key);
      return seen === undefined ? [] : [presenceIn(reading, seen, userId)];
    });
    for (const presence of ["present", "absent"] as const)
      if (live.includes(presence)) return { presence, evidence: "live" };
    const isAsked = readings.some(
      ({ groups, accounts }) => groups.has(group.key) && accounts.get(userId)?.listingComplete,
    );
    if (isAsked) return { presence: "unknown", evidence: "live" };
    const before = stored.presences.get(group.key)?.get(personId);
    return {
      presence: before ?? "unknown",
      evidence: before === undefined && live.length > 0 ? "live" : "stored",
    };
  }

  function accountNow(account: PlanAccount, where: Pick<PlanGroup, "platform" | "workspaceId">): PlanAccount {
    const states = readingsOf(where).flatMap(({ accounts }) => accounts.get(account.userId)?.state ?? []);
    const [state] = STATES.filter((each) => states.includes(each));
    return state === undefined ? account : { ...account, state };
  }

  return {
    currentKeyOf,
    groupOf,
    presenceOf,
    accountNow,
    allGroups() {
      const keys = new Set([
        ...readings.flatMap(({ groups }) => [...groups.keys()]),
        ...[...stored.groups.keys()].map(currentKeyOf),
      ]);
      return [...keys].map(groupOf).filter(({ views }) => views.length > 0);
    },
    accountsOf(member, where) {
      const accounts = accountsIn(member, where.platform, where.workspaceId);
      return accounts.map((account) => accountNow(account, where));
    },
    canAddress(id, userId) {
      const state = readings.find(({ connection }) => connection.id === id)?.accounts.get(userId)?.state;
      return state !== "not-found" && state !== "not-met";
    },
    putIn: (id, groupKey, userId) =>
      readings
        .find(({ connection }) => connection.id === id)
        ?.putIn.get(groupKey)
        ?.has(userId) ?? null,
    ownUserIdOf: (id: ConnectionId) => owners.get(id) ?? null,
    whoCould: (key) => readings.flatMap(({ whoCould }) => whoCould.get(key) ?? []),
    historyOf({ key }) {
      for (const { historyVisible } of readings) {
        const isVisible = historyVisible.get(key);
        if (isVisible !== undefined) return { isVisible, evidence: "live" };
      }
      const hidden = stored.groups.get(key)?.historyHidden ?? null;
      return { isVisible: hidden === null ? null : !hidden, evidence: "stored" };
    },
  };
}

/** What any of our accounts knows of somebody counts before what another does not know. */
const STATES: readonly PlanAccount["state"][] = ["active", "full", "deactivated", "not-met", "not-found"];

/** What one connection's answers prove about one account in one group. */
export function presenceIn(reading: LiveReading, group: LiveGroup, userId: string): PresenceKind {
  return settleIn(reading, group, userId).presence;
}

/** The same, with the reason where it proves nothing. */
export function settleIn(reading: LiveReading, group: LiveGroup, userId: string): Presence {
  const account = reading.accounts.get(userId);
  return settlePresence(reading.seen.get(userId)?.has(group.key) ?? false, group.evidence, [
    {
      userId,
      isDenied: reading.denied.get(group.key)?.has(userId) ?? false,
      listingComplete: account?.listingComplete ?? false,
      reason: account?.reason ?? null,
    },
  ]);
}

function viewOf({ reading, group }: { readonly reading: LiveReading; readonly group: LiveGroup }): GroupView {
  return { connectionId: reading.connection.id, right: group.right, may: group.may, evidence: "live" };
}

function rightOf({ platform, ownRight, ownerIsMember }: RunGroupRow): GroupView["right"] {
  if (platform === "telegram") return ownRight ?? "member";
  return ownerIsMember === false ? "none" : "member";
}

type Identity = Pick<
  PlanGroup,
  "platform" | "workspaceId" | "groupId" | "name" | "kind" | "isArchived" | "isGeneral"
>;

function fromRow({ platform, workspaceId, groupId, name, kind, isArchived }: RunGroupRow): Identity {
  return { platform, workspaceId, groupId, name, kind, isArchived, isGeneral: false };
}

/** Of a group that nothing but its key is known of: the key says where it would be. */
function fromKey(key: GroupKey): Identity {
  const [where = "", workspace = "-", ...rest] = key.split(":");
  const platform: Platform = where === "telegram" ? "telegram" : "slack";
  const groupId = rest.join(":").replace(/^-/u, "");
  return {
    platform,
    workspaceId: workspace === "-" ? null : workspace,
    groupId,
    name: key,
    kind: null,
    isArchived: false,
    isGeneral: false,
  };
}
