import { Tooltip as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";
import { KeyboardHint } from "./keyboard-hint.tsx";
import { findOverlayContainer } from "./overlay-container.ts";

interface TooltipProps {
  text: string;
  keys?: string | undefined;
  side?: "top" | "right" | "bottom" | "left";
  /** One element that can take focus. */
  children: ReactNode;
}

/** Names its child on hover and focus. Not the only place of anything that must be known. */
export function Tooltip({ text, keys, side = "bottom", children }: TooltipProps) {
  // Held here, so that the container is looked for when the words appear and not before the screen stands.
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Radix.Root open={isOpen} onOpenChange={setIsOpen}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      {/* Not inside a dialog: its focus trap takes the going of the words for a lost focus, and pulls it back. */}
      <Radix.Portal container={isOpen ? findOverlayContainer()?.closest("main") : null}>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 items-center gap-2 rounded-md border border-line-strong bg-raised px-2 py-1 text-xs text-fg shadow-overlay"
        >
          {text}
          {keys ? <KeyboardHint keys={keys} /> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Once, around the whole window. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={400} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}
