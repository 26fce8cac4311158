import { defineConfig } from "@playwright/test";

/** The end-to-end suite: real Electron, one window at a time. Run by scripts/test.mjs, which gives it a display. */
export default defineConfig({
  testDir: "test/e2e",
  testMatch: "**/*.test.ts",
  // One window has the keyboard focus at a time, and the machine has two cores.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env["CI"]),
  // A second try would hide a race; the closing line counts a flaky test as failed.
  retries: 0,
  // Electron does not exit when main fails to load, it hangs: fail soon.
  timeout: 60_000,
  expect: { timeout: 7_000 },
  // Emptied at every start; the pictures lie beside it.
  outputDir: "artifacts/e2e/failures",
  use: {
    actionTimeout: 7_000,
    navigationTimeout: 10_000,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
  reporter: [["list"], ["json"]],
});
