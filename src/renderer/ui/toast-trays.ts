import { useId, useLayoutEffect } from "react";
import { create } from "zustand";
import { type Toast, useToasts } from "./show-toast.ts";

/** Where toasts can lie, the foremost last. */
const PLACES = ["window", "sidebar", "dialog"] as const;
export type TrayPlace = (typeof PLACES)[number];

interface Tray {
  readonly id: string;
  readonly place: TrayPlace;
  /** What is newer than this comes here. What lies under a dialog that opens stays where it is. */
  readonly after: number;
}

/** In the order in which they came. */
const useTrays = create<{ readonly trays: readonly Tray[] }>(() => ({ trays: [] }));

interface TrayContent {
  readonly toasts: readonly Toast[];
  /** The keyboard goes here. */
  readonly isForemost: boolean;
}

/** Makes a place for toasts known for as long as it stands, and tells which of them lie there, oldest first. */
export function useTray(place: TrayPlace): TrayContent {
  const id = useId();
  useLayoutEffect(() => {
    const newest = useToasts.getState().toasts.at(-1)?.number ?? 0;
    const tray: Tray = { id, place, after: place === "dialog" ? newest : 0 };
    useTrays.setState(({ trays }) => ({ trays: [...trays, tray] }));
    return () => useTrays.setState(({ trays }) => ({ trays: trays.filter((other) => other.id !== id) }));
  }, [id, place]);
  const trays = useTrays((state) => state.trays);
  const toasts = useToasts((state) => state.toasts);
  return {
    toasts: toasts.filter(({ number }) => trayOf(number, trays)?.id === id),
    isForemost: trayOf(Infinity, trays)?.id === id,
  };
}

/** The foremost of those that the toast with this number can lie in; of several dialogs, the one that opened last. */
function trayOf(number: number, trays: readonly Tray[]): Tray | undefined {
  return trays
    .filter(({ after }) => number > after)
    .reduce<Tray | undefined>(
      (best, tray) => (best && PLACES.indexOf(best.place) > PLACES.indexOf(tray.place) ? best : tray),
      undefined,
    );
}
