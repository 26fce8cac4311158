import { countLeft, listIntents } from "#main/store/queries/operation-steps.ts";
import type { Reader } from "#main/store/store.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { budgetOf, budgetReachMs } from "../policy/budget.ts";
import { lastSlotMs } from "../policy/operation-costs.ts";
import { readMembershipSettings } from "./membership-settings.ts";

/**
 * How long the budgets of its accounts hold up what is left of an operation: until the last change may begin. 0 where they
 * hold up nothing. In milliseconds from `nowMs`; by the budgets as they are set now.
 */
export async function budgetLeftMs(read: Reader, operationId: OperationId, nowMs: EpochMs): Promise<number> {
  const { budgets } = await readMembershipSettings(read);
  const kinds = new Map<string, { readonly wanted: ReturnType<typeof budgetOf>; steps: number }>();
  let longestMs = 0;
  for (const { connectionId, platform, action, steps } of await countLeft(read, operationId)) {
    const wanted = budgetOf(platform, action, budgets);
    if (wanted === null) continue;
    // Kinds that are counted together wait together.
    const key = `${connectionId} ${wanted.actions.join()}`;
    const kind = kinds.get(key) ?? { wanted, steps: 0 };
    kind.steps += steps;
    kinds.set(key, kind);
    const sinceMs = nowMs - budgetReachMs(wanted);
    const spent = await listIntents(read, { connectionId, actions: wanted.actions, sinceMs });
    longestMs = Math.max(longestMs, lastSlotMs(kind.steps, spent, wanted.windows, nowMs) - nowMs);
  }
  return longestMs;
}
