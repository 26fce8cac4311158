import type { OperationState } from "./operation.ts";

/** Nothing was changed yet. */
export const PLAN_STATES: readonly OperationState[] = ["planning", "planned", "awaiting-approval"];

/** It will not go on by itself, nor be waited for. */
export const ENDED_STATES: readonly OperationState[] = ["done", "partial", "cancelled", "failed"];

/** Whether nothing of it was done yet: its steps say what will happen, not what became of them. */
export function isPlan(state: OperationState): boolean {
  return PLAN_STATES.includes(state);
}

export function hasEnded(state: OperationState): boolean {
  return ENDED_STATES.includes(state);
}
