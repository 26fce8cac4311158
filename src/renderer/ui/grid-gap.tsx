import type { VirtualItem } from "@tanstack/react-virtual";

/** Stands for the columns between two that are drawn. */
export function GridGap({ before, item }: { before: VirtualItem | undefined; item: VirtualItem }) {
  const widthPx = item.start - (before?.end ?? 0);
  return widthPx > 0 ? <div role="presentation" className="shrink-0" style={{ width: widthPx }} /> : null;
}
