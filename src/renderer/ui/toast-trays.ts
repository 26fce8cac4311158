import { useId, useLayoutEffect } from "react";
import { create } from "zustand";

/** Where toasts can lie, the foremost last: what is open over the page takes them. */
const PLACES = ["window", "sidebar", "dialog"] as const;
export type TrayPlace = (typeof PLACES)[number];

interface Tray {
  readonly id: string;
  readonly place: TrayPlace;
}

/** In the order in which they came. */
const useTrays = create<{ readonly trays: readonly Tray[] }>(() => ({ trays: [] }));

/** Makes a place for toasts known for as long as it stands; true while it is the one to show them. */
export function useIsForemostTray(place: TrayPlace): boolean {
  const id = useId();
  useLayoutEffect(() => {
    useTrays.setState(({ trays }) => ({ trays: [...trays, { id, place }] }));
    return () => useTrays.setState(({ trays }) => ({ trays: trays.filter((tray) => tray.id !== id) }));
  }, [id, place]);
  return useTrays(({ trays }) => foremostOf(trays)?.id === id);
}

function foremostOf(trays: readonly Tray[]): Tray | undefined {
  return trays.reduce<Tray | undefined>(
    (best, tray) => (best && PLACES.indexOf(best.place) > PLACES.indexOf(tray.place) ? best : tray),
    undefined,
  );
}
