import path from "node:path";
import { app } from "electron";

/**
 * Starts Muster again on the simulated world, in a profile of its own beside the real one, so that invented people
 * never mix with real ones. Does not return: the calling window is closed with this process. Where the operator keeps
 * the window open for the sake of what is not saved, nothing is started, then or at a later quit.
 */
export function relaunchIntoSandbox(profileFolder: string): Promise<never> {
  const own = app.isPackaged ? [] : [app.getAppPath()];
  const switches = process.argv
    .slice(1)
    .filter((word) => word.startsWith("--no-") || word.startsWith("--disable-"));
  const args = [...own, ...switches, `--profile=${path.join(profileFolder, "Sandbox")}`, "--sandbox"];
  quitAnd(() => app.relaunch({ args }));
  return new Promise<never>(() => {});
}

/** Acts once every window has closed. A further wish to quit, when this one was declined, is without it. */
function quitAnd(act: () => void): void {
  let attempts = 0;
  const countAttempt = (): void => {
    attempts += 1;
    if (attempts > 1) forget();
  };
  const forget = (): void => {
    app.off("before-quit", countAttempt);
    app.off("will-quit", finish);
  };
  const finish = (): void => {
    forget();
    act();
  };
  app.on("before-quit", countAttempt);
  app.on("will-quit", finish);
  app.quit();
}
