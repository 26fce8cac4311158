import { countLeft, listIntents } from "#main/store/queries/operation-steps.ts";
import type { Reader } from "#main/store/store.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { budgetOf, budgetReachMs } from "../policy/budget.ts";
import { lastSlotMs, type Left } from "../policy/operation-costs.ts";
import { readMembershipSettings } from "./membership-settings.ts";

/** What an operation has left on each connection that has some, by the budgets as they are set now. */
export async function readLeft(
  read: Reader,
  operationId: OperationId,
  nowMs: EpochMs,
): Promise<Map<ConnectionId, Left>> {
  const { budgets } = await readMembershipSettings(read);
  const kinds = new Map<string, number>();
  const left = new Map<ConnectionId, Left>();
  for (const { connectionId, platform, action, steps } of await countLeft(read, operationId)) {
    const before = left.get(connectionId) ?? { steps: 0, budgetMs: 0 };
    let { budgetMs } = before;
    const wanted = budgetOf(platform, action, budgets);
    if (wanted !== null) {
      // Kinds that are counted together wait together.
      const key = `${connectionId} ${wanted.actions.join()}`;
      const count = (kinds.get(key) ?? 0) + steps;
      kinds.set(key, count);
      const sinceMs = nowMs - budgetReachMs(wanted);
      const spent = await listIntents(read, { connectionId, actions: wanted.actions, sinceMs });
      budgetMs = Math.max(budgetMs, lastSlotMs(count, spent, wanted.windows, nowMs) - nowMs);
    }
    left.set(connectionId, { steps: before.steps + steps, budgetMs });
  }
  return left;
}
