import { ContextMenu as RadixContextMenu } from "radix-ui";
import { type ReactNode, useState } from "react";
import type { MenuItem } from "./menu.tsx";
import { findOverlayContainer } from "./overlay-container.ts";

/** Further actions behind the other mouse button. All of them must be reachable by keyboard elsewhere, too. */
export function ContextMenu({ items, children }: { items: readonly MenuItem[]; children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <RadixContextMenu.Root modal={false} onOpenChange={setIsOpen}>
      <RadixContextMenu.Trigger asChild>{children}</RadixContextMenu.Trigger>
      <RadixContextMenu.Portal container={isOpen ? findOverlayContainer() : null}>
        <RadixContextMenu.Content
          collisionPadding={8}
          className="z-50 min-w-44 rounded-md border border-line bg-raised p-1 text-fg shadow-overlay"
        >
          {items.map((item) => (
            <RadixContextMenu.Item
              key={item.label}
              disabled={item.isDisabled ?? false}
              onSelect={item.onSelect}
              className="flex h-7 cursor-default items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-3.5 [&_svg]:text-fg-muted"
            >
              {item.icon}
              {item.label}
            </RadixContextMenu.Item>
          ))}
        </RadixContextMenu.Content>
      </RadixContextMenu.Portal>
    </RadixContextMenu.Root>
  );
}
