import { useState } from "react";
import { rescueFocus } from "./rescue-focus.ts";

/**
 * Remembers what had the focus when something opened over the page, and gives it back when that closes: the handler
 * is for Radix's `onCloseAutoFocus`, which by itself only knows its own trigger.
 */
export function useFocusReturn(isOpen: boolean): (event: Event) => void {
  const [wasOpen, setWasOpen] = useState(false);
  const [opener, setOpener] = useState<Element | null>(null);
  if (isOpen !== wasOpen) {
    setWasOpen(isOpen);
    if (isOpen) setOpener(document.activeElement);
  }
  return (event) => {
    event.preventDefault();
    if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) opener.focus();
    else rescueFocus();
  };
}
