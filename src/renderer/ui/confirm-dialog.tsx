import type { ReactNode } from "react";
import { AlertDialog } from "radix-ui";
import { Button } from "./button.tsx";
import { leaveEscapeToToasts, ToastTray } from "./toast-tray.tsx";
import { useFocusReturn } from "./use-focus-return.ts";

interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** The question, naming the thing: “Remove Acme?” */
  readonly title: string;
  /** What happens then, and whether it can be taken back. */
  readonly description: ReactNode;
  /** The verb: “Remove”, never “OK”. */
  readonly confirmLabel: string;
  readonly isDangerous?: boolean;
  /** The work is under way; the dialog stays until it ends. */
  readonly isBusy?: boolean;
  /** Something has to be written or chosen first. */
  readonly isIncomplete?: boolean;
  readonly onConfirm: () => void;
  /** Choices that belong to the question, or why it failed. */
  readonly children?: ReactNode;
  /** A third way out, left of the others. */
  readonly alternative?: ReactNode;
}

/**
 * Asks before something that cannot simply be undone. The focus starts on the field marked `data-initial-focus`, and
 * without one on “Cancel”.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const isBusy = props.isBusy ?? false;
  const returnFocus = useFocusReturn(props.isOpen);
  return (
    <AlertDialog.Root
      open={props.isOpen}
      onOpenChange={(isOpen) => {
        if (!isBusy) props.onOpenChange(isOpen);
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <AlertDialog.Content
          onOpenAutoFocus={focusMarked}
          onCloseAutoFocus={returnFocus}
          onEscapeKeyDown={leaveEscapeToToasts}
          className="fixed top-[16dvh] left-1/2 z-50 flex max-h-[76dvh] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 flex-col rounded-lg border border-line bg-raised text-fg shadow-overlay outline-none"
        >
          <div className="min-h-0 overflow-y-auto px-5 pt-4 pb-5">
            <AlertDialog.Title className="text-base font-semibold">{props.title}</AlertDialog.Title>
            <AlertDialog.Description className="mt-1.5 text-sm text-fg-muted">
              {props.description}
            </AlertDialog.Description>
            {props.children && <div className="mt-4">{props.children}</div>}
          </div>
          <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
            {props.alternative && <div className="mr-auto">{props.alternative}</div>}
            <AlertDialog.Cancel asChild>
              <Button disabled={isBusy}>Cancel</Button>
            </AlertDialog.Cancel>
            <Button
              variant={props.isDangerous ? "danger" : "primary"}
              isBusy={isBusy}
              disabled={props.isIncomplete ?? false}
              onClick={props.onConfirm}
            >
              {props.confirmLabel}
            </Button>
          </footer>
          <ToastTray place="dialog" className="rounded-b-lg border-t border-line bg-sunken p-2" />
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function focusMarked(event: Event): void {
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const marked = event.currentTarget.querySelector<HTMLElement>("[data-initial-focus]");
  if (!marked) return;
  event.preventDefault();
  marked.focus();
}
