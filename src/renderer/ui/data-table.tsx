import {
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useMemo, useRef } from "react";
import { cx } from "./class-names.ts";

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

export interface DataColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** The header is for screen readers only: a column of buttons needs no title. */
  readonly isHeaderHidden?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** What the column sorts by; without it the column does not sort. */
  readonly sortBy?: (row: Row) => string | number;
  /** A CSS length or `auto`. */
  readonly width?: string;
  readonly align?: "left" | "right";
}

interface DataTableProps<Row> {
  /** What the table lists, for screen readers. */
  readonly label: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The order at first; the operator may change it. */
  readonly initialSort?: { id: string; desc: boolean };
  readonly selectedKey?: string | null;
  /** A click anywhere in a row that no control of its own answers. Rows should also hold a link or button for it. */
  readonly onOpen?: (row: Row) => void;
  /** Under the last row: more to load, a total. */
  readonly footer?: ReactNode;
}

const ROW_HEIGHT_PX = 34;
const ROWS_BEYOND_SIGHT = 12;

/**
 * A sortable table that draws only the rows in sight; it fills its parent and scrolls inside it. Arrow keys move
 * between the first control of each row.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, initialSort, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: Row): string | number => column.sortBy?.(row) ?? "",
        enableSorting: column.sortBy !== undefined,
        sortFn: (a: { original: Row }, b: { original: Row }) =>
          compare(column.sortBy?.(a.original) ?? "", column.sortBy?.(b.original) ?? ""),
      })),
    [columns],
  );
  const initialSorting: SortingState = initialSort ? [initialSort] : [];
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowKey,
    initialState: { sorting: initialSorting },
    enableSortingRemoval: false,
  });
  const sorted = table.getRowModel().rows;
  // It keeps its own state, so this component must not be memoised by a compiler; none is used.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: ROWS_BEYOND_SIGHT,
  });
  const items = virtual.getVirtualItems();
  const paddingTop = items[0]?.start ?? 0;
  const paddingBottom = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);

  return (
    <div ref={scroller} className="h-full overflow-auto">
      <table
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        className="w-full border-separate border-spacing-0"
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => {
              const sort = table.getColumn(column.id)?.getIsSorted() ?? false;
              return (
                <th
                  key={column.id}
                  scope="col"
                  aria-sort={sort === false ? undefined : sort === "asc" ? "ascending" : "descending"}
                  style={{ width: column.width }}
                  className={cx(
                    "sticky top-0 z-10 h-8 border-b border-line bg-surface px-2.5 text-xs font-medium whitespace-nowrap text-fg-muted first:pl-5 last:pr-5",
                    column.align === "right" ? "text-right" : "text-left",
                  )}
                >
                  {column.sortBy ? (
                    <button
                      type="button"
                      onClick={() => table.getColumn(column.id)?.toggleSorting()}
                      className="-mx-1 inline-flex items-center gap-1 rounded px-1 py-0.5 hover:bg-hover hover:text-fg"
                    >
                      {column.header}
                      {sort === "asc" ? <ArrowUp aria-hidden="true" className="size-3" /> : null}
                      {sort === "desc" ? <ArrowDown aria-hidden="true" className="size-3" /> : null}
                    </button>
                  ) : (
                    <span className={column.isHeaderHidden ? "sr-only" : undefined}>{column.header}</span>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        {/* Only moves the focus between the controls of its rows. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <tbody onKeyDown={moveBetweenRows}>
          {paddingTop > 0 ? <Spacer heightPx={paddingTop} /> : null}
          {items.map((item) => {
            const row = sorted[item.index];
            if (!row) return null;
            return (
              <tr
                key={row.id}
                data-index={item.index}
                aria-rowindex={item.index + 2}
                ref={virtual.measureElement}
                onClick={onOpen ? (event) => openUnlessHandled(event, () => onOpen(row.original)) : undefined}
                className={cx(
                  "group",
                  row.id === props.selectedKey ? "bg-selected" : onOpen && "hover:bg-hover",
                )}
              >
                {columns.map((column) => (
                  <td
                    key={column.id}
                    className={cx(
                      "h-row border-b border-line px-2.5 first:pl-5 last:pr-5",
                      column.align === "right" && "tabular text-right",
                    )}
                  >
                    {column.cell(row.original)}
                  </td>
                ))}
              </tr>
            );
          })}
          {paddingBottom > 0 ? <Spacer heightPx={paddingBottom} /> : null}
        </tbody>
      </table>
      {props.footer}
    </div>
  );
}

/** Stands for the rows that are not drawn. */
function Spacer({ heightPx }: { heightPx: number }) {
  return <tr aria-hidden="true" style={{ height: heightPx }} />;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
}

function openUnlessHandled(event: MouseEvent<HTMLElement>, open: () => void): void {
  const target = event.target as HTMLElement;
  const hasSelection = window.getSelection()?.isCollapsed === false;
  if (!hasSelection && !target.closest("a, button, input, label, [role=menuitem]")) open();
}

const CONTROL = "a[href], button:not(:disabled)";

function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const row = (event.target as HTMLElement).closest("tr");
  let next = event.key === "ArrowDown" ? row?.nextElementSibling : row?.previousElementSibling;
  while (next && !next.querySelector(CONTROL)) {
    next = event.key === "ArrowDown" ? next.nextElementSibling : next.previousElementSibling;
  }
  const control = next?.querySelector<HTMLElement>(CONTROL);
  if (!control) return;
  event.preventDefault();
  control.focus();
  control.scrollIntoView({ block: "nearest" });
}
