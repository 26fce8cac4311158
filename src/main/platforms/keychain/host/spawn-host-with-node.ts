import { fork } from "node:child_process";
import type { SpawnKeychainHost } from "./keychain-host-process.ts";

/**
 * Runs the keychain's host as a child of a Node process: this very executable, which is Electron acting as Node on
 * the command line and in tests. `entry` is the path of `keychain-host.js`. It ends when the channel to it closes, which
 * happens whatever ends this process; and it does not keep this process alive.
 */
export function spawnHostWithNode(entry: string): SpawnKeychainHost {
  return () => {
    const child = fork(entry, {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
      execArgv: [],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.unref();
    child.channel?.unref();
    return {
      // A host that is gone before it reads is heard of by its exit.
      send: (message) => void child.send(message as object, () => undefined),
      onMessage: (listener) => child.on("message", listener),
      onExit: (listener) => {
        child.once("exit", () => listener());
        child.once("error", () => {
          if (child.pid === undefined) listener();
        });
      },
      kill: () => child.kill("SIGKILL"),
    };
  };
}
