import { app } from "electron";
import type { Log } from "#shared/lib/log.ts";

/** Holds the quit back until `close` has settled: work has stopped and the database is closed. */
export function holdQuitUntilClosed(close: () => Promise<void>, log: Log): void {
  let isClosed = false;
  app.on("will-quit", (event) => {
    if (isClosed) return;
    event.preventDefault();
    close()
      .catch((error: unknown) => log.error("close-failed", { error }))
      .finally(() => {
        isClosed = true;
        // With nothing to wait for, this runs before Electron has taken note that the quit was held back, and it
        // would overlook a second one: the process would stay, without a window.
        setImmediate(() => app.quit());
      });
  });
}
