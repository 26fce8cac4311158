import { ScriptFailure } from "../process/failure.mjs";
import { runAside } from "../process/run.mjs";
import { say } from "../process/say.mjs";
import { chooseNames, isDebian, missingAmong } from "./debian.mjs";
import { PACKAGES } from "./packages.mjs";

/**
 * Makes sure that the Debian packages for a purpose are there: installs them as root, and otherwise stops
 * with the one command to run. Does nothing on other systems.
 *
 * @param {keyof typeof PACKAGES} purpose
 */
export async function ensureSystemPackages(purpose) {
  if (!isDebian()) return;
  const missing = missingAmong(PACKAGES[purpose]);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    throw new ScriptFailure(
      `some Debian packages are missing. Run this once, then try again:\n\n  ${sudoCommand(missing)}\n`,
    );
  }
  await install(missing);
}

async function install(missing) {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  say(`installing Debian packages: ${missing.map((names) => names.at(-1)).join(" ")}`);
  // A list that cannot be refreshed may still hold what is needed, so only the install decides.
  await runAside("apt-get", ["update", "-qq"], { env: environment });
  const arguments_ = ["install", "-y", "-qq", "--no-install-recommends", ...chooseNames(missing)];
  const exitCode = await runAside("apt-get", arguments_, { env: environment });
  if (exitCode !== 0) {
    throw new ScriptFailure(
      `apt-get could not install what is missing. By hand it would be:\n\n  ${sudoCommand(missing)}\n`,
    );
  }
}

function sudoCommand(missing) {
  const names = chooseNames(missing).join(" ");
  return `sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ${names}'`;
}
