import { useEffect, useState } from "react";
import { useToasts } from "./show-toast.ts";

/** Long enough for a screen reader to notice what came, and gone before anybody reads the page through. */
const HEARD_WITHIN_MS = 1_000;

/**
 * Tells a screen reader of each toast as it comes, once, when it has finished what it is saying. Stands once in the
 * window, apart from the trays: what moves out of a dialog that closes is no news. `aria-live` is spelt out because a
 * dialog hides everything else from screen readers but what has it.
 */
export function ToastAnnouncer() {
  const toasts = useToasts((state) => state.toasts);
  const [heardUpTo, setHeardUpTo] = useState(0);
  const newest = toasts.at(-1)?.number ?? 0;
  useEffect(() => {
    if (newest <= heardUpTo) return undefined;
    const timer = setTimeout(() => setHeardUpTo(newest), HEARD_WITHIN_MS);
    return () => clearTimeout(timer);
  }, [newest, heardUpTo]);
  return (
    <div role="status" aria-live="polite" aria-atomic="false" className="sr-only">
      {toasts
        .filter(({ number }) => number > heardUpTo)
        .map(({ id, message, hint }) => (
          <p key={id}>{`Notification: ${message} ${hint ?? ""}`}</p>
        ))}
    </div>
  );
}
