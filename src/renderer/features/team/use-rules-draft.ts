import { create } from "zustand";
import { orpc, queryClient } from "#renderer/api/client.ts";
import type { Rules } from "#shared/domain/rules.ts";
import { sameRules } from "./rules-draft.ts";
import { showProblems } from "./rules-view.ts";

/** What the operator is writing; null while it says the same as what is saved. Outlives tabs and screens. */
const useDraft = create<{ readonly draft: Rules | null }>(() => ({ draft: null }));

export interface RulesDraft {
  /** The rules as the screen shows them: with the changes that are not saved yet. */
  readonly rules: Rules;
  readonly isDirty: boolean;
}

/** The rules being edited, on top of the `saved` ones. */
export function useRulesDraft(saved: Rules): RulesDraft {
  const { draft } = useDraft();
  return { rules: draft ?? saved, isDirty: draft !== null };
}

/**
 * Changes the draft. `change` gets the rules as they are by then, so that an “Undo” pressed later, even after
 * saving, takes back its own change only.
 */
export function editRules(change: (rules: Rules) => Rules): void {
  const saved = queryClient.getQueryData(orpc.team.get.queryKey())?.rules;
  if (!saved) return;
  const changed = change(useDraft.getState().draft ?? saved);
  useDraft.setState({ draft: sameRules(changed, saved) ? null : changed });
}

/** Forgets what is not saved. */
export function discardRulesDraft(): void {
  useDraft.setState({ draft: null });
  showProblems(false);
}

/** Whether anything is written and not saved. */
export function useHasRulesDraft(): boolean {
  return useDraft((state) => state.draft !== null);
}
