import { useId, useState } from "react";
import { type ChangeBudgets, DEFAULT_CHANGE_BUDGETS } from "#shared/domain/operation.ts";
import { Field } from "#renderer/ui/field.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { BUDGET_NAMES, BUDGET_WORDS, type BudgetName, budgetProblem, budgetsOf } from "./budget-words.ts";

interface BudgetFormProps {
  readonly formId: string;
  readonly budgets: ChangeBudgets;
  readonly onSave: (budgets: ChangeBudgets) => void;
  /** Told at every change whether the numbers can be saved, and differ from what is saved. */
  readonly onReady: (isReady: boolean) => void;
}

/** The budgets as numbers to type. They can be lowered, and raised to the defaults again. */
export function BudgetForm({ formId, budgets, onSave, onReady }: BudgetFormProps) {
  const [typed, setTyped] = useState<Record<BudgetName, string>>(() => textsOf(budgets));
  const headingId = useId();
  const change = (name: BudgetName, text: string): void => {
    const next = { ...typed, [name]: text };
    setTyped(next);
    const parsed = budgetsOf(next);
    onReady(parsed !== null && BUDGET_NAMES.some((one) => parsed[one] !== budgets[one]));
  };
  return (
    <form
      id={formId}
      aria-labelledby={headingId}
      onSubmit={(event) => {
        event.preventDefault();
        const parsed = budgetsOf(typed);
        if (parsed) onSave(parsed);
      }}
    >
      <p id={headingId} className="sr-only">
        Telegram budgets
      </p>
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        {BUDGET_NAMES.map((name, at) => {
          const { label, per } = BUDGET_WORDS[name];
          return (
            <Field
              key={name}
              label={`${label} ${per}`}
              hint={`At most ${DEFAULT_CHANGE_BUDGETS[name]}${DEFAULT_CHANGE_BUDGETS[name] === budgets[name] ? "" : `, now ${budgets[name]}`}`}
              error={budgetProblem(name, typed[name]) ?? undefined}
            >
              {(control) => (
                <TextInput
                  {...control}
                  {...(at === 0 ? { "data-initial-focus": true } : {})}
                  inputMode="numeric"
                  value={typed[name]}
                  maxLength={4}
                  onChange={(event) => change(name, event.target.value)}
                />
              )}
            </Field>
          );
        })}
      </div>
    </form>
  );
}

function textsOf(budgets: ChangeBudgets): Record<BudgetName, string> {
  return Object.fromEntries(BUDGET_NAMES.map((name) => [name, String(budgets[name])])) as Record<
    BudgetName,
    string
  >;
}
