import type { Platform } from "#shared/domain/ids.ts";
import type { TeamMember } from "#shared/domain/team.ts";

/**
 * The account id by which a member is known in one workspace: the identity recorded for that workspace, else one that
 * holds for any. Null when there is none; usernames are never used, because two people may have the same.
 */
export function accountIdIn(
  member: Pick<TeamMember, "identities">,
  platform: Platform,
  workspaceId: string | null,
): string | null {
  const here = member.identities.filter(
    (identity) => identity.platform === platform && identity.userId !== null,
  );
  const exact = here.find((identity) => identity.workspaceId === workspaceId);
  return (exact ?? here.find((identity) => identity.workspaceId === null))?.userId ?? null;
}
