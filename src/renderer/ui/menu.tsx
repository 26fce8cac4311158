import type { ReactNode } from "react";
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
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={findOverlayContainer()}>
        <DropdownMenu.Content
          align={align}
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
                  onSelect={item.onSelect}
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
