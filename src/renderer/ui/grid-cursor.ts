import type { GridPosition } from "./grid-navigation.ts";

/** The cell a cursor stands on, by what it is about rather than by where it is. */
export interface GridAnchor {
  readonly rowKey: string;
  readonly columnId: string;
}

/** The keys of what a grid shows, in its order. */
export interface GridOrder {
  readonly rowKeys: readonly string[];
  readonly columnIds: readonly string[];
}

/**
 * Where a cursor belongs that stood at `position`, on `anchor`, before rows and columns changed: on the same cell, or
 * as near as possible to where it was. `isRowGone` tells that its row is no longer among them.
 */
export function followAnchor(
  anchor: GridAnchor | null,
  position: GridPosition,
  { rowKeys, columnIds }: GridOrder,
): { readonly position: GridPosition; readonly isRowGone: boolean } {
  const row = anchor ? rowKeys.indexOf(anchor.rowKey) : -1;
  const column = anchor ? columnIds.indexOf(anchor.columnId) : -1;
  return {
    position: {
      row: row < 0 ? within(position.row, rowKeys.length) : row,
      column: column < 0 ? within(position.column, columnIds.length) : column,
    },
    isRowGone: anchor !== null && row < 0,
  };
}

/** What is at a position; null where nothing is. */
export function anchorAt(
  { row, column }: GridPosition,
  { rowKeys, columnIds }: GridOrder,
): GridAnchor | null {
  const rowKey = rowKeys[row];
  const columnId = columnIds[column];
  return rowKey === undefined || columnId === undefined ? null : { rowKey, columnId };
}

function within(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1));
}
