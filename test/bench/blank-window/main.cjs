"use strict";
// The floor that Muster's start is measured against: Electron with the same window settings and one word in it.
const path = require("node:path");
const { app, BrowserWindow } = require("electron");

app.setPath("userData", process.env.BLANK_WINDOW_FOLDER);
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 820,
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.once("ready-to-show", () => window.show());
  return window.loadFile(path.join(__dirname, "index.html"));
});
