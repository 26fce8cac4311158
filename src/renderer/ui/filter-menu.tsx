import { Check, ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { cx } from "./class-names.ts";
import { findOverlayContainer } from "./overlay-container.ts";

interface FilterMenuProps<Value extends string> {
  readonly label: string;
  readonly options: readonly { value: Value; label: string; count?: number }[];
  /** Nothing chosen means no restriction. */
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: Value[]) => void;
}

/** A button that narrows a list: opens the choices, stays open while several are taken, and shows what is taken. */
export function FilterMenu<Value extends string>(props: FilterMenuProps<Value>) {
  const { label, options, chosen, onChange } = props;
  const isActive = chosen.length > 0;
  const [only] = chosen;
  const shown =
    chosen.length === 1
      ? (options.find(({ value }) => value === only)?.label ?? only)
      : String(chosen.length);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className={cx(
          "control inline-flex max-w-60 items-center gap-1 border px-2 whitespace-nowrap transition-colors",
          isActive
            ? "border-accent bg-accent-soft text-accent-fg"
            : "border-line-strong text-fg-muted hover:bg-hover hover:text-fg",
        )}
      >
        <span className="truncate">
          {label}
          {isActive ? <span className="font-medium">: {shown}</span> : null}
        </span>
        <ChevronDown aria-hidden="true" className="size-3.5 shrink-0" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={findOverlayContainer()}>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 text-fg shadow-overlay"
        >
          {options.map(({ value, label: name, count }) => (
            <DropdownMenu.CheckboxItem
              key={value}
              checked={chosen.includes(value)}
              onCheckedChange={(isChosen) =>
                onChange(isChosen ? [...chosen, value] : chosen.filter((other) => other !== value))
              }
              // Stays open: several are often wanted.
              onSelect={(event) => event.preventDefault()}
              className="flex h-7 cursor-default items-center gap-2 rounded-sm pr-2 pl-1.5 text-sm outline-none select-none data-highlighted:bg-hover"
            >
              <span aria-hidden="true" className="flex size-4 items-center justify-center">
                <DropdownMenu.ItemIndicator>
                  <Check className="size-3.5 text-accent-fg" />
                </DropdownMenu.ItemIndicator>
              </span>
              <span className="flex-1">{name}</span>
              {count === undefined ? null : <span className="tabular text-xs text-fg-muted">{count}</span>}
            </DropdownMenu.CheckboxItem>
          ))}
          {isActive ? (
            <>
              <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />
              <DropdownMenu.Item
                onSelect={() => onChange([])}
                className="flex h-7 cursor-default items-center rounded-sm pr-2 pl-7.5 text-sm outline-none select-none data-highlighted:bg-hover"
              >
                Clear
              </DropdownMenu.Item>
            </>
          ) : null}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
