import type { VirtualItem } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { Fragment } from "react";
import { cx } from "./class-names.ts";
import { type GridColumn, pinnedLeftPx } from "./grid-column.ts";
import { GridGap } from "./grid-gap.tsx";

interface GridHeaderProps {
  columns: readonly GridColumn[];
  pinnedColumns: number;
  items: readonly VirtualItem[];
  widthPx: number;
  heightPx: number;
}

/** The row of column names, which stays in sight. */
export function GridHeader({ columns, pinnedColumns, items, widthPx, heightPx }: GridHeaderProps) {
  const cell = (index: number) => {
    const column = columns[index];
    if (!column) return null;
    const isPinned = index < pinnedColumns;
    return (
      <HeaderCell
        key={column.id}
        column={column}
        index={index}
        leftPx={isPinned ? pinnedLeftPx(columns, index) : null}
        isLastPinned={index === pinnedColumns - 1}
      />
    );
  };
  return (
    <div role="rowgroup" className="sticky top-0 z-20 bg-surface" style={{ width: widthPx }}>
      <div role="row" aria-rowindex={1} className="relative flex" style={{ height: heightPx }}>
        {columns.slice(0, pinnedColumns).map((_column, index) => cell(index))}
        {items.map((item, at) => (
          <Fragment key={item.key}>
            <GridGap before={items[at - 1]} item={item} />
            {cell(item.index + pinnedColumns)}
          </Fragment>
        ))}
      </div>
    </div>
  );
}

interface HeaderCellProps {
  column: GridColumn;
  index: number;
  /** Null when the column scrolls. */
  leftPx: number | null;
  isLastPinned: boolean;
}

function HeaderCell({ column, index, leftPx, isLastPinned }: HeaderCellProps) {
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={column.sort}
      style={{ width: column.widthPx, left: leftPx ?? undefined }}
      className={cx(
        "flex shrink-0 items-end border-b border-line-strong text-xs text-fg-muted",
        leftPx !== null && "sticky z-10 bg-surface",
        isLastPinned && "border-r border-r-line",
      )}
    >
      {column.onSort ? (
        <button
          type="button"
          onClick={column.onSort}
          className={cx(
            "m-0.5 inline-flex h-6 min-w-0 items-center gap-0.5 rounded px-1.5 font-medium hover:bg-hover hover:text-fg",
            index === 0 && "ml-3.5",
          )}
        >
          <span className="truncate">{column.header}</span>
          {column.sort === "ascending" ? <ArrowUp aria-hidden="true" className="size-3 shrink-0" /> : null}
          {column.sort === "descending" ? <ArrowDown aria-hidden="true" className="size-3 shrink-0" /> : null}
        </button>
      ) : typeof column.header === "string" ? (
        // In line with those that are buttons.
        <span className="m-0.5 inline-flex h-6 min-w-0 items-center px-1.5 font-medium">
          <span className="truncate">{column.header}</span>
        </span>
      ) : (
        column.header
      )}
    </div>
  );
}
