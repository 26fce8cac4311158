import { X } from "lucide-react";
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { IconButton } from "./icon-button.tsx";

interface SidePanelProps {
  /** Names the panel. */
  label: string;
  header: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

const NARROWEST_PX = 300;
const WIDEST_PX = 720;
const STEP_PX = 24;

/** A panel beside the content, resized by its left edge (pointer or arrow keys). Escape inside it closes it. */
export function SidePanel({ label, header, onClose, children }: SidePanelProps) {
  const [widthPx, setWidthPx] = useState(384);
  const panel = useRef<HTMLElement>(null);
  const resize = (px: number): void => setWidthPx(Math.min(WIDEST_PX, Math.max(NARROWEST_PX, px)));
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !panel.current) return;
    resize(panel.current.getBoundingClientRect().right - event.clientX);
  };
  useEffect(() => {
    const element = panel.current;
    if (!element) return undefined;
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      onClose();
    };
    element.addEventListener("keydown", onKeyDown);
    return () => element.removeEventListener("keydown", onKeyDown);
  }, [onClose]);

  return (
    <aside
      ref={panel}
      aria-label={label}
      style={{ width: widthPx }}
      className="relative flex max-w-[70%] shrink-0 flex-col border-l border-line bg-raised"
    >
      {/* A splitter that can be focused and moved is what this role describes. */}
      <div
        role="separator"
        aria-label="Width of the panel"
        aria-orientation="vertical"
        aria-valuenow={widthPx}
        aria-valuemin={NARROWEST_PX}
        aria-valuemax={WIDEST_PX}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={(event) => {
          if (event.key === "ArrowLeft") resize(widthPx + STEP_PX);
          if (event.key === "ArrowRight") resize(widthPx - STEP_PX);
        }}
        className="absolute inset-y-0 -left-1 z-20 w-2 cursor-col-resize transition-colors hover:bg-accent-soft focus-visible:bg-accent-soft"
      />
      <div className="flex min-h-11 shrink-0 items-start gap-2 border-b border-line py-2 pr-2 pl-4">
        <div className="min-w-0 flex-1 pt-1">{header}</div>
        <IconButton label="Close the panel" keys="Escape" icon={<X />} onClick={onClose} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </aside>
  );
}
