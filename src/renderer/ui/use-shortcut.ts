import { useEffect, useRef } from "react";

const IS_MAC = navigator.userAgent.includes("Mac");

/**
 * Runs `handler` when the combination is pressed anywhere in the window: `mod+k` (Ctrl, or Command on a Mac),
 * `alt+ArrowLeft`, `?`. Plain keys are left alone while someone types in a field, and everything while a modal dialog
 * is open unless `inDialogs` is set. With `isLast`, everybody else in the window has had the key before, and not taken it.
 */
export function useShortcut(
  combination: string,
  handler: () => void,
  options: { enabled?: boolean; inDialogs?: boolean; isLast?: boolean } = {},
): void {
  const { enabled = true, inDialogs = false, isLast = false } = options;
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !matches(event, combination)) return;
      if (!hasModifier(combination) && isTyping(event.target)) return;
      if (!inDialogs && isDialogOpen()) return;
      if (!isLast) {
        event.preventDefault();
        latest.current();
        return;
      }
      // Whoever listens after this one is asked, too.
      setTimeout(() => {
        if (!event.defaultPrevented) latest.current();
      });
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [combination, enabled, inDialogs, isLast]);
}

function matches(event: KeyboardEvent, combination: string): boolean {
  const parts = combination.split("+");
  const key = parts.at(-1) ?? "";
  const wantsMod = parts.includes("mod");
  const mod = IS_MAC ? event.metaKey : event.ctrlKey;
  const otherMod = IS_MAC ? event.ctrlKey : event.metaKey;
  if (mod !== wantsMod || otherMod || event.altKey !== parts.includes("alt")) return false;
  // Shift is part of a printed character such as "?", so it counts only when asked for.
  if (parts.includes("shift") && !event.shiftKey) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

function hasModifier(combination: string): boolean {
  return combination.includes("mod+") || combination.includes("alt+");
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role=combobox]"))
  );
}

function isDialogOpen(): boolean {
  return document.querySelector("[role=dialog][data-state=open], [role=alertdialog]") !== null;
}
