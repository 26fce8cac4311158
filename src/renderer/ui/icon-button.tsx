import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names.ts";
import { Tooltip } from "./tooltip.tsx";

interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "children"> {
  /** The name, for screen readers and as tooltip. */
  label: string;
  icon: ReactNode;
  keys?: string;
}

/** A square button that shows only an icon. */
export function IconButton({ label, icon, keys, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={cx(
          "control inline-flex aspect-square shrink-0 items-center justify-center text-fg-muted transition-colors hover:bg-hover hover:text-fg active:bg-pressed disabled:opacity-50 aria-pressed:bg-accent-soft aria-pressed:text-accent-fg [&_svg]:size-4",
          className,
        )}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
