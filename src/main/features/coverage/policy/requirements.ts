import type { PersonId } from "#shared/domain/ids.ts";
import type { Category, Requirement, RequirementLevel } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";

/** Who is asked for in a category's groups. People who are not asked for are not in the map; team order. */
export type WantedPeople = ReadonlyMap<PersonId, RequirementLevel>;

/**
 * Resolves a category's requirements to people. The most demanding requirement that names a person wins; a member
 * whose status is `optional` is never more than optional, an `inactive` one is asked for nowhere. Roles are compared
 * trimmed and without regard to case. No category means no requirements.
 */
export function resolveRequirements(category: Category | null, team: readonly TeamMember[]): WantedPeople {
  const wanted = new Map<PersonId, RequirementLevel>();
  if (category === null) return wanted;
  for (const member of team) {
    const level = levelOf(member, category.requirements);
    if (level !== null) wanted.set(member.id, level);
  }
  return wanted;
}

/** The category asks for every active member of the team; false when there is none. */
export function requiresFullTeam(category: Category | null, team: readonly TeamMember[]): boolean {
  const wanted = resolveRequirements(category, team);
  const active = team.filter((member) => member.status === "active");
  return active.length > 0 && active.every((member) => wanted.get(member.id) === "required");
}

function levelOf(member: TeamMember, requirements: readonly Requirement[]): RequirementLevel | null {
  if (member.status === "inactive") return null;
  const naming = requirements.filter((requirement) => names(requirement, member));
  if (naming.length === 0) return null;
  const required = naming.some((requirement) => requirement.level === "required");
  return required && member.status === "active" ? "required" : "optional";
}

function names({ target }: Requirement, member: TeamMember): boolean {
  switch (target.kind) {
    case "everyone":
      return true;
    case "role":
      return member.role !== null && foldRole(member.role) === foldRole(target.role);
    case "person":
      return target.personId === member.id;
  }
}

function foldRole(role: string): string {
  return role.trim().normalize("NFC").toLowerCase();
}
