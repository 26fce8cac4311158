import { useState } from "react";

/**
 * Remembers what had the focus when something opened over the page, and gives it back when that closes: the handler
 * is for Radix's `onCloseAutoFocus`, which by itself only knows its own trigger. Where the opener is gone by then
 * (a menu's item, a removed row), the menu's button or the screen takes the focus.
 */
export function useFocusReturn(isOpen: boolean): (event: Event) => void {
  const [wasOpen, setWasOpen] = useState(false);
  const [openers, setOpeners] = useState<readonly (Element | null)[]>([]);
  if (isOpen !== wasOpen) {
    setWasOpen(isOpen);
    if (isOpen) setOpeners(findOpeners());
  }
  return (event) => {
    event.preventDefault();
    const opener = openers.find((element) => element?.isConnected && element !== document.body);
    if (opener instanceof HTMLElement) opener.focus();
    else document.querySelector<HTMLElement>("main[tabindex]")?.focus();
  };
}

function findOpeners(): (Element | null)[] {
  const active = document.activeElement;
  const menuButtonId = active?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  return menuButtonId ? [document.getElementById(menuButtonId)] : [active];
}
