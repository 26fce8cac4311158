import { Notification } from "electron";

/** Notifications that can still be clicked: Electron lets go of one that nobody holds, and its click with it. */
const shown = new Set<Notification>();

/** How many are held; of older ones the click does nothing. */
const HELD = 20;

/** Shows a notification of the operating system. False when this system has none. */
export function showNotification(
  { title, body }: { readonly title: string; readonly body: string },
  onClick: () => void,
): boolean {
  if (!Notification.isSupported()) return false;
  const notification = new Notification({ title, body });
  shown.add(notification);
  for (const oldest of [...shown].slice(0, -HELD)) shown.delete(oldest);
  notification.once("click", () => {
    shown.delete(notification);
    onClick();
  });
  notification.show();
  return true;
}
