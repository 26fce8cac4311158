/** A bare Electron window on the built harness; driven by Playwright. */
import { app, BrowserWindow } from "electron";

app.commandLine.appendSwitch("force-device-scale-factor", "1");
// Not awaited at the top level: Electron is only ready once this module has ended.
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: Number(process.env.HARNESS_WIDTH ?? 1440),
    height: Number(process.env.HARNESS_HEIGHT ?? 900),
    useContentSize: true,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.setMenuBarVisibility(false);
  return window.loadURL("about:blank");
});
