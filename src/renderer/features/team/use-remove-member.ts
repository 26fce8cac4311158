import { useMutation } from "@tanstack/react-query";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { showToast } from "#renderer/ui/show-toast.ts";
import type { TeamMember } from "#shared/domain/team.ts";

/** Removes a member at once and offers to put them back, with the same id, so that the rules still know them. */
export function useRemoveMember(): (member: TeamMember) => void {
  const removing = useMutation(orpc.team.removeMember.mutationOptions({ onError: tell }));
  return (member) =>
    removing.mutate(
      { personId: member.id },
      {
        onSuccess: async () => {
          await refresh();
          showToast({
            tone: "neutral",
            message: `${member.name} was removed from the team.`,
            action: { label: "Undo", run: () => void putBack(member) },
          });
        },
      },
    );
}

async function putBack(member: TeamMember): Promise<void> {
  try {
    await client.team.saveMember(member);
    await refresh();
  } catch (error) {
    tell(error);
  }
}

function refresh(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: orpc.team.get.key() });
}

function tell(error: unknown): void {
  const failure = toFailure(error);
  showToast({ tone: "danger", message: failure.message, hint: failure.todo });
}
