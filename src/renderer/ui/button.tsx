import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { cx } from "./class-names.ts";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover border border-transparent",
  secondary: "bg-raised text-fg border border-line-strong hover:bg-hover active:bg-pressed",
  ghost:
    "bg-transparent text-fg-muted hover:text-fg hover:bg-hover active:bg-pressed border border-transparent",
  danger: "bg-danger text-on-danger hover:bg-danger-hover border border-transparent",
};

export interface ButtonProps extends ComponentProps<"button"> {
  variant?: ButtonVariant;
  /** An icon of 14 px before the label. */
  icon?: ReactNode;
  /** Shows that the action is under way, and blocks a second press. */
  isBusy?: boolean;
}

/** Also keeps a busy submit button from sending its form again. */
function ignore(event: MouseEvent): void {
  event.preventDefault();
}

/** A push button. One `primary` a screen at most. */
export function Button({
  variant = "secondary",
  icon,
  isBusy = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      // Not `disabled`, which would throw the keyboard back to the top of the window.
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      onClick={isBusy ? ignore : rest.onClick}
      className={cx(
        "control inline-flex shrink-0 items-center justify-center gap-1.5 px-2.5 font-medium whitespace-nowrap transition-colors select-none disabled:opacity-50 aria-disabled:opacity-50 [&_svg]:size-3.5 [&_svg]:shrink-0",
        VARIANTS[variant],
        className,
      )}
    >
      {icon}
      {children}
    </button>
  );
}
