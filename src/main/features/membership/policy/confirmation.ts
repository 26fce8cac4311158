import type { Failure } from "#shared/domain/failure.ts";
import { failure } from "#shared/domain/failure.ts";
import type { MembershipSettings, OperationKind } from "#shared/domain/operation.ts";
import { isPlanTooOld } from "#shared/domain/plan-age.ts";
import type { EpochMs } from "#shared/lib/time.ts";

/** What has to be typed before an operation runs: `remove 37` for removals; null where a click is enough. */
export function typedConfirmationOf(kind: OperationKind, chosen: number): string | null {
  return kind === "remove" ? `remove ${chosen}` : null;
}

/** Whether somebody else has to approve so many steps. */
export function needsApproval(chosen: number, { approvalAbove }: MembershipSettings): boolean {
  return approvalAbove !== null && chosen > approvalAbove;
}

/** Decides whether a plan may be confirmed now; null when it may, otherwise why not. */
export function decideConfirmation(
  plan: { readonly kind: OperationKind; readonly chosen: number; readonly plannedAtMs: EpochMs },
  said: { readonly typed: string | null; readonly nowMs: EpochMs },
): Failure | null {
  if (plan.chosen === 0) return failure("membership/nothing-to-do");
  if (isPlanTooOld(plan.plannedAtMs, said.nowMs))
    return failure("membership/plan-too-old", { plannedAtMs: plan.plannedAtMs });
  const wanted = typedConfirmationOf(plan.kind, plan.chosen);
  if (wanted !== null && said.typed?.trim() !== wanted)
    return failure("membership/confirmation-missing", { wanted });
  return null;
}
