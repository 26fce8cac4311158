import { useCallback, useEffect, useRef } from "react";
import { cx } from "./class-names.ts";
import { rescueFocus } from "./rescue-focus.ts";
import { dismissAllToasts, dismissToast, MOST_SHOWN, type Toast } from "./show-toast.ts";
import { ToastCard } from "./toast-card.tsx";
import { type TrayPlace, useTray } from "./toast-trays.ts";
import { useShortcut } from "./use-shortcut.ts";
import { useToastHold } from "./use-toast-hold.ts";

interface ToastTrayProps {
  readonly place: TrayPlace;
  /** Of the tray while something lies in it. */
  readonly className?: string | undefined;
}

/**
 * A place where toasts lie, in the room that it takes: they never cover anything. Several may stand at once (the foot
 * of the window, the sidebar, an open dialog): what comes lies in the foremost, at most three, the older ones as one
 * line. F8 moves the focus to the newest, Escape dismisses.
 */
export function ToastTray({ place, className }: ToastTrayProps) {
  const { toasts, isForemost } = useTray(place);
  if (toasts.length === 0) return null;
  return <Tray toasts={toasts} hasKeyboard={isForemost} place={place} className={className} />;
}

/** For a dialog, which Escape does not close while the keyboard is among the toasts: that dismisses one. */
export function leaveEscapeToToasts(event: Event): void {
  if (isAmongToasts(event.target)) event.preventDefault();
}

function isAmongToasts(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-toasts]") !== null;
}

/** In the list. */
const NEWEST = ":scope > li:last-child";

interface TrayProps extends ToastTrayProps {
  /** Oldest first. */
  readonly toasts: readonly Toast[];
  readonly hasKeyboard: boolean;
}

function Tray({ toasts, hasKeyboard, place, className }: TrayProps) {
  const tray = useRef<HTMLElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const cameFrom = useRef<HTMLElement | null>(null);
  const shown = toasts.slice(-MOST_SHOWN);
  const newest = shown.at(-1);
  const waiting = toasts.length - shown.length;

  const enter = () => list.current?.querySelector<HTMLElement>(NEWEST)?.focus();
  /** The keyboard stays among the toasts while there are any; else, and after a click, it is back where it was. */
  const dismiss = useCallback((id: string) => {
    const { activeElement } = document;
    const hadFocus = isAmongToasts(activeElement);
    const isByKeyboard = activeElement?.matches(":focus-visible") ?? false;
    dismissToast(id);
    if (!hadFocus) return;
    queueMicrotask(() => {
      const next = list.current?.querySelector<HTMLElement>(NEWEST);
      if (next && isByKeyboard) next.focus();
      else if (cameFrom.current?.isConnected) cameFrom.current.focus();
      else rescueFocus();
    });
  }, []);
  useShortcut("F8", enter, { enabled: hasKeyboard, inDialogs: true });
  useShortcut("Escape", () => newest && dismiss(newest.id), { isLast: true });

  useToastHold(tray);
  useEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      const toast = toastOf(event.target);
      if (event.key !== "Escape" || !toast) return;
      event.preventDefault();
      event.stopPropagation();
      dismiss(toast);
    };
    const onFocusIn = ({ relatedTarget }: FocusEvent): void => {
      if (relatedTarget instanceof HTMLElement && !isAmongToasts(relatedTarget))
        cameFrom.current = relatedTarget;
    };
    element.addEventListener("keydown", onKeyDown);
    element.addEventListener("focusin", onFocusIn);
    return () => {
      element.removeEventListener("keydown", onKeyDown);
      element.removeEventListener("focusin", onFocusIn);
    };
  }, [dismiss]);

  return (
    <section
      ref={tray}
      data-toasts
      data-place={place}
      aria-label="Notifications (F8)"
      className={cx("group/tray max-h-[40dvh] shrink-0 overflow-y-auto", className)}
    >
      {waiting > 0 ? (
        <p className="mb-1.5 flex items-baseline justify-between gap-2 px-1 text-xs text-fg-muted">
          {waiting} earlier
          <button
            type="button"
            onClick={dismissAllToasts}
            className="rounded-sm text-accent-fg hover:underline"
          >
            Dismiss all
          </button>
        </p>
      ) : null}
      <ol ref={list} className="flex flex-col gap-1.5">
        {shown.map((toast) => (
          <li
            key={toast.id}
            tabIndex={-1}
            data-toast={toast.id}
            className="group/toast @container rounded-md outline-offset-0!"
          >
            <ToastCard toast={toast} isOlder={toast !== newest} onDismiss={() => dismiss(toast.id)} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function toastOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest("[data-toast]")?.getAttribute("data-toast") ?? null;
}
