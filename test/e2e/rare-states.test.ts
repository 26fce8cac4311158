import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@playwright/test";
import { _electron, type ElectronApplication, type Page } from "playwright";
import type { Scenario } from "#test/harness/scenario.ts";
import { look } from "#test/support/e2e/look.ts";
import { electronPath, MACHINE_SWITCHES, ROOT } from "#test/support/e2e/places.ts";

const BUILT = join(ROOT, "artifacts", "e2e", "harness");
let application: ElectronApplication;
let page: Page;

/** States that are rare in life: the built renderer on an imagined main process, see test/harness. */
const STATES: readonly [scenario: Scenario, path: string, says: string | RegExp][] = [
  ["error", "/overview", "store/read-only"],
  ["error", "/coverage", "store/read-only"],
  ["error", "/runs", "store/read-only"],
  ["error", "/activity", "store/read-only"],
  ["slow", "/overview", /./],
  ["slow", "/coverage", /./],
  ["slow", "/team", /./],
  ["no-runs", "/overview", "Start audit"],
  ["no-runs", "/coverage", "No results yet"],
  ["no-runs", "/runs", "No run yet"],
  ["partial", "/coverage", "This run is not complete."],
  ["partial", "/runs", "Partial"],
  ["failed", "/runs", "Failed"],
  ["offline", "/connections", "Unreachable"],
  ["waiting", "/overview", "Audit waiting"],
  ["paused", "/coverage", "Audit paused."],
  ["notices", "/overview", /./],
  ["lost", "/overview", "The connection to Muster's main process was lost."],
  ["error", "/operations", "store/read-only"],
  ["error", "/operations/new", "store/read-only"],
  ["slow", "/operations", /./],
  ["no-runs", "/operations", "No operation yet"],
  ["no-runs", "/operations/new", "no customer group is known"],
  ["offline", "/operations/new", "Offline"],
  ["lost", "/operations/op-running", "The connection to Muster's main process was lost."],
  ["normal", "/operations/op-planning", "Nothing is changed before you have seen the plan."],
  ["normal", "/operations/op-remove", "1 connection could not be asked how things are now."],
  ["normal", "/operations/op-running", "Running: Adding people"],
  ["normal", "/operations/op-waiting", "At most 10 renames in 15 minutes"],
  ["normal", "/operations/op-paused", "Add channels:write.invites"],
  ["normal", "/operations/op-signed-out", "Sign in again"],
  ["normal", "/operations/op-approval", "It waits for a second person's approval."],
  ["normal", "/operations/op-partial", "Plan the rest"],
  ["normal", "/operations/op-undo", "This takes an earlier operation back."],
  ["normal", "/operations/op-cancelled", "Cancelled"],
  ["normal", "/operations/op-failed", "store/disk-full"],
  ["huge", "/operations/op-plan", "All 12,000"],
  ["no-keychain", "/", "Until then Muster refuses to sign in"],
];

test.beforeAll(async () => {
  const vite = join(ROOT, "node_modules", "vite", "bin", "vite.js");
  const built = spawnSync(
    process.execPath,
    [vite, "build", "-c", join(ROOT, "test", "harness", "vite.config.ts"), "--logLevel", "error"],
    { cwd: ROOT, env: { ...process.env, HARNESS_OUT: BUILT }, encoding: "utf8" },
  );
  expect(built.status, built.stderr).toBe(0);
  application = await _electron.launch({
    executablePath: electronPath(),
    args: [...MACHINE_SWITCHES, join(ROOT, "test", "harness", "electron-main.mjs")],
    timeout: 20_000,
  });
  page = await application.firstWindow();
});
test.afterAll(() => application?.close());

for (const [scenario, path, says] of STATES) {
  test(`${scenario} on ${path} is a designed state without an axe violation`, async () => {
    const query = new URLSearchParams({ scenario, theme: "system" });
    // An address that differs by its fragment only would not be loaded again.
    await page.goto("about:blank");
    await page.goto(`${pathToFileURL(join(BUILT, "index.html")).href}?${query}#${path}`);
    await expect(page.getByRole("heading", { level: 1 })).not.toBeEmpty();
    await expect(page.locator("body")).toContainText(says);
    await look(page, `rare-${scenario}${path.replaceAll("/", "-").replace(/-$/, "-first-run")}`);
  });
}
