import type { Run } from "#shared/domain/coverage.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";

/** What it found can be told: everything that could be read was. */
export function hasResults({ state }: Pick<Run, "state">): boolean {
  return state === "completed" || state === "partial";
}

/** An earlier run tells what changed when it read at least the same connections, in the same world. */
export function isComparable(
  run: Pick<Run, "isSandbox">,
  connectionIds: readonly ConnectionId[],
  earlier: Pick<Run, "isSandbox" | "state">,
  earlierIds: readonly ConnectionId[],
): boolean {
  return (
    hasResults(earlier) &&
    earlier.isSandbox === run.isSandbox &&
    connectionIds.every((id) => earlierIds.includes(id))
  );
}
