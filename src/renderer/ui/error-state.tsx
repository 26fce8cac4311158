import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

/** What went wrong, what to do about it, and the code to quote. */
export interface ShownError {
  readonly message: string;
  readonly todo: string;
  readonly code: string;
}

/** A screen or panel that could not be shown. */
export function ErrorState({
  error,
  onRetry,
  action,
}: {
  error: ShownError;
  onRetry?: (() => void) | undefined;
  action?: ReactNode;
}) {
  return (
    <div
      role="alert"
      className="flex h-full min-h-60 flex-col items-center justify-center gap-3 p-8 text-center"
    >
      <div
        aria-hidden="true"
        className="flex size-10 items-center justify-center rounded-xl bg-danger-soft text-danger-fg [&_svg]:size-5"
      >
        <TriangleAlert />
      </div>
      <div className="max-w-104 space-y-1">
        <h2 className="text-base font-semibold text-pretty">{error.message}</h2>
        <p className="text-sm text-pretty text-fg-muted">{error.todo}</p>
        <p className="pt-1 font-mono text-xs text-fg-faint">{error.code}</p>
      </div>
      {action ?? (onRetry ? <Button onClick={onRetry}>Try again</Button> : null)}
    </div>
  );
}
