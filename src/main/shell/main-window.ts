import path from "node:path";
import { BrowserWindow, dialog, nativeTheme, screen } from "electron";
import type { Log } from "#shared/lib/log.ts";
import { PAGE_URL } from "./page-address.ts";
import { fitToScreens, readWindowState, writeWindowState } from "./window-state.ts";

export interface MainWindowOptions {
  readonly preload: string;
  readonly stateFile: string;
  readonly icon: string;
  readonly log: Log;
  /** Called before the page loads, so that its first call finds it registered. */
  readonly onCreated: (window: BrowserWindow) => void;
}

/** Opens the console window where it was last, and shows it once it has something to show. */
export async function openMainWindow(options: MainWindowOptions): Promise<BrowserWindow> {
  const state = fitToScreens(
    await readWindowState(options.stateFile),
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const { isMaximized, ...bounds } = state;
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: "Muster",
    icon: options.icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? "#111318" : "#ffffff",
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  if (isMaximized) window.maximize();
  options.onCreated(window);
  window.once("ready-to-show", () => window.show());
  window.on("close", () => {
    const remembered = { ...window.getNormalBounds(), isMaximized: window.isMaximized() };
    writeWindowState(options.stateFile, remembered).catch((error: unknown) => {
      options.log.warn("window-state-not-saved", { error });
    });
  });
  // Closing, quitting or reloading with unsaved changes; allowing it here means overruling the page.
  window.webContents.on("will-prevent-unload", (event) => {
    if (confirmDiscard(window)) event.preventDefault();
  });
  window.webContents.on("render-process-gone", (_event, details) => {
    options.log.error("page-process-gone", { reason: details.reason });
    if (details.reason === "clean-exit") return;
    // Not from within this event: Chromium is still burying the old process, and would die of the new one.
    setImmediate(() => {
      if (!window.isDestroyed()) window.reload();
    });
  });
  await window.loadURL(PAGE_URL);
  return window;
}

/** Asks whether unsaved changes may be lost; a dialog that is closed says no. */
function confirmDiscard(window: BrowserWindow): boolean {
  const keep = 0;
  const discard = 1;
  const answer = dialog.showMessageBoxSync(window, {
    type: "question",
    message: "Discard unsaved changes?",
    buttons: ["Keep editing", "Discard"],
    defaultId: keep,
    cancelId: keep,
    noLink: true,
  });
  return answer === discard;
}

/** Where the preload script is, beside the main bundle. */
export function preloadPath(mainFolder: string): string {
  return path.join(mainFolder, "../preload/index.cjs");
}
