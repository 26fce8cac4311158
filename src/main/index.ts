/** Where the desktop application starts: flags, profile, lockdown, the application, its window. */
import path from "node:path";
import { app, type BrowserWindow, dialog, powerMonitor } from "electron";
import { isCommandLine, runCommandLine } from "#main/cli/run-command-line.ts";
import { type Application, composeApplication } from "#main/compose.ts";
import { type IpcBoundary, openIpcBoundary } from "#main/ipc/boundary.ts";
import { createRouter } from "#main/ipc/router.ts";
import { createTransport } from "#main/ipc/transport.ts";
import { openFileLog } from "#main/logging/file-log.ts";
import { keychainServiceName, profileFolder, readVersion } from "#main/platforms/system/index.ts";
import { createConsoleWindow } from "#main/shell/console-window.ts";
import { createScreenDesk } from "#main/shell/desktop.ts";
import { openInBrowser } from "#main/shell/file-dialogs.ts";
import { holdQuitUntilClosed } from "#main/shell/hold-quit.ts";
import { parseLaunchFlags } from "#main/shell/launch-flags.ts";
import { lockDownWebContents } from "#main/shell/lockdown.ts";
import { preloadPath } from "#main/shell/main-window.ts";
import { setApplicationMenu } from "#main/shell/menu.ts";
import { isOwnPage } from "#main/shell/page-address.ts";
import { declarePageScheme, servePage } from "#main/shell/page-protocol.ts";
import { showNotification } from "#main/shell/notifications.ts";
import { relaunchIntoSandbox } from "#main/shell/relaunch.ts";
import { describeRuntime } from "#main/shell/runtime.ts";
import { spawnKeychainHost } from "#main/shell/spawn-keychain-host.ts";
import { spawnUtility } from "#main/shell/spawn-utility.ts";
import { createSystemFetch } from "#main/shell/system-fetch.ts";

const bundleFolder = import.meta.dirname;
const utilities = {
  spawnSandbox: spawnUtility(path.join(bundleFolder, "sandbox.js")),
  spawnKeychainHost: spawnKeychainHost(path.join(bundleFolder, "keychain-host.js")),
};
const flags = parseLaunchFlags(process.argv.slice(1));
const folder = profileFolder(flags.profile);
const log = openFileLog(path.join(folder, "logs"), app.isPackaged ? "info" : "debug");

process.on("uncaughtException", (error) => log.error("uncaught-exception", { error }));
process.on("unhandledRejection", (error) => log.error("unhandled-rejection", { error }));

declarePageScheme();
// Chromium's own files stay apart from ours; the single-instance lock is per profile because it lies there.
app.setPath("userData", path.join(folder, "browser"));
const words = commandWords();
if (isCommandLine(words)) launch(runCommand);
else if (app.requestSingleInstanceLock()) launch(openConsole);
// The Muster that has this profile shows its window instead.
else app.exit(0);

/**
 * Begins once Electron is ready, which it only becomes after this module has been evaluated: awaiting it at the top
 * level would wait for ever. What goes wrong before there is a window is shown, since nothing else could show it.
 */
function launch(begin: () => Promise<void>): void {
  app
    .whenReady()
    .then(begin)
    .catch((error: unknown) => {
      log.error("start-failed", { error });
      dialog.showErrorBox(
        "Muster cannot start",
        `An internal error stopped it. Details are in ${folder}/logs.`,
      );
      app.exit(1);
    });
}

/** The command line without the executable and, in a checkout, without the path of the application. */
function commandWords(): string[] {
  if (app.isPackaged) return process.argv.slice(1);
  const own = process.argv.findIndex((word) => path.resolve(word) === app.getAppPath());
  return process.argv.slice(own + 1);
}

/** The packaged program is its own command line: `Muster audit --slack`. */
async function runCommand(): Promise<void> {
  app.exit(await runCommandLine(words, { bundleFolder, ...utilities, fetch: createSystemFetch() }));
}

async function openConsole(): Promise<void> {
  // On macOS an application outlives its windows: its work goes on, and the Dock opens a window again.
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  lockDownWebContents(log);
  setApplicationMenu();
  servePage(path.join(bundleFolder, "../renderer"));

  let showScreen: (screen: string | null) => void = () => {};
  const composed = await composeApplication({
    profileFolder: folder,
    bundleFolder,
    access: "write",
    keychainService: keychainServiceName(folder),
    log,
    ...utilities,
    fetch: createSystemFetch(),
    openBrowser: openInBrowser,
    notify: ({ title, body, runId, operationId }) =>
      showNotification({ title, body }, () =>
        showScreen(
          operationId
            ? `/operations/${encodeURIComponent(operationId)}`
            : runId && `/runs/${encodeURIComponent(runId)}`,
        ),
      ),
    runtime: describeRuntime(),
  });
  if (!composed.ok) {
    log.error("not-started", { failure: composed.error });
    dialog.showErrorBox("Muster cannot start", `${composed.error.message}\n\n${composed.error.todo}`);
    app.exit(1);
    return;
  }
  const application = composed.value;
  holdQuitUntilClosed(application.close, log);
  powerMonitor.on("resume", () => application.jobs.wake());

  const consoleWindow = createConsoleWindow({
    preload: preloadPath(bundleFolder),
    stateFile: path.join(folder, "window.json"),
    icon: path.join(bundleFolder, "../../resources/icon.png"),
    log,
    onCreated: (window) => connectWindow(application, window),
  });
  await consoleWindow.open();
  consoleWindow.showWhenAsked();
  showScreen = consoleWindow.show;
  if (flags.sandbox === "open") {
    const opened = await application.connections.openSandbox({ limits: flags.limits });
    if (!opened.ok) {
      log.error("sandbox-not-opened", { failure: opened.error });
      application.notices.add(opened.error);
    }
  }
  await application.insights.start();
  await application.jobs.start();
}

/** Joins a window to the features: from here on it may ask whatever the contract lists. */
function connectWindow(application: Application, window: BrowserWindow): void {
  const router = createRouter(
    {
      ...application,
      info: {
        version: readVersion(bundleFolder),
        electron: process.versions.electron,
        node: process.versions.node,
        os: process.platform === "darwin" || process.platform === "win32" ? process.platform : "linux",
        profileFolder: folder,
        isSandbox: flags.sandbox !== "no",
      },
      desktop: {
        ...createScreenDesk(window, folder),
        openSandbox:
          flags.sandbox === "no"
            ? () => relaunchIntoSandbox(folder)
            : () => application.connections.openSandbox({ limits: flags.limits }),
      },
    },
    { checkOutputs: !app.isPackaged },
  );
  const boundary: IpcBoundary = openIpcBoundary(createTransport(router, log), isOwnPage);
  boundary.registerWindow(window.webContents);
  window.once("closed", () => boundary.close());
}
