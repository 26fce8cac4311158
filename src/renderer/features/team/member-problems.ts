import type { TeamMember } from "#shared/domain/team.ts";

/** A team member as written in the form; without an id while it is new. */
export type MemberDraft = Omit<TeamMember, "id">;

export interface MemberProblems {
  readonly name?: string;
  readonly email?: string;
  /** By the identity's place. */
  readonly identities: Readonly<Record<number, string>>;
}

/** What stands against keeping the member; null when nothing does. Two people may share a name. */
export function findMemberProblems(draft: MemberDraft): MemberProblems | null {
  const nameProblem = draft.name.trim() === "" ? "Give the member a name." : undefined;
  const emailProblem =
    draft.email !== null && !/^[^\s@]+@[^\s@]+$/.test(draft.email)
      ? "Write a whole address, such as ana@example.com."
      : undefined;
  const identities = Object.fromEntries(
    draft.identities.flatMap((identity, at): [number, string][] =>
      identity.userId === null && identity.username === null ? [[at, "Enter a username or a user id."]] : [],
    ),
  );
  if (!nameProblem && !emailProblem && Object.keys(identities).length === 0) return null;
  return {
    ...(nameProblem ? { name: nameProblem } : {}),
    ...(emailProblem ? { email: emailProblem } : {}),
    identities,
  };
}
