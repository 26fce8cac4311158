import type { ReactNode } from "react";
import type { ShownError } from "./error-state.tsx";
import { CircleAlert } from "lucide-react";

/** What went wrong with one thing on a screen that otherwise works. */
export function ErrorNotice({ error, action }: { error: ShownError; action?: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-start gap-x-2.5 gap-y-2 rounded-lg bg-danger-soft px-3.5 py-2.5"
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger-fg" />
      <div className="min-w-40 flex-1 text-sm text-fg">
        <p className="font-medium text-danger-fg">{error.message}</p>
        <p>{error.todo}</p>
        <p className="mt-0.5 font-mono text-2xs text-fg-muted">{error.code}</p>
      </div>
      {action}
    </div>
  );
}
