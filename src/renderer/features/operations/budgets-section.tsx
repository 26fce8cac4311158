import { useId, useState } from "react";
import { DEFAULT_CHANGE_BUDGETS } from "#shared/domain/operation.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { BudgetForm } from "./budget-form.tsx";
import { BUDGET_NAMES } from "./budget-words.ts";
import { useChangeBudgets } from "./use-membership-settings.ts";

/** The budgets as part of the settings. */
export function ChangeBudgetsSection() {
  const [isReady, setIsReady] = useState(false);
  const formId = useId();
  const { settings, budgets, save } = useChangeBudgets();
  const saved = (): void => {
    setIsReady(false);
    showToast({ tone: "ok", message: "Telegram budget saved.", hint: "Operations under way follow it too." });
  };
  return (
    <Section title="Operations: Telegram safety budget">
      <div className="space-y-4">
        <p className="text-sm text-pretty text-fg-muted">
          Telegram limits accounts that change too much at once, and publishes no numbers. These keep below
          what people report; lower them for a young or valuable account.
        </p>
        {settings.error && !budgets ? (
          <ErrorNotice
            error={toFailure(settings.error)}
            action={<Button onClick={() => void settings.refetch()}>Try again</Button>}
          />
        ) : null}
        {save.error ? <ErrorNotice error={toFailure(save.error)} /> : null}
        {budgets ? (
          <>
            <BudgetForm
              // Numbers saved elsewhere replace what stands here.
              key={BUDGET_NAMES.map((name) => budgets[name]).join()}
              formId={formId}
              budgets={budgets}
              onReady={setIsReady}
              onSave={(next) => save.mutate(next, { onSuccess: saved })}
            />
            <div className="flex justify-end gap-2">
              <Button
                variant="ghost"
                disabled={BUDGET_NAMES.every((name) => budgets[name] === DEFAULT_CHANGE_BUDGETS[name])}
                onClick={() => save.mutate(DEFAULT_CHANGE_BUDGETS, { onSuccess: saved })}
              >
                Back to the defaults
              </Button>
              <Button type="submit" form={formId} isBusy={save.isPending} disabled={!isReady}>
                Save
              </Button>
            </div>
          </>
        ) : settings.error ? null : (
          <div role="status" aria-label="Loading the budget">
            <Skeleton className="h-28 w-full rounded-lg" />
          </div>
        )}
      </div>
    </Section>
  );
}
