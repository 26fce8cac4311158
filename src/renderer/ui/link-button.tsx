import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names.ts";
import { hrefOf } from "./router.ts";

interface LinkButtonProps extends Omit<ComponentProps<"a">, "href"> {
  to: string;
  variant?: "primary" | "secondary" | "ghost";
  icon?: ReactNode;
}

const VARIANTS = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover border border-transparent",
  secondary: "bg-raised text-fg border border-line-strong hover:bg-hover active:bg-pressed",
  ghost: "text-fg-muted hover:text-fg hover:bg-hover active:bg-pressed border border-transparent",
};

/** A link to another screen that looks like a button. */
export function LinkButton({
  to,
  variant = "secondary",
  icon,
  className,
  children,
  ...rest
}: LinkButtonProps) {
  return (
    <a
      {...rest}
      href={hrefOf(to)}
      className={cx(
        "control inline-flex shrink-0 items-center justify-center gap-1.5 px-2.5 font-medium whitespace-nowrap no-underline transition-colors select-none [&_svg]:size-3.5",
        VARIANTS[variant],
        className,
      )}
    >
      {icon}
      {children}
    </a>
  );
}
