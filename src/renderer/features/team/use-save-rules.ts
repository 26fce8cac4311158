import { useMutation } from "@tanstack/react-query";
import { useCallback } from "react";
import { orpc, queryClient } from "#renderer/api/client.ts";
import { type ShownFailure, toFailure } from "#renderer/api/to-failure.ts";
import type { Rules } from "#shared/domain/rules.ts";
import { findRulesProblems } from "./rules-problems.ts";
import { showProblems } from "./rules-view.ts";
import { discardRulesDraft } from "./use-rules-draft.ts";

export interface SaveRules {
  /** True when the rules were kept; false when they have problems or could not be written. */
  readonly save: (rules: Rules) => Promise<boolean>;
  readonly isSaving: boolean;
  readonly failure: ShownFailure | null;
}

/** Keeps the drafted rules. Afterwards there is no draft any more. */
export function useSaveRules(): SaveRules {
  const { mutateAsync, isPending, error } = useMutation(orpc.team.saveRules.mutationOptions());
  const save = useCallback(
    async (rules: Rules) => {
      if (findRulesProblems(rules).length > 0) {
        showProblems(true);
        return false;
      }
      try {
        const kept = await mutateAsync(rules);
        queryClient.setQueryData(orpc.team.get.queryKey(), (known) => known && { ...known, rules: kept });
        discardRulesDraft();
        return true;
      } catch {
        // The mutation keeps its error, and the bar shows it.
        return false;
      }
    },
    [mutateAsync],
  );
  return { save, isSaving: isPending, failure: error ? toFailure(error) : null };
}
