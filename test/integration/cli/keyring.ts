import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";

/** A D-Bus session with a gnome-keyring of its own, empty and unlocked at first. */
export interface KeyringSession {
  /** Makes a command use this keychain. */
  readonly env: NodeJS.ProcessEnv;
  /** As after a login that did not unlock it: everything is still in it, and nobody gets at it. */
  lock(): Promise<void>;
  unlock(): Promise<void>;
  close(): Promise<void>;
}

/** On Linux only: elsewhere there is no keychain that a test could have for itself. */
export const canHaveKeyring = process.platform === "linux";

export async function openKeyringSession(): Promise<KeyringSession> {
  const home = makeTemporaryFolder();
  for (const folder of ["data", "run", "control"]) mkdirSync(join(home, folder), { mode: 0o700 });
  const bus = spawn("dbus-daemon", ["--session", "--nofork", "--print-address"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const address = String(await once(bus.stdout, "data")).trim();
  const env = { DBUS_SESSION_BUS_ADDRESS: address, DISPLAY: "", XDG_RUNTIME_DIR: join(home, "run") };
  const start = async (isLocked: boolean): Promise<ChildProcess> => {
    const daemon = spawn(
      "gnome-keyring-daemon",
      [
        "--foreground",
        ...(isLocked ? [] : ["--unlock"]),
        "--components=secrets",
        `--control-directory=${join(home, "control")}`,
      ],
      {
        env: { ...process.env, ...env, HOME: home, XDG_DATA_HOME: join(home, "data") },
        stdio: ["pipe", "pipe", "ignore"],
      },
    );
    daemon.stdin.end(isLocked ? "" : "throw-away");
    // It prints where it listens once it is ready.
    await once(daemon.stdout, "data");
    return daemon;
  };
  let daemon = await start(false);
  const restart = async (isLocked: boolean): Promise<void> => {
    await end(daemon);
    daemon = await start(isLocked);
  };
  return {
    env,
    lock: () => restart(true),
    unlock: () => restart(false),
    async close() {
      await end(daemon);
      await end(bus);
    },
  };
}

/** A machine without a session bus, and so without a keychain. */
export function withoutKeyring(): NodeJS.ProcessEnv {
  const nowhere = makeTemporaryFolder();
  return {
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(nowhere, "no-bus")}`,
    DISPLAY: "",
    XDG_RUNTIME_DIR: nowhere,
  };
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}
