import { type ReactNode, useId } from "react";

interface SectionProps {
  title: string;
  /** Beside the title: a count, a date. */
  aside?: ReactNode;
  children: ReactNode;
  /** Content without padding, such as a table. */
  isFlush?: boolean;
}

/** A titled panel on a page. */
export function Section({ title, aside, children, isFlush = false }: SectionProps) {
  const headingId = useId();
  return (
    <section
      aria-labelledby={headingId}
      className="overflow-hidden rounded-lg border border-line bg-raised shadow-panel"
    >
      <div className="flex min-h-10 items-center justify-between gap-3 border-b border-line px-4 py-1.5">
        <h2 id={headingId} className="text-sm font-semibold">
          {title}
        </h2>
        {aside ? <div className="text-xs text-fg-muted">{aside}</div> : null}
      </div>
      <div className={isFlush ? "" : "p-4"}>{children}</div>
    </section>
  );
}
