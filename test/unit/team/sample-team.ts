import { PersonId } from "#shared/domain/ids.ts";
import type { Identity, TeamMember } from "#shared/domain/team.ts";

export function sampleMember(id: string, changes: Partial<TeamMember> = {}): TeamMember {
  return {
    id: PersonId.parse(id),
    name: id,
    role: null,
    status: "active",
    email: null,
    identities: [],
    ...changes,
  };
}

export function sampleIdentity(changes: Partial<Identity> = {}): Identity {
  return {
    platform: "slack",
    workspaceId: null,
    userId: null,
    username: null,
    state: "unresolved",
    checkedAtMs: null,
    ...changes,
  };
}
