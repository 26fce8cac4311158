import type { OperationCost } from "#shared/domain/operation.ts";

/** How long an operation takes: connections work side by side, so the slowest one decides. 0 without any. */
export function endsAfterMs(costs: readonly Pick<OperationCost, "durationMs">[]): number {
  return Math.max(0, ...costs.map(({ durationMs }) => durationMs));
}
