import { app, BrowserWindow } from "electron";
import type { Log } from "#shared/lib/log.ts";
import { type MainWindowOptions, openMainWindow } from "./main-window.ts";
import { pageAt } from "./page-address.ts";

/** The one window of the console. */
export interface ConsoleWindow {
  open(): Promise<void>;
  /**
   * Brings the window to the front, opened anew where it was closed, and goes to a screen if one is named. While it is
   * being opened, asking again changes nothing.
   */
  show(screen: string | null): void;
  /** From here on it is shown when Muster is started a second time, or clicked in the Dock. */
  showWhenAsked(): void;
}

export function createConsoleWindow(options: MainWindowOptions): ConsoleWindow {
  const { log } = options;
  let isOpening = false;

  async function open(): Promise<void> {
    await openMainWindow(options);
  }

  function show(screen: string | null): void {
    const [window] = BrowserWindow.getAllWindows();
    if (window) {
      bringToFront(window);
      goTo(window, screen, log);
    }
    if (window || isOpening) return;
    isOpening = true;
    open()
      .then(() => {
        const [opened] = BrowserWindow.getAllWindows();
        if (opened) goTo(opened, screen, log);
      })
      .catch((error: unknown) => log.error("window-not-opened", { error }))
      .finally(() => (isOpening = false));
  }

  return {
    open,
    show,
    showWhenAsked() {
      app.on("second-instance", () => show(null));
      app.on("activate", () => show(null));
    },
  };
}

/** Only the fragment changes, so the page stays loaded. */
function goTo(window: BrowserWindow, screen: string | null, log: Log): void {
  if (screen === null) return;
  window.loadURL(pageAt(screen)).catch((error: unknown) => log.error("screen-not-shown", { error }));
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
