import type { TeamMember } from "#shared/domain/team.ts";
import type { LiveReading } from "../plan/live-reading.ts";
import { presenceIn } from "../plan/plan-world.ts";
import { accountsIn } from "../policy/account-choice.ts";
import type { PlanAccount } from "../policy/plan-facts.ts";

/**
 * Accounts of theirs that a connection has not met, so that it cannot tell whether they are in its groups, nor does any
 * other connection: where others answered for every one of those groups, nothing is open.
 */
export function unmetAccounts(
  reading: LiveReading,
  readings: readonly LiveReading[],
  person: TeamMember,
): PlanAccount[] {
  const { platform, workspaceId } = reading.connection;
  const unmet = accountsIn(person, platform, workspaceId).filter(
    ({ userId }) => reading.accounts.get(userId)?.state === "not-met",
  );
  const isSettled = (key: Parameters<LiveReading["groups"]["get"]>[0], userId: string) =>
    readings.some((each) => {
      const group = each.groups.get(key);
      return group !== undefined && presenceIn(each, group, userId) !== "unknown";
    });
  return unmet.filter(({ userId }) => [...reading.groups.keys()].some((key) => !isSettled(key, userId)));
}
