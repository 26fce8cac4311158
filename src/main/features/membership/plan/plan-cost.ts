import { setImmediate as nextTurn } from "node:timers/promises";
import { listIntents } from "#main/store/queries/operation-steps.ts";
import type { Reader } from "#main/store/store.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { ChangeBudgets, OperationCost } from "#shared/domain/operation.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { budgetOf, budgetReachMs } from "../policy/budget.ts";
import type { CostedSteps } from "../policy/operation-costs.ts";
import { estimateCost } from "../policy/operation-costs.ts";

/**
 * What these steps will take on each connection that has some, in the order of the connections. Counting tens of thousands
 * takes some 10 ms for each connection: each has a turn of its own.
 */
export async function costSteps(
  read: Reader,
  steps: readonly (CostedSteps["steps"][number] & { readonly connectionId: ConnectionId })[],
  known: {
    readonly connections: readonly Connection[];
    readonly budgets: ChangeBudgets;
    readonly nowMs: EpochMs;
  },
): Promise<OperationCost[]> {
  await nextTurn();
  const byConnection = Map.groupBy(steps, ({ connectionId }) => connectionId);
  const costs: OperationCost[] = [];
  for (const { id, label, platform } of known.connections) {
    const own = byConnection.get(id);
    if (own === undefined) continue;
    const { budgets, nowMs } = known;
    const spent = new Map<string, readonly EpochMs[]>();
    for (const action of new Set(own.map((step) => step.action))) {
      const budget = budgetOf(platform, action, budgets);
      if (budget === null || spent.has(budget.actions.join())) continue;
      const sinceMs = nowMs - budgetReachMs(budget);
      spent.set(
        budget.actions.join(),
        await listIntents(read, { connectionId: id, actions: budget.actions, sinceMs }),
      );
    }
    await nextTurn();
    costs.push(
      estimateCost({
        connectionId: id,
        label,
        platform,
        steps: own,
        budgets,
        nowMs,
        spent: (budget) => spent.get(budget.actions.join()) ?? [],
      }),
    );
  }
  return costs;
}
