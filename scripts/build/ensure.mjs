import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OUT_DIR, ROOT } from "../paths.mjs";
import { ScriptFailure } from "../process/failure.mjs";
import { withLock } from "../process/lock.mjs";
import { runAside } from "../process/run.mjs";
import { say } from "../process/say.mjs";
import { fingerprintOfSources } from "./fingerprint.mjs";

const FINGERPRINT_FILE = join(OUT_DIR, ".fingerprint");
const ELECTRON_VITE = join(ROOT, "node_modules", "electron-vite", "bin", "electron-vite.js");

/** Brings `out/` up to date with the sources; does nothing when it already is. Needs no Electron. */
export async function ensureBuilt({ force = false } = {}) {
  if (!existsSync(ELECTRON_VITE)) throw new ScriptFailure("dependencies are missing: run `npm ci` first");
  if (!force && isFresh()) return;
  await withLock("build", async () => {
    if (!force && isFresh()) return;
    await build();
  });
}

function isFresh() {
  try {
    return readFileSync(FINGERPRINT_FILE, "utf8") === fingerprintOfSources();
  } catch {
    return false;
  }
}

async function build() {
  say("building…");
  // Taken before the build: a file that changes meanwhile makes the result stale, not fresh.
  const fingerprint = fingerprintOfSources();
  rmSync(FINGERPRINT_FILE, { force: true });
  const exitCode = await runAside(process.execPath, [ELECTRON_VITE, "build", "--logLevel", "warn"]);
  if (exitCode !== 0) throw new ScriptFailure("the build failed (see above)");
  mkdirSync(OUT_DIR, { recursive: true });
  writeFileSync(FINGERPRINT_FILE, fingerprint);
}
