import type { ReactNode } from "react";

interface ControlLabelProps {
  /** Of the control that it names. */
  readonly id: string;
  readonly label: string;
  readonly hint?: ReactNode;
  /** For a control that stands by itself rather than in a form. */
  readonly isStrong?: boolean;
}

/** What stands beside a box or a switch: its name, and a hint that is read out with it (`hintIdOf`). */
export function ControlLabel({ id, label, hint, isStrong = false }: ControlLabelProps) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className={`block text-sm text-fg ${isStrong ? "font-medium" : ""}`}>
        {label}
      </label>
      {hint && (
        <p id={hintIdOf(id, hint)} className="mt-0.5 text-xs text-fg-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

/** The control's `aria-describedby`; undefined where there is no hint. */
export function hintIdOf(id: string, hint: ReactNode): string | undefined {
  return hint ? `${id}-hint` : undefined;
}
