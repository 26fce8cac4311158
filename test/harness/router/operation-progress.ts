import type { OperationDetail, OperationProgress } from "#shared/domain/operation.ts";
import { countSteps, ended, type FakeOperation } from "../fixture/operations.ts";

const STEP_MS = 300;

/** An operation that really advances, or stands still as its state says. */
export async function* watchOperation(
  find: () => FakeOperation,
  signal: AbortSignal | undefined,
  change: (operation: FakeOperation, detail: Partial<OperationDetail>) => void,
): AsyncGenerator<OperationProgress> {
  const goesOnAtMs = Date.now() + 11 * 60_000 + 20_000;
  const isLeft = (): boolean => signal?.aborted === true;
  for (let turn = 0; !isLeft(); turn += 1) {
    const operation = find();
    const { id, state } = operation.detail;
    const chosen = operation.steps.filter(({ isChosen }) => isChosen);
    const left = chosen.filter((step) => step.state === "planned" || step.state === "acting").length;
    yield {
      operationId: id,
      state,
      phase: state === "planning" ? "Asking where each person is" : "Adding people",
      done: state === "planning" ? 4 + turn : chosen.length - left,
      total: state === "planning" ? 74 : chosen.length,
      etaMs: state === "running" ? left * STEP_MS : null,
      waiting:
        state === "waiting"
          ? { why: "At most 10 renames in 15 minutes keep the Telegram account safe", untilMs: goesOnAtMs }
          : null,
      counts: countSteps(operation.steps),
    };
    if (operation.detail.finishedAtMs !== null || state === "planned") return;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    if (state === "running") advance(operation, change);
  }
}

function advance(
  operation: FakeOperation,
  change: (operation: FakeOperation, detail: Partial<OperationDetail>) => void,
): void {
  const at = operation.steps.findIndex(
    ({ state, isChosen }) => state === "acting" || (state === "planned" && isChosen),
  );
  const step = operation.steps[at];
  if (!step) {
    change(operation, { state: "done", finishedAtMs: Date.now(), canUndo: true });
    return;
  }
  operation.steps = operation.steps.map((one, index) => {
    if (index === at) return ended(step, at);
    return index === at + 1 && one.state === "planned" && one.isChosen ? { ...one, state: "acting" } : one;
  });
}
