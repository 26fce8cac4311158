import { useState } from "react";
import type { OperationId, OperationKind } from "#shared/domain/operation.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { BudgetDialog } from "./budget-dialog.tsx";
import { BUDGET_WORDS, budgetsFor } from "./budget-words.ts";
import { useChangeBudgets } from "./use-membership-settings.ts";

/** The pace that keeps a Telegram account safe, beside a plan that is bound to it. */
export function BudgetSummary({ operationId, kind }: { operationId: OperationId; kind: OperationKind }) {
  const [isChanging, setIsChanging] = useState(false);
  const { settings, budgets } = useChangeBudgets();
  return (
    <Section title="Telegram safety budget">
      {settings.error && !budgets ? (
        <p className="text-sm text-danger-fg">{toFailure(settings.error).message}</p>
      ) : !budgets ? (
        <div role="status" aria-label="Loading the budget" className="space-y-2">
          <Skeleton className="h-3.5 w-5/6" />
          <Skeleton className="h-3.5 w-4/6" />
        </div>
      ) : (
        <div className="space-y-3">
          <p className="text-xs text-pretty text-fg-muted">
            Telegram limits accounts that change too much at once. Muster keeps below what is known to be
            safe; you can make it slower still.
          </p>
          <Facts
            entries={budgetsFor(kind).map((name) => [
              `${BUDGET_WORDS[name].label} ${BUDGET_WORDS[name].per}`,
              <span key={name} className="tabular">
                {budgets[name]}
              </span>,
            ])}
          />
          <Button onClick={() => setIsChanging(true)}>Change the pace…</Button>
        </div>
      )}
      {isChanging && budgets ? (
        <BudgetDialog key={operationId} budgets={budgets} onClose={() => setIsChanging(false)} />
      ) : null}
    </Section>
  );
}
