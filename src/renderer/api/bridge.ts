/** The one place that touches what the preload exposes. */

declare global {
  interface Window {
    /** Put there by src/preload; absent when the page is opened outside Muster. */
    readonly musterBridge?: { requestPort(): void };
  }
}

/** The word that accompanies a port handed to the page. */
const HAND_OVER = "muster:port";

/** The window was opened without the preload: nothing can be asked. */
export class BridgeMissingError extends Error {
  override readonly name = "BridgeMissingError";
}

/**
 * Asks the preload for a fresh port to the main process. The port is not started yet.
 * Rejects with `BridgeMissingError` outside Muster, and with the signal's reason when aborted first.
 */
export function requestPort(signal: AbortSignal): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const bridge = window.musterBridge;
    if (!bridge) {
      reject(new BridgeMissingError("This page was opened outside Muster."));
      return;
    }
    const finish = new AbortController();
    const onMessage = (event: MessageEvent<unknown>): void => {
      const port = event.ports[0];
      // Only our own preload posts from this very window.
      if (event.source !== window || event.data !== HAND_OVER || !port) return;
      finish.abort();
      resolve(port);
    };
    window.addEventListener("message", onMessage, { signal: finish.signal });
    signal.addEventListener(
      "abort",
      () => {
        finish.abort();
        reject(signal.reason as Error);
      },
      { once: true },
    );
    bridge.requestPort();
  });
}
