import { useId, useState } from "react";
import type { ChangeBudgets } from "#shared/domain/operation.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { BudgetForm } from "./budget-form.tsx";
import { useChangeBudgets } from "./use-membership-settings.ts";

/** Changes the budgets from where a plan shows what they cost. */
export function BudgetDialog({ budgets, onClose }: { budgets: ChangeBudgets; onClose: () => void }) {
  const [isReady, setIsReady] = useState(false);
  const formId = useId();
  const { save } = useChangeBudgets();
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Telegram safety budget"
      description="How much one Telegram account may change. It holds for every operation, the ones under way too."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={!isReady} isBusy={save.isPending}>
            Save
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {save.error ? <ErrorNotice error={toFailure(save.error)} /> : null}
        <BudgetForm
          formId={formId}
          budgets={budgets}
          onReady={setIsReady}
          onSave={(next) => save.mutate(next, { onSuccess: onClose })}
        />
      </div>
    </Dialog>
  );
}
