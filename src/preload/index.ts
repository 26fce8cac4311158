import { contextBridge, ipcRenderer } from "electron";

/**
 * The whole bridge: the page asks for a port, and gets one end of a fresh channel whose other end the main process
 * holds. What may be asked over it is the contract; nothing of Electron is exposed.
 */
contextBridge.exposeInMainWorld("musterBridge", {
  requestPort(): void {
    const { port1, port2 } = new MessageChannel();
    ipcRenderer.postMessage("muster:port", null, [port2]);
    window.postMessage("muster:port", window.location.origin, [port1]);
  },
});
