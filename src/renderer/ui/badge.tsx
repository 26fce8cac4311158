import type { ReactNode } from "react";
import { cx } from "./class-names.ts";

export type Tone = "neutral" | "ok" | "danger" | "warn" | "info" | "accent";

const TONES: Record<Tone, string> = {
  neutral: "bg-hover text-fg-muted",
  ok: "bg-ok-soft text-ok-fg",
  danger: "bg-danger-soft text-danger-fg",
  warn: "bg-warn-soft text-warn-fg",
  info: "bg-info-soft text-info-fg",
  accent: "bg-accent-soft text-accent-fg",
};

/** A short word about the state of something. */
export function Badge({
  tone = "neutral",
  icon,
  children,
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span
      className={cx(
        "inline-flex h-5 align-middle max-w-full shrink-0 items-center gap-1 rounded px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0",
        TONES[tone],
      )}
    >
      {icon}
      {children}
    </span>
  );
}
