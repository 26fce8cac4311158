import type { ReactNode } from "react";

interface SettingRowProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

/** One setting: what it is at the left, the control at the right. The control carries its own accessible name. */
export function SettingRow({ title, hint, children }: SettingRowProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line px-4 py-3 first:border-t-0">
      <div className="min-w-48 flex-1">
        <div className="text-sm font-medium">{title}</div>
        {hint && <div className="text-xs text-pretty text-fg-muted">{hint}</div>}
      </div>
      {children}
    </div>
  );
}
