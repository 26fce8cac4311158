import type { OperationCost } from "#shared/domain/operation.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import { formatDuration } from "#renderer/ui/format.ts";

/** How long an operation takes: connections work side by side, so the slowest one decides. 0 without any. */
export function endsAfterMs(costs: readonly Pick<OperationCost, "durationMs">[]): number {
  return Math.max(0, ...costs.map(({ durationMs }) => durationMs));
}

/** An expected duration in words; one below a second is not counted in milliseconds. */
export function costWords(durationMs: number): string {
  return durationMs < SECOND_MS ? "a moment" : formatDuration(durationMs);
}
