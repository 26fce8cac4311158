import type { VirtualItem } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { Fragment } from "react";
import { cx } from "./class-names.ts";
import type { GridColumn } from "./data-grid.tsx";

interface GridHeaderProps {
  columns: readonly GridColumn[];
  items: readonly VirtualItem[];
  widthPx: number;
  heightPx: number;
}

/** The row of column names, which stays in sight. */
export function GridHeader({ columns, items, widthPx, heightPx }: GridHeaderProps) {
  const [pinned] = columns;
  return (
    <div role="rowgroup" className="sticky top-0 z-20 bg-surface" style={{ width: widthPx }}>
      <div role="row" aria-rowindex={1} className="relative flex" style={{ height: heightPx }}>
        {pinned ? <HeaderCell column={pinned} index={0} isPinned /> : null}
        {items.map((item, at) => {
          const column = columns[item.index + 1];
          if (!column) return null;
          return (
            <Fragment key={column.id}>
              <Gap before={items[at - 1]} item={item} />
              <HeaderCell column={column} index={item.index + 1} />
            </Fragment>
          );
        })}
      </div>
    </div>
  );
}

/** The columns that are not drawn between two that are. */
export function Gap({ before, item }: { before: VirtualItem | undefined; item: VirtualItem }) {
  const widthPx = item.start - (before?.end ?? 0);
  return widthPx > 0 ? <div role="presentation" className="shrink-0" style={{ width: widthPx }} /> : null;
}

function HeaderCell({ column, index, isPinned }: { column: GridColumn; index: number; isPinned?: boolean }) {
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={column.sort}
      style={{ width: column.widthPx }}
      className={cx(
        "flex shrink-0 items-end border-b border-line-strong text-xs text-fg-muted",
        isPinned && "sticky left-0 z-10 border-r border-line bg-surface",
      )}
    >
      {column.onSort ? (
        <button
          type="button"
          onClick={column.onSort}
          className={cx(
            "m-0.5 inline-flex h-6 min-w-0 items-center gap-0.5 rounded px-1.5 font-medium hover:bg-hover hover:text-fg",
            isPinned && "ml-3.5",
          )}
        >
          <span className="truncate">{column.header}</span>
          {column.sort === "ascending" ? <ArrowUp aria-hidden="true" className="size-3 shrink-0" /> : null}
          {column.sort === "descending" ? <ArrowDown aria-hidden="true" className="size-3 shrink-0" /> : null}
        </button>
      ) : (
        column.header
      )}
    </div>
  );
}
