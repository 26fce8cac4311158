import { ArrowDown, ArrowUp, CircleAlert, Lock, Plus } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import type { Category } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { summarizeCategory } from "./requirement-words.ts";
import type { RulesProblem } from "./rules-problems.ts";

interface CategoryListProps {
  readonly categories: readonly Category[];
  readonly team: readonly TeamMember[];
  readonly selectedAt: number;
  readonly problems: readonly RulesProblem[];
  readonly onSelect: (category: Category) => void;
  readonly onMove: (from: number, to: number) => void;
  readonly onAdd: () => void;
}

/** The categories in their order. Arrow keys choose, Alt with an arrow moves the chosen one. */
export function CategoryList(props: CategoryListProps) {
  const { categories, selectedAt, onSelect, onMove } = props;
  const [announcement, setAnnouncement] = useState("");
  const list = useRef<HTMLOListElement>(null);

  // The row keeps the focus wherever it goes.
  const focusNext = useRef<number | null>(null);
  useEffect(() => {
    if (focusNext.current !== null) focusCategory(list.current, focusNext.current);
    focusNext.current = null;
  });

  const move = (to: number) => {
    const category = categories[selectedAt];
    if (!category || to < 0 || to >= categories.length) return;
    onMove(selectedAt, to);
    setAnnouncement(
      `${category.name || "Unnamed category"} is now number ${to + 1} of ${categories.length}.`,
    );
    focusNext.current = to;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = categories[selectedAt + step];
    if (event.altKey) move(selectedAt + step);
    else if (next) {
      onSelect(next);
      focusCategory(list.current, selectedAt + step);
    }
  };

  return (
    <div className="flex shrink-0 flex-col border-line max-md:border-b md:w-72 md:border-r">
      <div className="flex items-center gap-1 px-5 py-2">
        <p className="flex-1 text-xs text-fg-muted">First match wins.</p>
        <IconButton
          label="Move up"
          keys="alt+ArrowUp"
          icon={<ArrowUp />}
          disabled={selectedAt === 0}
          onClick={() => move(selectedAt - 1)}
        />
        <IconButton
          label="Move down"
          keys="alt+ArrowDown"
          icon={<ArrowDown />}
          disabled={selectedAt === categories.length - 1}
          onClick={() => move(selectedAt + 1)}
        />
      </div>
      <ol ref={list} aria-label="Categories" className="min-h-0 flex-1 space-y-px overflow-y-auto px-3 pb-2">
        {categories.map((category, at) => (
          <li key={category.id}>
            <button
              type="button"
              data-category=""
              onKeyDown={onKeyDown}
              aria-current={at === selectedAt}
              tabIndex={at === selectedAt ? 0 : -1}
              onClick={() => onSelect(category)}
              className={cx(
                "flex w-full items-start gap-2 rounded-md px-2 py-1.5 text-left focus-visible:-outline-offset-2",
                at === selectedAt ? "bg-selected" : "hover:bg-hover",
              )}
            >
              <span
                aria-hidden="true"
                className="tabular w-4 shrink-0 pt-px text-right text-xs text-fg-muted"
              >
                {at + 1}
              </span>
              <span className="min-w-0 flex-1">
                <span className="flex items-center gap-1.5">
                  <span className="truncate text-sm font-medium">{category.name || "Unnamed category"}</span>
                  {category.expectPrivate && (
                    <Lock aria-label="expected to be private" className="size-3 shrink-0 text-fg-muted" />
                  )}
                  {props.problems.some(({ path }) => path.startsWith(`categories.${at}.`)) && (
                    <CircleAlert aria-label="has problems" className="size-3.5 shrink-0 text-danger-fg" />
                  )}
                </span>
                <span className="block truncate text-xs text-fg-muted">
                  {summarizeCategory(category, props.team)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ol>
      <div className="border-t border-line px-3 py-2">
        <Button variant="ghost" icon={<Plus />} className="w-full justify-start" onClick={props.onAdd}>
          Add a category
        </Button>
      </div>
      <span role="status" className="sr-only">
        {announcement}
      </span>
    </div>
  );
}

function focusCategory(list: HTMLElement | null, at: number): void {
  list?.querySelectorAll<HTMLElement>("[data-category]")[at]?.focus();
}
