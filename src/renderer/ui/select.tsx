import { useState } from "react";
import { Check, ChevronDown } from "lucide-react";
import { Select as RadixSelect } from "radix-ui";
import { controlStyle } from "./control-style.ts";
import type { FieldControl } from "./field.tsx";
import { findOverlayContainer } from "./overlay-container.ts";

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

export interface SelectGroup {
  /** Null for options that need no heading. */
  readonly label: string | null;
  readonly options: readonly SelectOption[];
}

interface SelectProps extends Partial<FieldControl> {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly groups: readonly SelectGroup[];
  readonly placeholder?: string;
  /** The name, where no field label stands beside it. */
  readonly "aria-label"?: string;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

/** A choice of one from a list. Typing jumps to an option; arrows, Home and End move. */
export function Select(props: SelectProps) {
  const { value, onValueChange, groups, placeholder, isDisabled, className, ...control } = props;
  // Held here, so that the container is looked for when the list opens and not before the screen stands.
  const [isOpen, setIsOpen] = useState(false);
  return (
    <RadixSelect.Root
      open={isOpen}
      onOpenChange={setIsOpen}
      value={value}
      onValueChange={onValueChange}
      disabled={isDisabled ?? false}
    >
      <RadixSelect.Trigger
        {...control}
        className={`${controlStyle} flex items-center justify-between gap-2 text-left data-placeholder:text-fg-faint ${className ?? ""}`}
      >
        <span className="truncate">
          <RadixSelect.Value placeholder={placeholder} />
        </span>
        <RadixSelect.Icon>
          <ChevronDown aria-hidden className="size-3.5 text-fg-muted" />
        </RadixSelect.Icon>
      </RadixSelect.Trigger>
      <RadixSelect.Portal container={isOpen ? findOverlayContainer() : null}>
        <RadixSelect.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-96 overflow-hidden rounded-md border border-line bg-raised text-fg shadow-overlay"
        >
          <RadixSelect.Viewport className="p-1">
            {groups.map((group) => (
              <RadixSelect.Group key={group.label ?? ""}>
                {group.label && (
                  <RadixSelect.Label className="px-2 pt-2 pb-1 text-xs font-medium text-fg-muted">
                    {group.label}
                  </RadixSelect.Label>
                )}
                {group.options.map((option) => (
                  <RadixSelect.Item
                    key={option.value}
                    value={option.value}
                    className="relative flex h-7 cursor-default items-center rounded-sm pr-7 pl-2 text-sm outline-none select-none data-highlighted:bg-hover"
                  >
                    <RadixSelect.ItemText>{option.label}</RadixSelect.ItemText>
                    <RadixSelect.ItemIndicator className="absolute right-2">
                      <Check aria-hidden className="size-3.5 text-accent-fg" />
                    </RadixSelect.ItemIndicator>
                  </RadixSelect.Item>
                ))}
              </RadixSelect.Group>
            ))}
          </RadixSelect.Viewport>
        </RadixSelect.Content>
      </RadixSelect.Portal>
    </RadixSelect.Root>
  );
}
