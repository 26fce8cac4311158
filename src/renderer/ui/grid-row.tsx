import type { VirtualItem } from "@tanstack/react-virtual";
import { Fragment, memo } from "react";
import { cx } from "./class-names.ts";
import type { GridCell, GridColumn } from "./data-grid.tsx";
import { Gap } from "./grid-header.tsx";
import type { GridPosition } from "./grid-navigation.ts";

interface GridRowProps<Row> {
  row: Row;
  rowIndex: number;
  topPx: number;
  heightPx: number;
  columns: readonly GridColumn[];
  items: readonly VirtualItem[];
  renderCell: (row: Row, columnId: string) => GridCell;
  /** The column the keyboard stands on when it is in this row. */
  activeColumn: number | null;
  isSelected: boolean;
  onCellClick: (position: GridPosition) => void;
}

/** One row of a grid; drawn again only when something of it changed. */
export const GridRow = memo(PlainGridRow) as typeof PlainGridRow;

function PlainGridRow<Row>(props: GridRowProps<Row>) {
  const { columns, items, rowIndex, isSelected } = props;
  const cell = (index: number) => {
    const column = columns[index];
    if (!column) return null;
    const { content, label } = props.renderCell(props.row, column.id);
    const isPinned = index === 0;
    return (
      <div
        role={isPinned ? "rowheader" : "gridcell"}
        aria-colindex={index + 1}
        aria-label={label}
        data-cell={`${rowIndex}:${index}`}
        tabIndex={props.activeColumn === index ? 0 : -1}
        onClick={() => props.onCellClick({ row: rowIndex, column: index })}
        style={{ width: column.widthPx }}
        className={cx(
          "flex shrink-0 items-center overflow-hidden border-b border-line outline-offset-[-2px]",
          isSelected && props.activeColumn === index && "outline-2 outline-accent",
          isPinned && "sticky left-0 z-10 border-r",
          isPinned && (isSelected ? "bg-selected" : "bg-surface group-hover:bg-hover"),
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
      aria-selected={isSelected}
      style={{ height: props.heightPx, transform: `translateY(${props.topPx}px)` }}
      className={cx("group absolute inset-x-0 top-0 flex", isSelected ? "bg-selected" : "hover:bg-hover")}
    >
      {cell(0)}
      {items.map((item, at) => (
        <Fragment key={item.key}>
          <Gap before={items[at - 1]} item={item} />
          {cell(item.index + 1)}
        </Fragment>
      ))}
    </div>
  );
}
