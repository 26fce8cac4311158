import {
  type GroupView,
  type KnownPresence,
  NO_CONNECTION,
  type PlanFacts,
  type PlanGroup,
  type Right,
} from "#main/features/membership/policy/plan-facts.ts";
import type { GroupAbilities } from "#shared/domain/group.ts";
import { ConnectionId, GroupKey, PersonId } from "#shared/domain/ids.ts";

export const OURS = ConnectionId.parse("slack:T1:UOURS");
export const THEIRS = ConnectionId.parse("slack:T1:UTHEIRS");
export const PHONE = ConnectionId.parse("telegram:-:900");

const NOTHING: GroupAbilities = { rename: false, add: false, remove: false };
const EVERYTHING: GroupAbilities = { rename: true, add: true, remove: true };
const MAY: Readonly<Record<Right, GroupAbilities>> = {
  owner: EVERYTHING,
  rename: EVERYTHING,
  admin: { rename: false, add: true, remove: true },
  member: NOTHING,
  none: NOTHING,
};

/** A group as a connection sees it just now: one that leaves its members nothing, unless told; Slack tells nothing of it. */
export function seenBy(
  connectionId: ConnectionId,
  right: Right,
  change: Partial<GroupAbilities> = {},
): GroupView {
  const isSlack = connectionId.startsWith("slack:");
  const may = isSlack && right !== "none" ? { rename: null, add: null, remove: null } : MAY[right];
  return { connectionId, right, may: { ...may, ...change }, evidence: "live" };
}

/** A Slack channel that our account is in. */
export function channel(id: string, change: Partial<PlanGroup> = {}): PlanGroup {
  return {
    key: GroupKey.parse(`slack:T1:${id}`),
    platform: "slack",
    workspaceId: "T1",
    groupId: id,
    name: id.toLowerCase(),
    kind: null,
    isArchived: false,
    isGeneral: false,
    views: [seenBy(OURS, "member")],
    obstacle: null,
    ...change,
  };
}

/** A supergroup that our account may rename. */
export function chat(id: string, change: Partial<PlanGroup> = {}): PlanGroup {
  return {
    key: GroupKey.parse(`telegram:-:${id}`),
    platform: "telegram",
    workspaceId: null,
    groupId: id,
    name: `Chat ${id}`,
    kind: "supergroup",
    isArchived: false,
    isGeneral: false,
    views: [seenBy(PHONE, "rename")],
    obstacle: null,
    ...change,
  };
}

export const AMY = { personId: PersonId.parse("amy"), name: "Amy" };

/** `presences` by `<group id> <user id>`; everything else is proven to be absent. */
export function factsOf(presences: Readonly<Record<string, KnownPresence["presence"]>> = {}): PlanFacts {
  return {
    presenceOf: ({ groupId }, userId) => ({
      presence: presences[`${groupId} ${userId}`] ?? "absent",
      evidence: "live",
    }),
    canAddress: () => true,
    putIn: () => null,
    ownUserIdOf: (id) => ({ [OURS]: "UOURS", [THEIRS]: "UTHEIRS", [PHONE]: "900" })[id] ?? null,
    whoCould: () => [],
  };
}

export const NOWHERE = { connectionId: NO_CONNECTION, platform: "slack" as const };
