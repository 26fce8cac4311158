import type { ReactNode } from "react";

/** A row of controls that act on the content below it. */
export function Toolbar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div
      role="group"
      aria-label={label}
      className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-5 py-2"
    >
      {children}
    </div>
  );
}
