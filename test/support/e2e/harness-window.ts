import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "@playwright/test";
import { _electron, type ElectronApplication, type Page } from "playwright";
import type { Scenario } from "#test/harness/scenario.ts";
import { electronPath, MACHINE_SWITCHES, ROOT } from "./places.ts";

const BUILT = join(ROOT, "artifacts", "e2e", "harness");

/** A bare window for the built renderer on an imagined main process, see test/harness. */
export interface HarnessWindow {
  readonly application: ElectronApplication;
  readonly page: Page;
  show(scenario: Scenario, path: string): Promise<void>;
  close(): Promise<void>;
}

/** One worker runs all files, so it is built once. */
let isBuilt = false;

export async function openHarness(): Promise<HarnessWindow> {
  if (!isBuilt) build();
  isBuilt = true;
  const application = await _electron.launch({
    executablePath: electronPath(),
    args: [...MACHINE_SWITCHES, join(ROOT, "test", "harness", "electron-main.mjs")],
    timeout: 20_000,
  });
  const page = await application.firstWindow();
  return {
    application,
    page,
    async show(scenario, path) {
      const query = new URLSearchParams({ scenario, theme: "system" });
      // An address that differs by its fragment only would not be loaded again.
      await page.goto("about:blank");
      await page.goto(`${pathToFileURL(join(BUILT, "index.html")).href}?${query}#${path}`);
      await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(/^(Muster is starting)?$/);
    },
    close: () => application.close(),
  };
}

function build(): void {
  const vite = join(ROOT, "node_modules", "vite", "bin", "vite.js");
  const built = spawnSync(
    process.execPath,
    [vite, "build", "-c", join(ROOT, "test", "harness", "vite.config.ts"), "--logLevel", "error"],
    { cwd: ROOT, env: { ...process.env, HARNESS_OUT: BUILT }, encoding: "utf8" },
  );
  expect(built.status, built.stderr).toBe(0);
}
