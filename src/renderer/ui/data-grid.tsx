import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useRef } from "react";
import { cx } from "./class-names.ts";
import type { GridCell, GridColumn } from "./grid-column.ts";
import { GridHeader } from "./grid-header.tsx";
import { type GridPosition, nextPosition } from "./grid-navigation.ts";
import { GridRow } from "./grid-row.tsx";
import { useWidth } from "./use-width.ts";

interface DataGridProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly columns: readonly GridColumn[];
  /** So many of the first columns stay in sight when the grid scrolls sideways. */
  readonly pinnedColumns: number;
  /** Keep it stable between renders: rows are drawn again when it changes. */
  readonly renderCell: (row: Row, columnId: string) => GridCell;
  readonly rowHeightPx: number;
  readonly headerHeightPx: number;
  /** The cell that the keyboard stands on. */
  readonly position: GridPosition;
  readonly onPositionChange: (position: GridPosition) => void;
  /** Enter or a click. */
  readonly onOpen: (position: GridPosition) => void;
  /** Further keys; returns whether it took the key. */
  readonly onKey?: (key: string, position: GridPosition) => boolean;
  readonly selectedRowKey?: string | null;
  /**
   * Marks cells: Space, or a click with Ctrl or Command, turns one over; Shift with an arrow or a click extends from there;
   * Ctrl+A means all. Which are marked, `renderCell` says.
   */
  readonly onMark?: (position: GridPosition, how: GridMark) => void;
}

/** `move`: the cursor went there without marking, so that the next range begins there. */
export type GridMark = "toggle" | "extend" | "all" | "move";

const ROWS_BEYOND_SIGHT = 4;
const COLUMNS_BEYOND_SIGHT = 2;

/**
 * A grid of any size that draws only what is in sight, with one stop for the Tab key: arrows, Home, End and the page
 * keys move inside it.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { rows, columns, position, rowHeightPx, headerHeightPx, onPositionChange, onOpen } = props;
  const pinned = columns.slice(0, props.pinnedColumns);
  const rest = columns.slice(props.pinnedColumns);
  const pinnedWidthPx = pinned.reduce((sum, { widthPx }) => sum + widthPx, 0);
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const at = {
    row: Math.min(position.row, Math.max(0, rows.length - 1)),
    column: Math.min(position.column, columns.length - 1),
  };
  /** Among the columns that scroll; negative for a pinned one. */
  const freeColumn = at.column - props.pinnedColumns;

  const rowVirtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: ROWS_BEYOND_SIGHT,
    // Header and first column cover the beginning of the view, and push everything else by as much.
    scrollPaddingEnd: headerHeightPx,
    // The cell that has the focus must not be taken away when it scrolls out of sight.
    rangeExtractor: useCallback((range: Range) => withIndex(range, at.row), [at.row]),
  });
  const columnVirtual = useVirtualizer({
    horizontal: true,
    count: rest.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rest[index]?.widthPx ?? 0,
    overscan: COLUMNS_BEYOND_SIGHT,
    scrollPaddingEnd: pinnedWidthPx,
    rangeExtractor: useCallback((range: Range) => withIndex(range, freeColumn), [freeColumn]),
  });
  useEffect(() => rowVirtual.measure(), [rowVirtual, rowHeightPx]);
  const widths = columns.map(({ widthPx }) => widthPx).join();
  useEffect(() => columnVirtual.measure(), [columnVirtual, widths]);

  useEffect(() => {
    const isFocusInside = scroller.current?.contains(document.activeElement) ?? false;
    // Rows that were ordered anew may have taken the cell out of sight, too.
    if (wantsFocus.current || isFocusInside) rowVirtual.scrollToIndex(at.row);
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    if (freeColumn >= 0) columnVirtual.scrollToIndex(freeColumn);
    scroller.current
      ?.querySelector<HTMLElement>(`[data-cell="${at.row}:${at.column}"]`)
      ?.focus({ preventScroll: true });
  }, [at.row, at.column, freeColumn, rowVirtual, columnVirtual]);

  // A panel that opens beside the grid must not cover the cell it tells about.
  const [frame, widthNowPx] = useWidth();
  useEffect(() => {
    if (freeColumn >= 0) columnVirtual.scrollToIndex(freeColumn);
    // Only a change of width is a reason: moving scrolls by itself.
    // eslint-disable-next-line react/exhaustive-deps
  }, [widthNowPx]);

  const setScroller = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element;
      frame(element);
    },
    [frame],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (!(event.target as HTMLElement).dataset["cell"]) return;
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeightPx) - 2);
    const { onMark } = props;
    const next = nextPosition(event, at, { rows: rows.length, columns: columns.length, pageRows });
    if (next) {
      wantsFocus.current = next.row !== at.row || next.column !== at.column;
      // What the range begins with must be known before the cursor leaves it.
      onMark?.(next, event.shiftKey ? "extend" : "move");
      onPositionChange(next);
    } else if (onMark && event.key === " ") {
      onMark(at, "toggle");
    } else if (onMark && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") {
      onMark(at, "all");
    } else if (event.key === "Enter" || event.key === " ") {
      onOpen(at);
    } else if (!hasModifier(event) && props.onKey?.(event.key, at)) {
      // Taken.
    } else {
      return;
    }
    event.preventDefault();
  };
  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-cell]");
    const [row, column] = cell?.dataset["cell"]?.split(":").map(Number) ?? [];
    if (row === undefined || column === undefined) return;
    if (props.onMark && (event.shiftKey || event.ctrlKey || event.metaKey)) {
      props.onMark({ row, column }, event.shiftKey ? "extend" : "toggle");
      onPositionChange({ row, column });
      return;
    }
    props.onMark?.({ row, column }, "move");
    // The click itself has put the focus there.
    onPositionChange({ row, column });
    onOpen({ row, column });
  };

  const columnItems = columnVirtual.getVirtualItems();
  const widthPx = pinnedWidthPx + columnVirtual.getTotalSize();
  return (
    <div
      ref={setScroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable={props.onMark ? true : undefined}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onClick={onClick}
      className={cx("relative h-full overflow-auto", props.onMark && "select-none")}
    >
      <GridHeader
        columns={columns}
        pinnedColumns={props.pinnedColumns}
        items={columnItems}
        widthPx={widthPx}
        heightPx={headerHeightPx}
      />
      <div role="rowgroup" className="relative" style={{ width: widthPx, height: rowVirtual.getTotalSize() }}>
        {rowVirtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const key = props.rowKey(row);
          return (
            <GridRow
              key={key}
              row={row}
              rowIndex={item.index}
              topPx={item.start}
              heightPx={rowHeightPx}
              columns={columns}
              pinnedColumns={props.pinnedColumns}
              items={columnItems}
              renderCell={props.renderCell}
              activeColumn={item.index === at.row ? at.column : null}
              isSelected={key === props.selectedRowKey}
              canMark={props.onMark !== undefined}
            />
          );
        })}
      </div>
    </div>
  );
}

function withIndex(range: Range, index: number): number[] {
  const shown = defaultRangeExtractor(range);
  if (index < 0 || index >= range.count || shown.includes(index)) return shown;
  return [...shown, index].sort((a, b) => a - b);
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey;
}
