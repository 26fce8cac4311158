import { useMutation, useQuery } from "@tanstack/react-query";
import type { ChangeBudgets } from "#shared/domain/operation.ts";
import { client, orpc, queryClient } from "#renderer/api/client.ts";

/** The budgets of Telegram accounts, and the way to change them. What plans take is then counted anew. */
export function useChangeBudgets() {
  const settings = useQuery(orpc.membership.getSettings.queryOptions());
  const save = useMutation({
    mutationFn: async (budgets: ChangeBudgets) => {
      // Read just before: somebody may have changed the approval rule meanwhile.
      const now = await client.membership.getSettings();
      return client.membership.saveSettings({ ...now, budgets });
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(orpc.membership.getSettings.queryKey(), saved);
      void queryClient.invalidateQueries({ queryKey: orpc.membership.get.key() });
    },
  });
  return { settings, budgets: settings.data?.budgets, save };
}
