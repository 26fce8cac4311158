import { EventEmitter } from "node:events";
import { beforeEach, expect, test, vi } from "vitest";
import { createConsoleWindow } from "#main/shell/console-window.ts";
import { holdQuitUntilClosed } from "#main/shell/hold-quit.ts";
import { openMainWindow } from "#main/shell/main-window.ts";
import { silentLog } from "#shared/lib/log.ts";

/** Electron as far as it is asked here: its application, and which windows there are. */
const electron = vi.hoisted(() => ({ app: null as unknown, windows: [] as unknown[] }));
vi.mock("electron", () => ({
  get app() {
    return electron.app;
  },
  BrowserWindow: { getAllWindows: () => electron.windows },
}));
vi.mock("#main/shell/main-window.ts", () => ({ openMainWindow: vi.fn() }));

class FakeApp extends EventEmitter {
  quits = 0;
  quit(): void {
    this.quits += 1;
  }
}

/** A window that writes down what is done with it. */
function fakeWindow(isMinimized = false) {
  const did: string[] = [];
  return {
    did,
    isMinimized: () => isMinimized,
    restore: () => did.push("restore"),
    show: () => did.push("show"),
    focus: () => did.push("focus"),
    loadURL: (url: string) => {
      did.push(new URL(url).hash);
      return Promise.resolve();
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

let app: FakeApp;
let opened: ReturnType<typeof fakeWindow>[];
beforeEach(() => {
  app = new FakeApp();
  opened = [];
  electron.app = app;
  electron.windows = [];
  vi.mocked(openMainWindow).mockImplementation(async () => {
    const window = fakeWindow();
    await settled();
    opened.push(window);
    electron.windows.push(window);
    return window as never;
  });
});

const options = { preload: "", stateFile: "", icon: "", log: silentLog, onCreated: () => {} };

test("a window that is there comes to the front, and goes to the screen that was named", () => {
  const window = fakeWindow(true);
  electron.windows = [window];
  createConsoleWindow(options).show("/runs/1");
  expect(window.did).toEqual(["restore", "show", "focus", "#/runs/1"]);
});

test("a closed window is opened once, however often it is asked for meanwhile", async () => {
  const consoleWindow = createConsoleWindow(options);
  consoleWindow.showWhenAsked();
  consoleWindow.show("/runs/1");
  app.emit("second-instance");
  app.emit("activate");
  await settled();
  await settled();
  expect(opened.map(({ did }) => did)).toEqual([["#/runs/1"]]);
});

test("a window that could not be opened is opened at the next wish", async () => {
  vi.mocked(openMainWindow).mockRejectedValueOnce(new Error("no display"));
  const consoleWindow = createConsoleWindow(options);
  consoleWindow.show(null);
  await settled();
  consoleWindow.show(null);
  await settled();
  await settled();
  expect(opened).toHaveLength(1);
});

test("a quit waits for the work to stop, also when stopping fails, and then goes through", async () => {
  let stop: (error: Error) => void = () => {};
  holdQuitUntilClosed(() => new Promise((_, reject) => (stop = reject)), silentLog);
  let held = 0;
  const wish = () => app.emit("will-quit", { preventDefault: () => (held += 1) });
  wish();
  const before = { held, quits: app.quits };
  stop(new Error("the disk is gone"));
  await settled();
  await settled();
  wish();
  expect([before, { held, quits: app.quits }]).toEqual([
    { held: 1, quits: 0 },
    { held: 1, quits: 1 },
  ]);
});
