import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../process/run.mjs";

/**
 * Starts the keyring daemon on the session's bus, unlocked with a throw-away password, then becomes the
 * command. The daemon ends with the bus. Only the daemon sees the private data folder: the command keeps the
 * person's own environment, Wayland's socket included.
 */
const OPEN_KEYRING_AND_RUN = `
printf muster | XDG_DATA_HOME="$1/data" gnome-keyring-daemon --unlock --components=secrets \
  --control-directory="$1/control" --daemonize >/dev/null 2>&1
shift
exec "$@"
`;

/**
 * Runs a command inside its own D-Bus session with an empty, unlocked keychain, so that neither tests nor the
 * demo read or write the keychain of the person at the machine. Tests find MUSTER_TEST_KEYRING=1 there.
 * Where there is no D-Bus (macOS, Windows) the command runs as it is.
 */
export async function runWithKeyring(command, args, options = {}) {
  if (
    process.platform !== "linux" ||
    !isInstalled("dbus-run-session") ||
    !isInstalled("gnome-keyring-daemon")
  ) {
    return run(command, args, options);
  }
  const home = mkdtempSync(join(tmpdir(), "muster-keyring-"));
  mkdirSync(join(home, "control"), { mode: 0o700 });
  const env = { ...(options.env ?? process.env), MUSTER_TEST_KEYRING: "1" };
  try {
    const script = ["--", "sh", "-c", OPEN_KEYRING_AND_RUN, "sh", home, command, ...args];
    return await run("dbus-run-session", script, { ...options, env });
  } finally {
    // The daemon may still be closing its files.
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

function isInstalled(program) {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}
