import { useMutation } from "@tanstack/react-query";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import type { MemberDraft } from "./member-problems.ts";

/** Keeps a member: a new one when `id` is null. */
export function useSaveMember(id: TeamMember["id"] | null, onSaved: (member: TeamMember) => void) {
  return useMutation({
    mutationFn: (draft: MemberDraft) =>
      id === null ? client.team.addMember(draft) : client.team.saveMember({ ...draft, id }),
    onSuccess: async (member) => {
      await queryClient.invalidateQueries({ queryKey: orpc.team.get.key() });
      onSaved(member);
    },
  });
}
