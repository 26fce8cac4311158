import { useMutation, useQuery } from "@tanstack/react-query";
import { orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { showToast } from "#renderer/ui/show-toast.ts";
import type { Settings } from "#shared/contract/app.ts";

/** The settings, and the way to change some of them: at once on the screen, put back if they cannot be kept. */
export function useSettings() {
  const settings = useQuery(orpc.app.getSettings.queryOptions());
  const queryKey = orpc.app.getSettings.queryKey();
  const { mutate: change } = useMutation(
    orpc.app.updateSettings.mutationOptions({
      onMutate: (changed) => {
        const before = queryClient.getQueryData(queryKey);
        if (before) queryClient.setQueryData(queryKey, { ...before, ...definedOf(changed) });
        return before;
      },
      onSuccess: (kept) => queryClient.setQueryData(queryKey, kept),
      onError: (error, _changed, before) => {
        if (before) queryClient.setQueryData(queryKey, before);
        const failure = toFailure(error);
        showToast({ tone: "danger", message: failure.message, hint: failure.todo });
      },
    }),
  );
  return { settings, change };
}

function definedOf(changed: Partial<Settings>): Partial<Settings> {
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
}
