import { join } from "node:path";

const RELATIVE_PATHS = { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" };

/** Where the executable lies inside an unpacked Electron, by platform. */
export function executableIn(dist) {
  return join(dist, RELATIVE_PATHS[process.platform] ?? "electron");
}
