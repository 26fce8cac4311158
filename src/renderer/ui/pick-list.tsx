import { useVirtualizer } from "@tanstack/react-virtual";
import { Check } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useId, useMemo, useRef, useState } from "react";
import { cx } from "./class-names.ts";
import { SearchInput } from "./search-input.tsx";

export interface PickOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Something to tell it apart by; it is searched, too. */
  readonly detail?: string | undefined;
  readonly icon?: ReactNode;
}

interface PickListProps<Value extends string> {
  /** What is chosen from. */
  readonly label: string;
  readonly searchLabel: string;
  readonly options: readonly PickOption<Value>[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: Value[]) => void;
}

const ROW_HEIGHT_PX = 30;
const MOST_ROWS_IN_SIGHT = 8;

/**
 * Several from a list of any length: type to narrow, arrows to move, Space to take, Shift for a range, Ctrl+A for
 * everything shown. Draws only what is in sight.
 */
export function PickList<Value extends string>(props: PickListProps<Value>) {
  const { options, chosen, onChange } = props;
  const [search, setSearch] = useState("");
  const [activeAt, setActiveAt] = useState(0);
  const rangeFrom = useRef(0);
  const scroller = useRef<HTMLDivElement>(null);
  const listId = useId();
  const taken = useMemo(() => new Set<string>(chosen), [chosen]);
  const words = search.trim().toLocaleLowerCase();
  const shown = useMemo(
    () =>
      words === ""
        ? options
        : options.filter(({ label, detail }) =>
            `${label}\n${detail ?? ""}`.toLocaleLowerCase().includes(words),
          ),
    [options, words],
  );
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: 8,
  });
  const at = Math.min(activeAt, Math.max(0, shown.length - 1));

  const set = (values: readonly Value[], isIn: boolean): void => {
    const wanted = new Set(values);
    const others = chosen.filter((value) => !wanted.has(value));
    onChange(isIn ? [...others, ...values] : others);
  };
  const toggle = (index: number, isRange: boolean): void => {
    const option = shown[index];
    if (!option) return;
    const from = isRange ? rangeFrom.current : index;
    rangeFrom.current = index;
    const range = shown.slice(Math.min(from, index), Math.max(from, index) + 1).map(({ value }) => value);
    set(range, !taken.has(option.value));
  };
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(shown.length - 1, to));
    setActiveAt(next);
    virtual.scrollToIndex(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") move(at + 1);
    else if (event.key === "ArrowUp") move(at - 1);
    else if (event.key === "PageDown") move(at + MOST_ROWS_IN_SIGHT);
    else if (event.key === "PageUp") move(at - MOST_ROWS_IN_SIGHT);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(shown.length - 1);
    else if (event.key === " " || event.key === "Enter") toggle(at, event.shiftKey);
    else if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) {
      set(
        shown.map(({ value }) => value),
        true,
      );
    } else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-index]");
    const index = Number(row?.dataset["index"] ?? Number.NaN);
    if (Number.isNaN(index)) return;
    setActiveAt(index);
    toggle(index, event.shiftKey);
  };

  return (
    <div className="overflow-hidden rounded-lg border border-line">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-2 py-1.5">
        <SearchInput
          label={props.searchLabel}
          value={search}
          onChange={setSearch}
          className="min-w-40 flex-1"
        />
        <span role="status" className="tabular text-xs text-fg-muted">
          {chosen.length} of {options.length} chosen
        </span>
        <button
          type="button"
          className="rounded px-1.5 py-0.5 text-xs text-fg-muted hover:bg-hover hover:text-fg"
          onClick={() =>
            set(
              shown.map(({ value }) => value),
              true,
            )
          }
        >
          Take all shown
        </button>
        <button
          type="button"
          className="rounded px-1.5 py-0.5 text-xs text-fg-muted hover:bg-hover hover:text-fg"
          onClick={() => onChange([])}
        >
          None
        </button>
      </div>
      <div
        ref={scroller}
        role="listbox"
        aria-label={props.label}
        aria-multiselectable="true"
        aria-activedescendant={shown[at] ? `${listId}-${at}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
        className="group max-h-60 overflow-y-auto -outline-offset-2"
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const option = shown[item.index];
            if (!option) return null;
            const isTaken = taken.has(option.value);
            return (
              <div
                key={option.value}
                id={`${listId}-${item.index}`}
                role="option"
                aria-selected={isTaken}
                aria-setsize={shown.length}
                aria-posinset={item.index + 1}
                data-index={item.index}
                style={{ top: item.start, height: item.size }}
                className={cx(
                  "absolute inset-x-0 flex cursor-default items-center gap-2.5 px-3 text-sm select-none hover:bg-hover",
                  item.index === at && "group-focus-visible:bg-selected",
                )}
              >
                <span
                  aria-hidden="true"
                  className={cx(
                    "grid size-4 shrink-0 place-items-center rounded-sm border",
                    isTaken ? "border-accent bg-accent" : "border-control-line bg-surface",
                  )}
                >
                  {isTaken ? <Check className="size-3 text-on-accent" strokeWidth={3} /> : null}
                </span>
                {option.icon}
                <span className="truncate">{option.label}</span>
                {option.detail ? (
                  <span className="ml-auto truncate pl-2 text-xs text-fg-muted">{option.detail}</span>
                ) : null}
              </div>
            );
          })}
        </div>
      </div>
      {shown.length === 0 ? (
        <p className="p-3 text-center text-sm text-fg-muted">
          {options.length === 0 ? "There is nothing to choose from yet." : `Nothing fits “${search}”.`}
        </p>
      ) : null}
    </div>
  );
}
