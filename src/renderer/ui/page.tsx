import type { ReactNode } from "react";

interface PageProps {
  title: ReactNode;
  /** One line under or beside the title. */
  subtitle?: ReactNode;
  /** Buttons at the right; the primary one last. */
  actions?: ReactNode;
  /** A second row under the header: toolbar or tabs. */
  toolbar?: ReactNode;
  /** `scroll` (default) scrolls the content; `fill` lets the content manage its own height. */
  layout?: "scroll" | "fill";
  children: ReactNode;
}

/** The frame of every screen: header, optional toolbar, content. */
export function Page({ title, subtitle, actions, toolbar, layout = "scroll", children }: PageProps) {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex min-h-13 shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-5 py-2.5">
        <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3">
          <h1 className="truncate text-lg font-semibold tracking-tight">{title}</h1>
          {subtitle ? <div className="truncate text-sm text-fg-muted">{subtitle}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </header>
      {toolbar}
      {layout === "scroll" ? (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div className="mx-auto max-w-288 p-5">{children}</div>
        </div>
      ) : (
        <div className="min-h-0 flex-1">{children}</div>
      )}
    </div>
  );
}
