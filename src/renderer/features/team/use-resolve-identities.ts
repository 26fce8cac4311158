import { useMutation } from "@tanstack/react-query";
import { orpc, queryClient } from "#renderer/api/client.ts";

/** Looks every member up on every connected platform. What was found shows in the table. */
export function useResolveIdentities() {
  return useMutation(
    orpc.team.resolveIdentities.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.team.get.key() }),
    }),
  );
}
