import type { TeamMember } from "#shared/domain/team.ts";
import { accountsIn } from "./account-choice.ts";
import type { PlanGroup } from "./plan-facts.ts";
import type { Able } from "./whom-to-ask.ts";

/**
 * How a message greets whom it goes to: somebody of the team by the first name that the team has for them, whatever they
 * call themselves on the platform; a stranger by the name they have there, without the username that tells people apart
 * in lists.
 */
export function greetingOf(
  { userId, name }: Pick<Able, "userId" | "name">,
  { platform, workspaceId }: Pick<PlanGroup, "platform" | "workspaceId">,
  team: readonly Pick<TeamMember, "name" | "identities">[],
): string {
  const member = team.find((each) =>
    accountsIn(each, platform, workspaceId).some((account) => account.userId === userId),
  );
  return member === undefined ? name.replace(/ \(@[^)]*\)$/u, "") : firstName(member.name);
}

/** “there” where no name is known. */
export function firstName(name: string | null): string {
  return name?.trim().split(/\s+/u)[0] || "there";
}
