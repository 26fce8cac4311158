import { useMutation } from "@tanstack/react-query";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { formatNoun } from "#renderer/ui/format.ts";
import { showToast } from "#renderer/ui/show-toast.ts";
import type { Rules } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { countRequirementsOf, restoreRequirements } from "./rules-draft.ts";

/**
 * Removes a member at once and offers to put them back: with the same id, and with the requirements that named them,
 * which go with them.
 */
export function useRemoveMember(): (member: TeamMember) => void {
  const removing = useMutation(orpc.team.removeMember.mutationOptions({ onError: tell }));
  return (member) => {
    const before = getRules();
    const told = () => tellRemoved(member, before);
    removing.mutate({ personId: member.id }, { onSuccess: () => void refresh().then(told) });
  };
}

function tellRemoved(member: TeamMember, before: Rules | undefined): void {
  const named = before ? countRequirementsOf(before, member.id) : 0;
  showToast({
    tone: "neutral",
    message: `${member.name} was removed from the team.`,
    hint: named > 0 ? `${formatNoun(named, "requirement")} that named them went too.` : undefined,
    action: { label: "Undo", run: () => void putBack(member, before) },
  });
}

async function putBack(member: TeamMember, before: Rules | undefined): Promise<void> {
  try {
    await client.team.saveMember(member);
    const now = getRules();
    if (before && now && countRequirementsOf(before, member.id) > 0)
      await client.team.saveRules(restoreRequirements(now, before, member.id));
    await refresh();
  } catch (error) {
    tell(error);
  }
}

function getRules(): Rules | undefined {
  return queryClient.getQueryData(orpc.team.get.queryKey())?.rules;
}

function refresh(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: orpc.team.get.key() });
}

function tell(error: unknown): void {
  const failure = toFailure(error);
  showToast({ tone: "danger", message: failure.message, hint: failure.todo });
}
