import { type ReactNode, useRef, useState } from "react";
import { DropdownMenu } from "radix-ui";
import { findOverlayContainer } from "./overlay-container.ts";

export interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly onSelect: () => void;
  readonly isDisabled?: boolean;
  /** Takes something away. */
  readonly isDangerous?: boolean;
}

interface MenuProps {
  /** The button that opens the menu. */
  readonly trigger: ReactNode;
  /** Items by group; a line divides the groups. */
  readonly groups: readonly (readonly MenuItem[])[];
  readonly align?: "start" | "end";
}

/** Further actions behind one button. */
export function Menu({ trigger, groups, align = "end" }: MenuProps) {
  // Held here, so that the container is looked for when the menu opens and not before the screen stands.
  const [isOpen, setIsOpen] = useState(false);
  const chosen = useRef<(() => void) | null>(null);
  // Run once the button has the focus again, so that a dialog it opens can give the focus back to it.
  const runChosen = () => {
    const run = chosen.current;
    chosen.current = null;
    if (run) queueMicrotask(run);
  };
  return (
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={setIsOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={isOpen ? findOverlayContainer() : null}>
        <DropdownMenu.Content
          align={align}
          onCloseAutoFocus={runChosen}
          sideOffset={4}
          className="z-50 min-w-44 rounded-md border border-line bg-raised p-1 text-fg shadow-overlay"
        >
          {groups.map((items, at) => (
            <DropdownMenu.Group key={items.map((item) => item.label).join()}>
              {at > 0 && <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />}
              {items.map((item) => (
                <DropdownMenu.Item
                  key={item.label}
                  disabled={item.isDisabled ?? false}
                  onSelect={() => {
                    chosen.current = item.onSelect;
                  }}
                  className={`flex h-7 cursor-default items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-3.5 ${item.isDangerous ? "text-danger-fg" : "[&_svg]:text-fg-muted"}`}
                >
                  {item.icon}
                  {item.label}
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
