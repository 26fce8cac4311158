import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, RUNTIME_DIR } from "../paths.mjs";
import { say } from "../process/say.mjs";
import { downloadOfficial } from "./official-download.mjs";
import { executableIn } from "./executable.mjs";

const PACKAGE_DIR = join(ROOT, "node_modules", "electron");
const FAILURE_FILE = join(RUNTIME_DIR, "official-download-failed.json");
const RETRY_AFTER_MS = 24 * 60 * 60_000;

/**
 * The dist folder of the official `electron` package, downloaded by the package's own script when it is
 * not there yet (checksums are the package's). Null when it cannot be had; a failure is remembered for a
 * day, so that a start without network does not wait for it again.
 */
export async function findOfficialRuntime() {
  if (!existsSync(PACKAGE_DIR)) return null;
  const { version } = JSON.parse(readFileSync(join(PACKAGE_DIR, "package.json"), "utf8"));
  if (isInstalled(version)) return join(PACKAGE_DIR, "dist");
  if (hasFailedLately(version)) return null;

  say(`fetching the official Electron ${version}…`);
  const outcome = await downloadOfficial(join(PACKAGE_DIR, "install.js"));
  if (outcome.ok && isInstalled(version)) {
    rmSync(FAILURE_FILE, { force: true });
    return join(PACKAGE_DIR, "dist");
  }
  say(`the official Electron could not be fetched (${outcome.reason ?? "it is still missing"}).`);
  rememberFailure(version);
  return null;
}

function isInstalled(version) {
  const dist = join(PACKAGE_DIR, "dist");
  try {
    return (
      readFileSync(join(dist, "version"), "utf8").trim().replace(/^v/, "") === version &&
      existsSync(executableIn(dist))
    );
  } catch {
    return false;
  }
}

function hasFailedLately(version) {
  try {
    const failure = JSON.parse(readFileSync(FAILURE_FILE, "utf8"));
    const ageMs = Date.now() - failure.atMs;
    // A clock set back must not make the memory last forever.
    return failure.version === version && ageMs >= 0 && ageMs < RETRY_AFTER_MS;
  } catch {
    return false;
  }
}

function rememberFailure(version) {
  mkdirSync(RUNTIME_DIR, { recursive: true });
  writeFileSync(FAILURE_FILE, JSON.stringify({ version, atMs: Date.now() }));
}
