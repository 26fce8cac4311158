import { PersonId } from "#shared/domain/ids.ts";
import type { TeamMember } from "#shared/domain/team.ts";

/** An active member without accounts, but for what is given. */
export function teamMember(id: string, given: Partial<TeamMember> = {}): TeamMember {
  return {
    id: PersonId.parse(id),
    name: id,
    role: null,
    status: "active",
    email: null,
    identities: [],
    ...given,
  };
}
