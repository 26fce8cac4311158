import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type Console, type Home, makeHome, openConsole } from "#test/support/e2e/console.ts";
import { ROOT } from "#test/support/e2e/places.ts";

let home: Home;
let muster: Console;

test.beforeAll(async () => {
  home = makeHome();
  muster = await openConsole(home);
  await expect(muster.page.getByRole("button", { name: "Open the sandbox" })).toBeVisible();
});
test.afterAll(async () => {
  await muster?.quit();
  home?.remove();
});

const loggedEvents = (): string[] =>
  readFileSync(join(home.profile, "logs", "muster.log"), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { msg: string }).msg);

test("the page runs in Chromium's sandbox, apart from its preload, without Node", async () => {
  const preferences = await muster.application.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    const { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity } =
      contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity };
  });
  const globals = await muster.page.evaluate(() => ({
    require: typeof Reflect.get(window, "require"),
    process: typeof Reflect.get(window, "process"),
    module: typeof Reflect.get(window, "module"),
    bridge: Object.keys(Reflect.get(window, "musterBridge") as object),
  }));
  expect({ preferences, globals }).toEqual({
    preferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
    },
    globals: { require: "undefined", process: "undefined", module: "undefined", bridge: ["requestPort"] },
  });
});

test("the policy allows no inline script and no foreign address", async () => {
  const answer = await muster.page.evaluate(async () => {
    const response = await fetch("muster://app/index.html");
    const refused = new Set<string>();
    document.addEventListener("securitypolicyviolation", (event) => refused.add(event.effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "window.wasRun = true";
    document.head.append(script);
    const frame = document.createElement("iframe");
    frame.src = "https://example.com/";
    document.body.append(frame);
    const foreign = await fetch("https://example.com/").then(
      () => "answered",
      () => "refused",
    );
    // Told a moment later; a missing one lets the test run out of time.
    while (refused.size < 3) await new Promise(requestAnimationFrame);
    script.remove();
    frame.remove();
    return {
      policy: response.headers.get("content-security-policy")?.split("; ").slice(0, 2),
      wasRun: Reflect.has(window, "wasRun"),
      foreign,
      refused: [...refused].sort(),
    };
  });
  expect(answer).toEqual({
    policy: ["default-src 'none'", "script-src 'self'"],
    wasRun: false,
    foreign: "refused",
    refused: ["connect-src", "frame-src", "script-src-elem"],
  });
});

test("the page's own scheme serves what was built and nothing else", async () => {
  const statuses = await muster.page.evaluate(async () => {
    const addresses = [
      "muster://app/index.html",
      "muster://app/nothing.js",
      "muster://app/../main/index.js",
      "muster://app/..%2fmain%2findex.js",
      "muster://app/%2e%2e/%2e%2e/package.json",
    ];
    const answers = await Promise.all(addresses.map((address) => fetch(address)));
    return answers.map(({ status }) => status);
  });
  expect(statuses).toEqual([200, 404, 404, 404, 404]);
});

test("no window is opened, nothing is navigated to, and no permission is granted", async () => {
  const { page, application } = muster;
  const before = page.url();
  const answers = await page.evaluate(async () => {
    const opened = window.open("https://example.com/");
    window.location.href = "https://example.com/";
    const { state: microphone } = await navigator.permissions.query({ name: "microphone" });
    const position = await new Promise<number | string>((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve("granted"),
        ({ code }) => resolve(code),
      ),
    );
    return { opened, notifications: await Notification.requestPermission(), microphone, position };
  });
  const windows = await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect({ answers, windows, url: page.url() }).toEqual({
    answers: { opened: null, notifications: "denied", microphone: "denied", position: 1 },
    windows: 1,
    url: before,
  });
  expect(loggedEvents()).toEqual(expect.arrayContaining(["window-open-refused", "navigation-refused"]));
});

test("a window that was not registered is refused every call", async () => {
  const { application } = muster;
  const opening = application.waitForEvent("window");
  await application.evaluate(
    async ({ BrowserWindow }, preload) => {
      const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      await stranger.loadURL("muster://app/index.html");
    },
    join(ROOT, "out", "preload", "index.cjs"),
  );
  const stranger = await opening;
  await expect(stranger.getByRole("alert")).toContainText("link/unregistered-sender");
  expect(loggedEvents()).toContain("call-from-unregistered-sender");
  await stranger.close();
});
