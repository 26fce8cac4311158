import { ChangeBudgets, DEFAULT_CHANGE_BUDGETS, type OperationKind } from "#shared/domain/operation.ts";

export type BudgetName = keyof ChangeBudgets;

/** What each budget limits, and per what time. */
export const BUDGET_WORDS: Readonly<Record<BudgetName, { label: string; per: string }>> = {
  invitesAnHour: { label: "Additions", per: "an hour" },
  invitesADay: { label: "Additions", per: "a day" },
  renamesInFifteenMinutes: { label: "Renames", per: "in 15 minutes" },
  removalsAnHour: { label: "Removals", per: "an hour" },
  messagesAnHour: { label: "Messages", per: "an hour" },
};

export const BUDGET_NAMES = Object.keys(BUDGET_WORDS) as BudgetName[];

const OF_KIND: Readonly<Record<OperationKind, readonly BudgetName[]>> = {
  add: ["invitesAnHour", "invitesADay"],
  remove: ["removalsAnHour"],
  rename: ["renamesInFifteenMinutes"],
  history: [],
  create: ["renamesInFifteenMinutes", "invitesAnHour", "invitesADay", "messagesAnHour"],
  message: ["messagesAnHour"],
};

/** The budgets that an operation of this kind is held to. */
export function budgetsFor(kind: OperationKind): readonly BudgetName[] {
  return OF_KIND[kind];
}

/** What is wrong with a number that was typed for a budget; null when nothing is. */
export function budgetProblem(name: BudgetName, typed: string): string | null {
  if (!/^\d+$/.test(typed.trim())) return "Enter a whole number.";
  const most = DEFAULT_CHANGE_BUDGETS[name];
  return Number(typed) >= 1 && Number(typed) <= most ? null : `Between 1 and ${most}.`;
}

/** The typed numbers as budgets; null while one of them is wrong. */
export function budgetsOf(typed: Readonly<Record<BudgetName, string>>): ChangeBudgets | null {
  const entries = BUDGET_NAMES.map((name) => [name, Number(typed[name])] as const);
  if (BUDGET_NAMES.some((name) => budgetProblem(name, typed[name]) !== null)) return null;
  return ChangeBudgets.parse(Object.fromEntries(entries));
}
