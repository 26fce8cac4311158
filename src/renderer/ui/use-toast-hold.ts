import { type RefObject, useEffect } from "react";
import { holdToasts, releaseToasts } from "./show-toast.ts";

/** Keeps toasts from going while somebody points at the tray, is in it with the keyboard, or has left the window. */
export function useToastHold(tray: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = tray.current;
    if (!element) return undefined;
    const leaving = new AbortController();
    const { signal } = leaving;
    element.addEventListener("pointerenter", () => holdToasts("pointer"), { signal });
    element.addEventListener("pointerleave", () => releaseToasts("pointer"), { signal });
    element.addEventListener("focusin", () => holdToasts("keyboard"), { signal });
    const onFocusOut = ({ relatedTarget }: FocusEvent) => {
      if (!(relatedTarget instanceof Node) || !element.contains(relatedTarget)) releaseToasts("keyboard");
    };
    element.addEventListener("focusout", onFocusOut, { signal });
    window.addEventListener("blur", () => holdToasts("absence"), { signal });
    window.addEventListener("focus", () => releaseToasts("absence"), { signal });
    return () => {
      leaving.abort();
      // Nobody is told of leaving what went away under the pointer.
      for (const by of ["pointer", "keyboard", "absence"] as const) releaseToasts(by);
    };
  }, [tray]);
}
