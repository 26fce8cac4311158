import { useEffect } from "react";
import { create } from "zustand";

/** Why the operator should be asked before the screen is left. */
export interface LeaveGuard {
  /** What would be lost, as it continues “You have …”: “unsaved changes to the rules”. */
  readonly what: string;
  /** Keeps the changes; false when they could not be kept, and the screen stays. */
  readonly save: () => Promise<boolean>;
  readonly discard: () => void;
}

interface LeaveState {
  /** Where the operator wanted to go; null while nobody asks. */
  readonly heldUrl: string | null;
  readonly guard: LeaveGuard | null;
}

export const useLeaveState = create<LeaveState>(() => ({ heldUrl: null, guard: null }));

/**
 * Holds every step to another screen (links, shortcuts, back) for as long as `guard` is not null, until the
 * operator has said what becomes of the changes. Closing the window or quitting is held too; the window asks then. Keep
 * `guard` stable between renders.
 */
export function useLeaveGuard(guard: LeaveGuard | null): void {
  useEffect(() => {
    if (guard === null) return undefined;
    useLeaveState.setState({ guard });
    const hold = (event: NavigateEvent) => {
      const goesElsewhere = screenOf(event.destination.url) !== screenOf(window.location.href);
      // The browser forbids to hold some steps back in the history.
      if (!goesElsewhere || !event.cancelable || useLeaveState.getState().guard === null) return;
      event.preventDefault();
      useLeaveState.setState({ heldUrl: event.destination.url });
    };
    const holdUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.navigation.addEventListener("navigate", hold);
    window.addEventListener("beforeunload", holdUnload);
    return () => {
      window.navigation.removeEventListener("navigate", hold);
      window.removeEventListener("beforeunload", holdUnload);
      useLeaveState.setState({ guard: null, heldUrl: null });
    };
  }, [guard]);
}

/** The part of an address that names a screen: its hash without the query. */
function screenOf(url: string): string {
  return (new URL(url).hash.split("?")[0] ?? "").toLowerCase();
}
