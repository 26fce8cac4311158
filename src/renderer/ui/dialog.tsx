import type { ReactNode } from "react";
import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import { IconButton } from "./icon-button.tsx";
import { leaveEscapeToToasts, ToastTray } from "./toast-tray.tsx";
import { useFocusReturn } from "./use-focus-return.ts";

interface DialogProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly size?: "small" | "medium" | "large";
  /** Buttons, right-aligned, the main one last. */
  readonly footer?: ReactNode;
  /** While true, Escape and a click outside do nothing: the work must be ended with its own button. */
  readonly isLocked?: boolean;
  readonly children: ReactNode;
}

const widths = { small: "max-w-md", medium: "max-w-xl", large: "max-w-3xl" } as const;

/**
 * A modal dialog. Keeps the focus inside, closes on Escape, and gives the focus back to what opened it.
 * The body scrolls; title and footer stay.
 */
export function Dialog(props: DialogProps) {
  const keepOpen = (event: Event) => {
    if (props.isLocked) event.preventDefault();
  };
  const returnFocus = useFocusReturn(props.isOpen);
  return (
    <RadixDialog.Root open={props.isOpen} onOpenChange={props.onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <RadixDialog.Content
          {...(props.description ? {} : { "aria-describedby": undefined })}
          onOpenAutoFocus={focusMarked}
          onCloseAutoFocus={returnFocus}
          onEscapeKeyDown={(event) => {
            leaveEscapeToToasts(event);
            keepOpen(event);
          }}
          onInteractOutside={keepOpen}
          className={`fixed top-[8dvh] left-1/2 z-50 flex max-h-[84dvh] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col rounded-lg border border-line bg-raised text-fg shadow-overlay outline-none ${widths[props.size ?? "medium"]}`}
        >
          <header className="flex items-start gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <RadixDialog.Title className="text-base font-semibold">{props.title}</RadixDialog.Title>
              {props.description && (
                <RadixDialog.Description className="mt-1 text-sm text-fg-muted">
                  {props.description}
                </RadixDialog.Description>
              )}
            </div>
            {!props.isLocked && (
              <RadixDialog.Close asChild>
                <IconButton label="Close" keys="Escape" icon={<X />} className="-mt-0.5 -mr-1.5" />
              </RadixDialog.Close>
            )}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{props.children}</div>
          {props.footer && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
              {props.footer}
            </footer>
          )}
          <ToastTray place="dialog" className="rounded-b-lg border-t border-line bg-sunken p-2" />
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** The field marked `data-initial-focus` gets the focus; without one the dialog itself, not its Close button. */
function focusMarked(event: Event): void {
  event.preventDefault();
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const marked = event.currentTarget.querySelector<HTMLElement>("[data-initial-focus]");
  (marked ?? event.currentTarget).focus();
}
