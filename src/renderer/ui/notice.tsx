import { CircleAlert, Info, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./class-names.ts";
import { IconButton } from "./icon-button.tsx";

export type NoticeTone = "info" | "warn" | "danger";

const TONES: Record<NoticeTone, string> = {
  info: "bg-info-soft text-info-fg",
  warn: "bg-warn-soft text-warn-fg",
  danger: "bg-danger-soft text-danger-fg",
};

const ICONS: Record<NoticeTone, ReactNode> = {
  info: <Info />,
  warn: <TriangleAlert />,
  danger: <CircleAlert />,
};

interface NoticeProps {
  tone: NoticeTone;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  onDismiss?: () => void;
  /** `bar` spans the window; `box` stands in a page. */
  shape?: "bar" | "box";
}

/** Something to know that does not stop the work. Announced politely. */
export function Notice({ tone, title, children, action, onDismiss, shape = "box" }: NoticeProps) {
  return (
    <div
      role="status"
      className={cx(
        "flex items-start gap-2.5 px-3.5 py-2 text-sm",
        shape === "box" && "rounded-lg",
        TONES[tone],
      )}
    >
      <span aria-hidden="true" className="mt-0.5 [&_svg]:size-4">
        {ICONS[tone]}
      </span>
      <div className="min-w-0 flex-1">
        <span className="font-medium">{title}</span>
        {children ? <span className="text-fg"> {children}</span> : null}
      </div>
      {action}
      {onDismiss ? (
        <IconButton label={`Dismiss: ${title}`} icon={<X />} onClick={onDismiss} className="-my-1 -mr-1.5" />
      ) : null}
    </div>
  );
}
