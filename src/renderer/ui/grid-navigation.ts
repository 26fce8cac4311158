export interface GridPosition {
  readonly row: number;
  readonly column: number;
}

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Where a key leads from a cell; null when the key is none of the grid's. Never leaves the grid. */
export function nextPosition(
  key: Key,
  at: GridPosition,
  size: { rows: number; columns: number; pageRows: number },
): GridPosition | null {
  if (key.altKey) return null;
  const isFar = key.ctrlKey || key.metaKey;
  const lastRow = Math.max(0, size.rows - 1);
  const lastColumn = Math.max(0, size.columns - 1);
  const row = (to: number): GridPosition => ({ row: Math.min(lastRow, Math.max(0, to)), column: at.column });
  const column = (to: number): GridPosition => ({
    row: at.row,
    column: Math.min(lastColumn, Math.max(0, to)),
  });
  switch (key.key) {
    case "ArrowUp":
      return isFar ? row(0) : row(at.row - 1);
    case "ArrowDown":
      return isFar ? row(lastRow) : row(at.row + 1);
    case "ArrowLeft":
      return isFar ? column(0) : column(at.column - 1);
    case "ArrowRight":
      return isFar ? column(lastColumn) : column(at.column + 1);
    case "PageUp":
      return row(at.row - size.pageRows);
    case "PageDown":
      return row(at.row + size.pageRows);
    case "Home":
      return isFar ? { row: 0, column: 0 } : column(0);
    case "End":
      return isFar ? { row: lastRow, column: lastColumn } : column(lastColumn);
    default:
      return null;
  }
}
