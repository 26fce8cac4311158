import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSilentBus } from "#test/support/silent-bus.ts";

/** What stands behind the keychain of a session. */
export type Keyring =
  /** gnome-keyring with an unlocked keyring. */
  | "unlocked"
  /** gnome-keyring that nobody has unlocked, with the keyring that an unlocked session left behind. */
  | "locked"
  /** gnome-keyring that has never seen a keyring. */
  | "none-yet"
  /** A session bus on which nobody offers secrets. */
  | "no-service"
  /** No session bus at all. */
  | "no-bus"
  /** A session bus that takes the call and never says a word. */
  | "silent-bus";

/** Where the native library runs: in the process that asks, or in a host with this entry. */
export type Where = "in-process" | (string & {});

/** The host that is shipped. */
export const REAL_HOST = "src/main/platforms/keychain/host/keychain-host.ts";

export interface KeyringHome {
  /** Runs the child with these steps in a new session; answers what it printed. */
  run(keyring: Keyring, steps: readonly string[], where?: Where, deadlineMs?: number): Promise<unknown>;
  remove(): Promise<void>;
}

const CHILD = "test/platforms/keychain/keychain-child.ts";

/** A bus that starts no services. */
const BARE_BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>`;

const SCRIPTS: Readonly<Record<Exclude<Keyring, "no-bus" | "silent-bus">, string>> = {
  unlocked: `printf pw | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1; exec "$@"`,
  locked: `gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1; exec "$@"`,
  "none-yet": `gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1; exec "$@"`,
  "no-service": `exec "$@"`,
};

/** A home folder of its own, so that the keychain of the person at the machine is never touched. */
export async function createKeyringHome(usual: Where = REAL_HOST): Promise<KeyringHome> {
  const home = await mkdtemp(join(tmpdir(), "muster-keyring-test-"));
  await mkdir(join(home, "run"), { mode: 0o700 });
  const bareBus = join(home, "bare-bus.conf");
  await writeFile(bareBus, BARE_BUS);
  const { DBUS_SESSION_BUS_ADDRESS: _bus, DISPLAY: _display, ...rest } = process.env;
  const env = {
    ...rest,
    ELECTRON_RUN_AS_NODE: "1",
    HOME: home,
    XDG_DATA_HOME: join(home, "data"),
    XDG_RUNTIME_DIR: join(home, "run"),
  };

  return {
    async run(keyring, steps, where = usual, deadlineMs = 5_000) {
      const child = [process.execPath, CHILD, where, String(deadlineMs), ...steps];
      if (keyring === "silent-bus") {
        const bus = await openSilentBus();
        try {
          return await runJson(child, { ...env, ...bus.env });
        } finally {
          bus.close();
        }
      }
      if (keyring === "no-bus") return runJson(child, env);
      const config = keyring === "no-service" ? ["--config-file", bareBus] : [];
      const session = ["dbus-run-session", ...config, "--", "sh", "-c", SCRIPTS[keyring], "sh", ...child];
      return runJson(session, env);
    },
    // The daemon may still be writing.
    remove: () => rm(home, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function runJson([command = "", ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    let complained = "";
    child.stdout.on("data", (chunk) => (said += String(chunk)));
    child.stderr.on("data", (chunk) => (complained += String(chunk)));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(JSON.parse(said));
      else reject(new Error(`${command} ended with ${code}: ${complained}`));
    });
  });
}
