import path from "node:path";
import { app } from "electron";

/**
 * Starts Muster again on the simulated world, in a profile of its own beside the real one, so that invented people
 * never mix with real ones. Does not return: the calling window is closed with this process.
 */
export function relaunchIntoSandbox(profileFolder: string): Promise<never> {
  const own = app.isPackaged ? [] : [app.getAppPath()];
  const switches = process.argv
    .slice(1)
    .filter((word) => word.startsWith("--no-") || word.startsWith("--disable-"));
  app.relaunch({
    args: [...own, ...switches, `--profile=${path.join(profileFolder, "Sandbox")}`, "--sandbox"],
  });
  app.quit();
  return new Promise<never>(() => {});
}
