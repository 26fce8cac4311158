import { app } from "electron";

/** What runs this window, for the diagnosis. */
export function describeRuntime(): { description: string; caveat: string | null } {
  const { electron, node, chrome } = process.versions;
  return {
    description: `Electron ${electron}, Node ${node}, Chromium ${chrome}.`,
    caveat: app.isPackaged ? null : "Running from a checkout, not from a released package.",
  };
}
