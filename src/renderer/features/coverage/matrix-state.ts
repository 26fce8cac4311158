import { create } from "zustand";
import { MatrixFilter, MatrixSort } from "#shared/domain/matrix.ts";
import type { SavedViewId } from "#shared/domain/ids.ts";
import type { GridAnchor } from "#renderer/ui/grid-cursor.ts";
import type { GridPosition } from "#renderer/ui/grid-navigation.ts";

interface MatrixState {
  readonly filter: MatrixFilter;
  readonly sort: MatrixSort;
  /** The saved view that filter and sort come from, even when changed since. */
  readonly viewId: SavedViewId | null;
  readonly position: GridPosition;
  /** What the cursor stands on, so that it stays there when the rows change; null until they are drawn. */
  readonly anchor: GridAnchor | null;
  /** Where the cursor is now, when it had to leave what it stood on; otherwise empty. */
  readonly cursorNews: string;
}

const AT_FIRST: MatrixState = {
  filter: MatrixFilter.parse({}),
  sort: MatrixSort.parse({}),
  viewId: null,
  position: { row: 0, column: 0 },
  anchor: null,
  cursorNews: "",
};

/** How the operator looks at the matrix; kept while other screens are open. */
export const useMatrixState = create<MatrixState>(() => AT_FIRST);

export function changeFilter(change: Partial<MatrixFilter>): void {
  useMatrixState.setState(({ filter, position }) => ({
    filter: { ...filter, ...change },
    position: { ...position, row: 0 },
    anchor: null,
  }));
}

/** Sorts by a column; the one it sorts by already is turned round. */
export function toggleSort(by: MatrixSort["by"]): void {
  useMatrixState.setState(({ sort, position }) => ({
    sort: { by, direction: nextDirection(sort, by) },
    position: { ...position, row: 0 },
    anchor: null,
  }));
}

function nextDirection(sort: MatrixSort, by: MatrixSort["by"]): MatrixSort["direction"] {
  if (sort.by === by) return sort.direction === "ascending" ? "descending" : "ascending";
  // Numbers are wanted largest first, words from A to Z.
  return by === "missing" || by === "members" ? "descending" : "ascending";
}

/** Shows a view as it was saved; null goes back to everything. */
export function applyView(view: { id: SavedViewId; filter: MatrixFilter; sort: MatrixSort } | null): void {
  useMatrixState.setState({
    ...AT_FIRST,
    ...(view ? { filter: view.filter, sort: view.sort, viewId: view.id } : {}),
  });
}

export function moveTo(position: GridPosition, anchor: GridAnchor | null, cursorNews = ""): void {
  useMatrixState.setState({ position, anchor, cursorNews });
}
