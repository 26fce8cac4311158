import { ipcMain, type IpcMainEvent, type WebContents } from "electron";
import type { Transport } from "./transport.ts";

/**
 * The only place where messages from a renderer enter. A port is joined to the router as the window it came from
 * when that window was registered and its main frame shows our page; otherwise every call on it is refused.
 */
export interface IpcBoundary {
  /** Lets this window call; forgotten when it is destroyed. */
  registerWindow(contents: WebContents): void;
  close(): void;
}

/** `isOwnPage` tells whether an address is the page this window is meant to show. */
export function openIpcBoundary(transport: Transport, isOwnPage: (address: string) => boolean): IpcBoundary {
  const registered = new Set<number>();

  function onPort(event: IpcMainEvent): void {
    const port = event.ports[0];
    if (!port) return;
    const frame = event.senderFrame;
    const isOurs =
      registered.has(event.sender.id) && frame !== null && frame.parent === null && isOwnPage(frame.url);
    transport.attach(port, isOurs ? "window" : "unregistered");
    port.start();
  }

  ipcMain.on("muster:port", onPort);
  return {
    registerWindow(contents) {
      const { id } = contents;
      registered.add(id);
      contents.once("destroyed", () => registered.delete(id));
    },
    close() {
      ipcMain.off("muster:port", onPort);
      registered.clear();
    },
  };
}
