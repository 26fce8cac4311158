import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef } from "react";
import { GridHeader } from "./grid-header.tsx";
import { type GridPosition, nextPosition } from "./grid-navigation.ts";
import { GridRow } from "./grid-row.tsx";
import { useWidth } from "./use-width.ts";

export interface GridColumn {
  readonly id: string;
  readonly widthPx: number;
  readonly header: ReactNode;
  readonly sort?: "ascending" | "descending" | "none";
  readonly onSort?: () => void;
}

/** What stands in a cell; `label` replaces the content for screen readers where it is a sign. */
export interface GridCell {
  readonly content: ReactNode;
  readonly label?: string;
}

interface DataGridProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The first one stays in sight when the grid scrolls sideways. */
  readonly columns: readonly GridColumn[];
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
}

const BEYOND_SIGHT = 6;

/**
 * A grid of any size that draws only what is in sight, with one stop for the Tab key: arrows, Home, End and the page
 * keys move inside it.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { rows, columns, position, rowHeightPx, headerHeightPx, onPositionChange, onOpen } = props;
  const [pinned, ...rest] = columns;
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const at = {
    row: Math.min(position.row, Math.max(0, rows.length - 1)),
    column: Math.min(position.column, columns.length - 1),
  };

  const rowVirtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: BEYOND_SIGHT,
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
    overscan: BEYOND_SIGHT,
    scrollPaddingEnd: pinned?.widthPx ?? 0,
    rangeExtractor: useCallback((range: Range) => withIndex(range, at.column - 1), [at.column]),
  });
  useEffect(() => rowVirtual.measure(), [rowVirtual, rowHeightPx]);
  const widths = columns.map(({ widthPx }) => widthPx).join();
  useEffect(() => columnVirtual.measure(), [columnVirtual, widths]);

  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    rowVirtual.scrollToIndex(at.row);
    if (at.column > 0) columnVirtual.scrollToIndex(at.column - 1);
    scroller.current
      ?.querySelector<HTMLElement>(`[data-cell="${at.row}:${at.column}"]`)
      ?.focus({ preventScroll: true });
  }, [at.row, at.column, rowVirtual, columnVirtual]);

  // A panel that opens beside the grid must not cover the cell it tells about.
  const [frame, widthNowPx] = useWidth();
  useEffect(() => {
    if (at.column > 0) columnVirtual.scrollToIndex(at.column - 1);
    // Only a change of width is a reason: moving scrolls by itself.
    // eslint-disable-next-line react/exhaustive-deps
  }, [widthNowPx]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (!(event.target as HTMLElement).dataset["cell"]) return;
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeightPx) - 2);
    const next = nextPosition(event, at, { rows: rows.length, columns: columns.length, pageRows });
    if (next) {
      wantsFocus.current = true;
      onPositionChange(next);
    } else if (event.key === "Enter" || event.key === " ") {
      onOpen(at);
    } else if (!hasModifier(event) && props.onKey?.(event.key, at)) {
      // Taken.
    } else {
      return;
    }
    event.preventDefault();
  };
  const onCellClick = useCallback(
    (next: GridPosition) => {
      wantsFocus.current = true;
      onPositionChange(next);
      onOpen(next);
    },
    [onPositionChange, onOpen],
  );

  const columnItems = columnVirtual.getVirtualItems();
  const pinnedWidthPx = pinned?.widthPx ?? 0;
  const widthPx = pinnedWidthPx + columnVirtual.getTotalSize();
  return (
    <div
      ref={(element) => {
        scroller.current = element;
        frame(element);
      }}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      onKeyDown={onKeyDown}
      className="relative h-full overflow-auto"
    >
      <GridHeader columns={columns} items={columnItems} widthPx={widthPx} heightPx={headerHeightPx} />
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
              items={columnItems}
              renderCell={props.renderCell}
              activeColumn={item.index === at.row ? at.column : null}
              isSelected={key === props.selectedRowKey}
              onCellClick={onCellClick}
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
