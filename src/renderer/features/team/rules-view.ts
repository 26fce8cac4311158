import { create } from "zustand";
import type { CategoryId } from "#shared/domain/ids.ts";

interface RulesView {
  readonly selectedCategoryId: CategoryId | null;
  /** Problems are shown once saving was tried: an empty new row is not yet a mistake. */
  readonly areProblemsShown: boolean;
}

/** What of the rules the operator is looking at. */
export const useRulesView = create<RulesView>(() => ({ selectedCategoryId: null, areProblemsShown: false }));

export function selectCategory(selectedCategoryId: CategoryId | null): void {
  useRulesView.setState({ selectedCategoryId });
}

export function showProblems(areProblemsShown: boolean): void {
  useRulesView.setState({ areProblemsShown });
}
