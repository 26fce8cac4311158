import type { OperationStepRow } from "#main/store/queries/operation-steps.ts";
import { assert } from "#shared/lib/assert.ts";
import type { ByStep, Reading } from "./actor.ts";

/** What a step of its kind always has; a plan without it is a defect. */
export function required<Value>(value: Value | null | undefined): Value {
  assert(value !== null && value !== undefined, "a step lacks what its action needs");
  return value;
}

/** The name that a step gives. */
export function nameOf({ after, groupName }: OperationStepRow): string {
  return after ?? groupName;
}

/** Reads a name against what a rename found and what it wants. */
export function readingOfName(step: OperationStepRow, now: string): Reading {
  if (now === step.after) return { is: "so" };
  return now === step.before ? { is: "not-so" } : { is: "changed", now };
}

/** One after the other. */
export async function forEachStep(
  steps: readonly OperationStepRow[],
  read: (step: OperationStepRow) => Promise<Reading>,
): Promise<ByStep<Reading>> {
  const readings = new Map<number, Reading>();
  for (const step of steps) readings.set(step.ordinal, await read(step));
  return readings;
}
