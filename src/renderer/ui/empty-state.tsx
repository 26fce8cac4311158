import type { ReactNode } from "react";

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** What will be here, and how it gets here. */
  children: ReactNode;
  action?: ReactNode;
}

/** A place where nothing is yet, and the way to change that. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex h-full min-h-60 flex-col items-center justify-center gap-3 p-8 text-center">
      <div
        aria-hidden="true"
        className="flex size-10 items-center justify-center rounded-xl border border-line bg-sunken text-fg-muted [&_svg]:size-5"
      >
        {icon}
      </div>
      <div className="max-w-104 space-y-1">
        <h2 className="text-base font-semibold">{title}</h2>
        <div className="text-sm text-pretty text-fg-muted">{children}</div>
      </div>
      {action}
    </div>
  );
}
