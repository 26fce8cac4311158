import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { Button } from "./button.tsx";
import { cx } from "./class-names.ts";
import { IconButton } from "./icon-button.tsx";
import type { Toast } from "./show-toast.ts";

interface ToastCardProps {
  readonly toast: Toast;
  /** One line only, until somebody points at it or comes among the toasts with the keyboard. */
  readonly isOlder: boolean;
  readonly onDismiss: () => void;
}

/** Not for a focus by the pointer: what is pressed must not move before it is let go. */
const OPENED = "group-hover/toast:block group-has-focus-visible/tray:block";

/** One toast. Its action stands below the words in a narrow place and beside them in a wide one; dismissing always beside. */
export function ToastCard({ toast, isOlder, onDismiss }: ToastCardProps) {
  const { action } = toast;
  return (
    <div className="flex items-start gap-2 rounded-md border border-line-strong bg-raised py-1.5 pr-1 pl-2.5 text-sm text-fg shadow-panel">
      <ToneIcon tone={toast.tone} />
      <div className="min-w-0 flex-1 @md:flex @md:items-center @md:gap-3">
        <div className="min-w-0 flex-1 wrap-anywhere">
          <p
            className={cx(
              isOlder &&
                "line-clamp-1 group-hover/toast:line-clamp-none group-has-focus-visible/tray:line-clamp-none",
            )}
          >
            {toast.message}
          </p>
          {toast.hint ? (
            <p className={cx("mt-0.5 text-xs text-fg-muted", isOlder && `hidden ${OPENED}`)}>{toast.hint}</p>
          ) : null}
        </div>
        {action ? (
          <div className={cx(isOlder && `hidden ${OPENED}`)}>
            <Button
              variant="ghost"
              className="-ml-2 h-6! px-2! text-accent-fg! @md:ml-0"
              onClick={() => {
                action.run();
                onDismiss();
              }}
            >
              {action.label}
            </Button>
          </div>
        ) : null}
      </div>
      <IconButton
        label="Dismiss"
        keys="Escape"
        icon={<X />}
        // Where the tray grows upwards, the last line is the one that stays under the pointer.
        className={cx(
          "-my-0.5 h-6!",
          isOlder && "group-data-[place=sidebar]/tray:self-end group-data-[place=window]/tray:self-end",
        )}
        onClick={onDismiss}
      />
    </div>
  );
}

function ToneIcon({ tone }: { tone: Toast["tone"] }) {
  const className = "mt-0.5 size-4 shrink-0";
  switch (tone) {
    case "ok":
      return <CircleCheck aria-hidden className={cx(className, "text-ok-fg")} />;
    case "danger":
      return <CircleAlert aria-hidden className={cx(className, "text-danger-fg")} />;
    case "neutral":
      return <Info aria-hidden className={cx(className, "text-fg-muted")} />;
  }
}
