import type { ReactNode } from "react";

interface ListHeadingProps {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  /** The way to add to the list. */
  readonly action: ReactNode;
}

/** The head of a list inside an editor. */
export function ListHeading({ id, title, hint, action }: ListHeadingProps) {
  return (
    <div className="mb-2 flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
      <div className="min-w-48 flex-1">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        <p className="text-xs text-pretty text-fg-muted">{hint}</p>
      </div>
      {action}
    </div>
  );
}
