import { useMutation, useQuery } from "@tanstack/react-query";
import type { Exclusion } from "#shared/domain/coverage.ts";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { dismissToastsAbout, showToast } from "#renderer/ui/show-toast.ts";

export type NewExclusion = Omit<Exclusion, "id" | "createdAtMs">;

/** The exclusions, and adding and removing them: each with a way back. */
export function useExclusions() {
  const { data: exclusions = [] } = useQuery(orpc.coverage.listExclusions.queryOptions());
  const add = useMutation({
    mutationFn: (exclusion: NewExclusion) => client.coverage.addExclusion(exclusion),
    onSuccess: (added) => {
      askAgain();
      showToast({
        tone: "ok",
        about: added.id,
        message: "Gap excluded.",
        action: {
          label: "Undo",
          run: () =>
            void client.coverage.removeExclusion({ exclusionId: added.id }).then(askAgain, showFailure),
        },
      });
    },
  });
  const remove = useMutation({
    mutationFn: (exclusion: Exclusion) => client.coverage.removeExclusion({ exclusionId: exclusion.id }),
    onError: showFailure,
    onSuccess: (_answer, { id, groupKey, personId, reason, owner, expiresAtMs }) => {
      askAgain();
      dismissToastsAbout(id);
      const again: NewExclusion = { groupKey, personId, reason, owner, expiresAtMs };
      showToast({
        tone: "neutral",
        message: "Exclusion removed.",
        action: {
          label: "Undo",
          run: () => void client.coverage.addExclusion(again).then(askAgain, showFailure),
        },
      });
    },
  });
  return { exclusions, add, remove };
}

/** The change would be announced too; asking at once spares the wait. */
function askAgain(): void {
  for (const queryKey of [
    orpc.coverage.listExclusions.key(),
    orpc.coverage.matrix.key(),
    orpc.coverage.overview.key(),
  ]) {
    void queryClient.invalidateQueries({ queryKey });
  }
}
