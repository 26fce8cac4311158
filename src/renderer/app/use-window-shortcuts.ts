import { useEffect } from "react";
import { openStartAudit } from "#renderer/features/audit/screen.tsx";
import { navigate } from "#renderer/ui/router.ts";
import { useShortcut } from "#renderer/ui/use-shortcut.ts";
import { SCREENS } from "./screens.tsx";
import { openOverlay, useWindowState } from "./window-state.ts";

/** Keys that work everywhere in the window. */
export function useWindowShortcuts(): void {
  useShortcut("mod+k", togglePalette, { inDialogs: true });
  useShortcut("?", () => openOverlay("shortcuts"));
  useShortcut("mod+Enter", openStartAudit);
  useShortcut("alt+ArrowLeft", () => window.history.back());
  useShortcut("alt+ArrowRight", () => window.history.forward());
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const screen = SCREENS.find(({ digit }) => digit === event.key);
      if (!screen) return;
      event.preventDefault();
      navigate(screen.path);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

function togglePalette(): void {
  openOverlay(useWindowState.getState().overlay === "palette" ? null : "palette");
}
