import { create } from "zustand";

/** Which of the window's own overlays is open. At most one. */
export type Overlay = "palette" | "shortcuts" | null;

export const useWindowState = create<{ overlay: Overlay }>(() => ({ overlay: null }));

export function openOverlay(overlay: Overlay): void {
  useWindowState.setState({ overlay });
}
