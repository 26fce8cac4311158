import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runWithKeyring } from "../desktop/keyring-session.mjs";
import { startXvfb } from "../desktop/xvfb.mjs";
import { ARTIFACTS_DIR, ROOT } from "../paths.mjs";
import { environmentFor } from "../runtime/environment.mjs";
import { tallyPlaywright } from "./tally.mjs";

/** Runs the end-to-end suite: the built product in real Electron, on a display and a keychain of its own. */
export async function runPlaywright(runtime, args) {
  if (!hasEndToEndTests()) return { passed: 0, failed: 0, skipped: 0 };
  const reportFile = join(ARTIFACTS_DIR, "reports", `playwright-${process.pid}.json`);
  mkdirSync(join(ARTIFACTS_DIR, "reports"), { recursive: true });
  // Windows that open and close by themselves would take the keyboard from the person at work, so the display
  // is a hidden one also where there is a screen.
  const xvfb = process.platform === "linux" ? await startXvfb() : null;
  try {
    const cli = join(ROOT, "node_modules", "@playwright", "test", "cli.js");
    const exitCode = await runWithKeyring(process.execPath, [cli, "test", ...args], {
      env: {
        ...environmentFor(runtime),
        PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile,
        ...(xvfb ? { DISPLAY: xvfb.display } : {}),
      },
    });
    return tallyPlaywright(reportFile, exitCode);
  } finally {
    xvfb?.stop();
    rmSync(reportFile, { force: true });
  }
}

function hasEndToEndTests() {
  const folder = join(ROOT, "test", "e2e");
  return (
    existsSync(folder) && readdirSync(folder, { recursive: true }).some((file) => file.endsWith(".test.ts"))
  );
}
