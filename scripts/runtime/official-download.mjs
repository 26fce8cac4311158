import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { RUNTIME_DIR } from "../paths.mjs";

const STALL_MS = 10_000;
const LOOK_MS = 500;

/**
 * Runs the electron package's installer, and stops it when ten seconds pass without a byte.
 * A fixed deadline would cut off a slow but working line, and no deadline hangs behind a silent firewall;
 * so the installer gets its own temporary folder, and the folder's growth is the sign of life.
 *
 * @returns {Promise<{ ok: true } | { ok: false, reason: string }>}
 */
export async function downloadOfficial(installScript, stallMs = STALL_MS) {
  mkdirSync(RUNTIME_DIR, { recursive: true });
  const scratch = mkdtempSync(join(RUNTIME_DIR, "electron-download-"));
  // The installer would otherwise take an overriding dist for an installation of its own.
  const { ELECTRON_OVERRIDE_DIST_PATH: _ignored, ...inherited } = process.env;
  const child = spawn(process.execPath, [installScript], {
    env: { ...inherited, TMPDIR: scratch, TMP: scratch, TEMP: scratch },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (chunk) => (complaint += chunk));

  let stalled = false;
  let lastSize = 0;
  let lastGrowthMs = Date.now();
  const watch = setInterval(() => {
    const size = sizeOf(scratch);
    if (size !== lastSize) {
      lastSize = size;
      lastGrowthMs = Date.now();
    } else if (Date.now() - lastGrowthMs > (size > 0 ? 6 * stallMs : stallMs)) {
      // Once the archive is complete it is unpacked elsewhere, and the folder no longer grows: hence the longer leash.
      stalled = true;
      child.kill("SIGKILL");
    }
  }, LOOK_MS);

  try {
    const code = await new Promise((resolve) => {
      child.once("error", () => resolve(-1));
      child.once("close", resolve);
    });
    if (code === 0) return { ok: true };
    return { ok: false, reason: stalled ? "no answer" : firstLine(complaint) };
  } finally {
    clearInterval(watch);
    rmSync(scratch, { recursive: true, force: true });
  }
}

function sizeOf(folder) {
  let total = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    // The installer moves the archive away when it is complete.
    total += statSync(join(entry.parentPath ?? entry.path, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return total;
}

function firstLine(text) {
  return (
    text
      .split("\n")
      .find((line) => line.trim() !== "")
      ?.trim() ?? "no reason given"
  );
}
