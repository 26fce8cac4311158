import type { Platform } from "#shared/domain/ids.ts";
import type { TeamMember } from "#shared/domain/team.ts";

/**
 * The account ids by which a member is known in one workspace: those recorded for that workspace, else those that hold
 * for any; each once, in the team's order. None is usual; usernames are never used, because two people may have the
 * same.
 */
export function accountIdsIn(
  member: Pick<TeamMember, "identities">,
  platform: Platform,
  workspaceId: string | null,
): string[] {
  const here = member.identities.filter((identity) => identity.platform === platform);
  const idsOf = (workspace: string | null) =>
    here.flatMap((identity) => (identity.workspaceId === workspace ? (identity.userId ?? []) : []));
  const exact = idsOf(workspaceId);
  return [...new Set(exact.length > 0 ? exact : idsOf(null))];
}
