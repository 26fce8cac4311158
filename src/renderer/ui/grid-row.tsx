import type { VirtualItem } from "@tanstack/react-virtual";
import { Fragment, memo } from "react";
import { cx } from "./class-names.ts";
import { type GridCell, type GridColumn, pinnedLeftPx } from "./grid-column.ts";
import { GridGap } from "./grid-gap.tsx";

interface GridRowProps<Row> {
  row: Row;
  rowIndex: number;
  topPx: number;
  heightPx: number;
  columns: readonly GridColumn[];
  pinnedColumns: number;
  items: readonly VirtualItem[];
  renderCell: (row: Row, columnId: string) => GridCell;
  /** The column the keyboard stands on when it is in this row. */
  activeColumn: number | null;
  isSelected: boolean;
  /** Cells can be marked, and screen readers are told which are. */
  canMark: boolean;
}

/** One row of a grid; drawn again only when something of it changed. */
export const GridRow = memo(PlainGridRow) as typeof PlainGridRow;

function PlainGridRow<Row>(props: GridRowProps<Row>) {
  const { columns, pinnedColumns, items, rowIndex, isSelected } = props;
  const cell = (index: number) => {
    const column = columns[index];
    if (!column) return null;
    const { content, label, isMarked = false } = props.renderCell(props.row, column.id);
    const isPinned = index < pinnedColumns;
    return (
      <div
        key={column.id}
        role={index === 0 ? "rowheader" : "gridcell"}
        aria-colindex={index + 1}
        aria-label={label}
        aria-selected={props.canMark ? isMarked : undefined}
        data-cell={`${rowIndex}:${index}`}
        tabIndex={props.activeColumn === index ? 0 : -1}
        style={{ width: column.widthPx, left: isPinned ? pinnedLeftPx(columns, index) : undefined }}
        className={cx(
          "flex shrink-0 items-center overflow-hidden border-b border-line outline-offset-[-2px]",
          isSelected && props.activeColumn === index && "outline-2 outline-accent",
          isMarked && !isPinned && "bg-accent-soft",
          isPinned && "sticky z-10",
          index === pinnedColumns - 1 && "border-r",
          isPinned &&
            (isMarked ? "bg-accent-soft" : isSelected ? "bg-selected" : "bg-surface group-hover:bg-hover"),
        )}
      >
        {content}
      </div>
    );
  };
  return (
    <div
      role="row"
      aria-rowindex={rowIndex + 2}
      aria-selected={props.canMark ? undefined : isSelected}
      style={{ height: props.heightPx, top: props.topPx }}
      className={cx(
        "group absolute inset-x-0 flex [contain:layout_style]",
        isSelected ? "bg-selected" : "hover:bg-hover",
      )}
    >
      {columns.slice(0, pinnedColumns).map((_column, index) => cell(index))}
      {items.map((item, at) => (
        <Fragment key={item.key}>
          <GridGap before={items[at - 1]} item={item} />
          {cell(item.index + pinnedColumns)}
        </Fragment>
      ))}
    </div>
  );
}
