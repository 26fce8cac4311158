import { type RefCallback, useCallback, useRef, useState } from "react";

/** The inner width of an element in CSS pixels, without its scrollbar, kept current; 0 before it is known. */
export function useWidth(): [ref: RefCallback<HTMLElement>, widthPx: number] {
  const [widthPx, setWidthPx] = useState(0);
  const observer = useRef<ResizeObserver | null>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect();
    if (!element) return;
    observer.current = new ResizeObserver(([entry]) => {
      if (entry) setWidthPx(entry.contentRect.width);
    });
    observer.current.observe(element);
    setWidthPx(element.clientWidth);
  }, []);
  return [ref, widthPx];
}
