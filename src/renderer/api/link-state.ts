import { create } from "zustand";

/**
 * Whether the main process can be asked: `opening` at start, `open` in normal operation, `lost` while a dead port is
 * being replaced, `missing` when the page runs outside Muster.
 */
export type LinkState = "opening" | "open" | "lost" | "missing";

export const useLinkState = create<{ state: LinkState }>(() => ({ state: "opening" }));

export function setLinkState(state: LinkState): void {
  useLinkState.setState({ state });
}
