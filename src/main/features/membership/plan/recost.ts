import { setImmediate as nextTurn } from "node:timers/promises";
import { listSteps } from "#main/store/queries/operation-steps.ts";
import { findOperation, updateOperationIn } from "#main/store/queries/operations.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import { readMembershipSettings } from "../operations/membership-settings.ts";
import { costSteps } from "./plan-cost.ts";

/** Steps read at once, before others get the main thread. */
const STEPS_AT_ONCE = 500;

/**
 * Brings the costs of a plan up to date with what is chosen of it now. Harmless on one that is confirmed, or gone,
 * meanwhile. Two at the same time end with the later one's view.
 */
export async function recost(deps: MembershipDeps, operationId: OperationId): Promise<void> {
  const { store, clock } = deps;
  if ((await findOperation(store.read, operationId))?.state !== "planned") return;
  const chosen = [];
  let after: number | null = null;
  for (;;) {
    const filter = { operationId, states: ["planned"], search: "" } as const;
    const page: Awaited<ReturnType<typeof listSteps>> = await listSteps(store.read, filter, {
      after,
      limit: STEPS_AT_ONCE,
    });
    for (const step of page) if (step.isChosen) chosen.push(step);
    after = page.at(-1)?.ordinal ?? null;
    if (page.length < STEPS_AT_ONCE) break;
    await nextTurn();
  }
  const { budgets } = await readMembershipSettings(store.read);
  const connections = await deps.connections.listAuditable();
  const costs = await costSteps(store.read, chosen, { connections, budgets, nowMs: clock.nowMs() });
  await store.write(async (writer) => {
    await updateOperationIn(writer, operationId, ["planned"], { costs });
    store.afterCommit(() => deps.announce("operations"));
  });
}
