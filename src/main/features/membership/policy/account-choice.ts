import type { Platform } from "#shared/domain/ids.ts";
import type { Identity, TeamMember } from "#shared/domain/team.ts";
import type { PlanAccount } from "./plan-facts.ts";

/**
 * A member's accounts in one workspace, the one to use first: what the platform has confirmed before what is only
 * recorded, and those in use before the others; then the team's order. Those recorded for the workspace count, else those
 * that hold for any. Accounts of which only a name is known are left out: two people may have the same.
 */
export function accountsIn(
  member: Pick<TeamMember, "identities">,
  platform: Platform,
  workspaceId: string | null,
): readonly PlanAccount[] {
  const here = member.identities.filter((each) => each.platform === platform && each.userId !== null);
  const exact = here.filter((each) => each.workspaceId === workspaceId);
  const fitting = exact.length > 0 ? exact : here.filter((each) => each.workspaceId === null);
  const accounts = new Map<string, PlanAccount>();
  for (const { userId, username, state } of fitting.toSorted((a, b) => PLACE[a.state] - PLACE[b.state]))
    if (userId !== null && !accounts.has(userId))
      accounts.set(userId, { userId, username, state: stateOf(state) });
  return [...accounts.values()];
}

const PLACE: Readonly<Record<Identity["state"], number>> = {
  resolved: 0,
  unresolved: 1,
  ambiguous: 2,
  deactivated: 3,
  "not-found": 4,
};

function stateOf(state: Identity["state"]): PlanAccount["state"] {
  return state === "deactivated" || state === "not-found" ? state : "active";
}
