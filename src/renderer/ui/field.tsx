import { type ReactNode, useId } from "react";
import { CircleAlert } from "lucide-react";

/** What a control takes over from its field, so that assistive technology reads label, hint and error with it. */
export interface FieldControl {
  readonly id: string;
  readonly "aria-describedby"?: string | undefined;
  readonly "aria-invalid"?: boolean | undefined;
  readonly "aria-required"?: boolean | undefined;
}

interface FieldProps {
  readonly label: string;
  /** How to fill it in; stays visible beside an error. */
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
  readonly isOptional?: boolean;
  /** Keeps the label for assistive technology only, where a heading already says it. */
  readonly isLabelHidden?: boolean;
  readonly className?: string;
  readonly children: (control: FieldControl) => ReactNode;
}

/** A control with its label, hint and error, tied together by id. */
export function Field(props: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [props.hint ? hintId : null, props.error ? errorId : null].filter(Boolean).join(" ");
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${props.className ?? ""}`}>
      <label htmlFor={id} className={props.isLabelHidden ? "sr-only" : "text-sm font-medium text-fg"}>
        {props.label}
        {props.isOptional && <span className="ml-1 font-normal text-fg-muted">optional</span>}
      </label>
      {props.children({
        id,
        "aria-describedby": describedBy || undefined,
        "aria-invalid": props.error ? true : undefined,
        "aria-required": props.isRequired || undefined,
      })}
      {props.hint && (
        <p id={hintId} className="text-xs text-fg-muted">
          {props.hint}
        </p>
      )}
      {props.error && (
        <p id={errorId} role="alert" className="flex items-start gap-1 text-xs text-danger-fg">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {props.error}
        </p>
      )}
    </div>
  );
}
