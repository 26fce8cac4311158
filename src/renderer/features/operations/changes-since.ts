import type { Operation } from "#shared/domain/operation.ts";

/** How many changes operations have made that ended after a moment; messages change nothing that an audit sees. */
export function changesSince(
  operations: readonly Pick<Operation, "kind" | "finishedAtMs" | "counts">[],
  atMs: number,
): number {
  return operations
    .filter(({ kind, finishedAtMs }) => kind !== "message" && finishedAtMs !== null && finishedAtMs > atMs)
    .reduce((sum, { counts }) => sum + counts.done, 0);
}
