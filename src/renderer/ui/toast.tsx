import { CircleAlert, CircleCheck, X } from "lucide-react";
import { Toast as RadixToast } from "radix-ui";
import { Button } from "./button.tsx";
import { IconButton } from "./icon-button.tsx";
import { dismissToast, useToasts } from "./show-toast.ts";

/** Long enough to read a sentence, and twice that to reach for “Undo”. */
const SHOWN_MS = 5_000;
const SHOWN_WITH_ACTION_MS = 10_000;

/**
 * Where toasts appear: once per window, at the foot of the sidebar. F8 moves the focus to them. They never cover the
 * buttons of an open dialog: they shrink to the room beside it, and go up where there is none.
 */
export function Toaster() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <RadixToast.Provider label="Notification" duration={SHOWN_MS} swipeDirection="left">
      {toasts.map((toast) => (
        <RadixToast.Root
          key={toast.id}
          type={toast.tone === "danger" ? "foreground" : "background"}
          duration={toast.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS}
          onOpenChange={(isOpen) => {
            if (!isOpen) dismissToast(toast.id);
          }}
          className="flex items-center gap-3 beside-dialog:flex-wrap rounded-md border border-line bg-raised py-2 pr-2 pl-3 text-sm text-fg shadow-overlay"
        >
          {toast.tone === "ok" && <CircleCheck aria-hidden className="size-4 shrink-0 text-ok-fg" />}
          {toast.tone === "danger" && <CircleAlert aria-hidden className="size-4 shrink-0 text-danger-fg" />}
          <div className="min-w-0 flex-1 beside-dialog:basis-36">
            <RadixToast.Title>{toast.message}</RadixToast.Title>
            {toast.hint && (
              <RadixToast.Description className="mt-0.5 text-xs text-fg-muted">
                {toast.hint}
              </RadixToast.Description>
            )}
          </div>
          {toast.action && (
            <RadixToast.Action asChild altText={toast.action.label}>
              <Button variant="ghost" className="-my-1 text-accent-fg!" onClick={toast.action.run}>
                {toast.action.label}
              </Button>
            </RadixToast.Action>
          )}
          <RadixToast.Close asChild>
            <IconButton label="Dismiss" icon={<X />} className="-my-1" />
          </RadixToast.Close>
        </RadixToast.Root>
      ))}
      <RadixToast.Viewport
        label="Notifications ({hotkey})"
        className="fixed bottom-3 left-3 z-60 flex w-96 max-w-[calc(100vw-1.5rem)] flex-col gap-2 outline-none beside-dialog:w-58 beside-dialog:max-xl:top-3 beside-dialog:max-xl:bottom-auto"
      />
    </RadixToast.Provider>
  );
}
