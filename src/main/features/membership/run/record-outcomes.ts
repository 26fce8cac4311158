import {
  updateSteps,
  updateStepsOfNewGroup,
  type OperationStepRow,
} from "#main/store/queries/operation-steps.ts";
import type { Writer } from "#main/store/store.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { StepState } from "#shared/domain/operation.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import type { MadeGroup } from "./actor.ts";

/** Where a step is now, and why. `planned` is to be done (again). */
export interface StepEnd {
  readonly state: Exclude<StepState, "acting">;
  readonly failure?: Failure | null;
  readonly made?: MadeGroup;
  readonly after?: string;
}

/**
 * Writes what became of steps. The steps of a group that was to be made get its key, or are left out with the reason when
 * it was not made.
 */
export async function recordOutcomes(
  writer: Writer,
  steps: readonly OperationStepRow[],
  endOf: (step: OperationStepRow) => StepEnd | undefined,
  nowMs: EpochMs,
): Promise<void> {
  const ended = steps.flatMap((step) => {
    const end = endOf(step);
    return end === undefined ? [] : [{ step, end }];
  });
  // Most of a batch came to the same: one statement for those.
  for (const same of Map.groupBy(ended, ({ end }) => JSON.stringify(end)).values()) {
    const [first] = same;
    if (first === undefined) continue;
    const { operationId } = first.step;
    const { state, failure, made, after } = first.end;
    await updateSteps(
      writer,
      operationId,
      same.map(({ step }) => step.ordinal),
      {
        state,
        failure: failure ?? null,
        ...(state === "done" ? { actedAtMs: nowMs } : {}),
        ...made,
        ...(after === undefined ? {} : { after }),
      },
    );
  }
  for (const { step, end } of ended) if (step.action === "create") await recordCreation(writer, step, end);
}

async function recordCreation(writer: Writer, step: OperationStepRow, end: StepEnd): Promise<void> {
  const { operationId, connectionId, newGroup } = step;
  if (newGroup === null || end.state === "planned") return;
  const where = { operationId, connectionId, newGroup };
  if (end.made) await updateStepsOfNewGroup(writer, where, end.made);
  else await updateStepsOfNewGroup(writer, where, { state: "skipped", failure: end.failure ?? null });
}
