import type { ConnectionId } from "#shared/domain/ids.ts";
import type { GroupView, Right } from "./plan-facts.ts";

const RANK: Readonly<Record<Right, number>> = { owner: 0, rename: 1, admin: 2, member: 3, none: 4 };

/** The better of two rights in one group. */
export function compareRights(left: Right, right: Right): number {
  return RANK[left] - RANK[right];
}

/**
 * The views of one group, the connection to act by first: the best right, then what was asked just now before what was
 * stored, then the order in which the connections were added. The same views always give the same order.
 */
export function sortViews(
  views: readonly GroupView[],
  connectionOrder: readonly ConnectionId[],
): readonly GroupView[] {
  const place = (id: ConnectionId) => {
    const at = connectionOrder.indexOf(id);
    return at < 0 ? connectionOrder.length : at;
  };
  return views.toSorted(
    (left, right) =>
      compareRights(left.right, right.right) ||
      Number(right.evidence === "live") - Number(left.evidence === "live") ||
      place(left.connectionId) - place(right.connectionId),
  );
}
