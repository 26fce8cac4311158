import { useCallback, useEffect, useMemo } from "react";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import { anchorAt, followAnchor } from "#renderer/ui/grid-cursor.ts";
import type { GridColumn } from "#renderer/ui/grid-column.ts";
import type { GridPosition } from "#renderer/ui/grid-navigation.ts";
import { moveTo, useMatrixState } from "./matrix-state.ts";

/**
 * The cursor of the matrix: it stays on its group and person when the rows are ordered anew. Where its group is no
 * longer among them it keeps its place, and `news` says so.
 */
export function useMatrixCursor(rows: readonly MatrixRow[], columns: readonly GridColumn[]) {
  const { position: before, anchor, cursorNews: news } = useMatrixState();
  const order = useMemo(
    () => ({ rowKeys: rows.map(({ group }) => group.key), columnIds: columns.map(({ id }) => id) }),
    [rows, columns],
  );
  const { position, isRowGone } = followAnchor(anchor, before, order);
  const { row, column } = position;
  const nameNow = rows[row]?.group.name;

  useEffect(() => {
    const now = anchorAt({ row, column }, order);
    const known = useMatrixState.getState();
    const isKnown =
      known.position.row === row &&
      known.position.column === column &&
      known.anchor?.rowKey === now?.rowKey &&
      known.anchor?.columnId === now?.columnId;
    if (isKnown) return;
    moveTo(
      { row, column },
      now,
      isRowGone ? `The group you were on is no longer listed. You are on ${nameNow} now.` : "",
    );
    // The cell that is gone took the focus along.
    if (isRowGone && document.activeElement === document.body) {
      document.querySelector<HTMLElement>('[role="grid"] [data-cell][tabindex="0"]')?.focus();
    }
  }, [row, column, order, isRowGone, nameNow]);

  const move = useCallback((to: GridPosition) => moveTo(to, anchorAt(to, order)), [order]);
  return { position, move, news };
}
