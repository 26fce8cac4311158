import type { TeamMember } from "#shared/domain/team.ts";

/** The members that have the words in their name, role, e-mail, usernames or ids; all of them for an empty search. */
export function searchMembers(team: readonly TeamMember[], search: string): readonly TeamMember[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return team;
  return team.filter((member) => {
    const text = [
      member.name,
      member.role,
      member.email,
      ...member.identities.flatMap(({ username, userId }) => [username, userId]),
    ]
      .join(" ")
      .toLocaleLowerCase();
    return words.every((word) => text.includes(word.replace(/^@/, "")));
  });
}
