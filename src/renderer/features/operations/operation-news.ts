import { hasEnded } from "#shared/domain/operation-phase.ts";
import type { Operation, OperationId, OperationState } from "#shared/domain/operation.ts";

/** What the operator should be told of an operation that is not in sight; null when there is nothing new. */
export type OperationNews = "planned" | "paused" | "ended" | null;

/** Compares how an operation was with how it is. One that was not known before is no news. */
export function newsOf(before: OperationState | undefined, now: OperationState): OperationNews {
  if (before === undefined || before === now || hasEnded(before)) return null;
  if (now === "planned") return before === "planning" ? "planned" : null;
  if (now === "paused") return "paused";
  // Whoever cancelled it was told then.
  return hasEnded(now) && now !== "cancelled" ? "ended" : null;
}

/** How the operations stand, to compare with later. */
export function statesOf(
  operations: readonly Pick<Operation, "id" | "state">[],
): ReadonlyMap<OperationId, OperationState> {
  return new Map(operations.map(({ id, state }) => [id, state]));
}
