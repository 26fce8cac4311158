import { utilityProcess } from "electron";
import type { SpawnKeychainHost } from "#main/platforms/keychain/index.ts";

/**
 * Runs the keychain's host as a utility process of this application, which never outlives it. `entry` is the path of
 * `keychain-host.js`.
 */
export function spawnKeychainHost(entry: string): SpawnKeychainHost {
  return () => {
    const child = utilityProcess.fork(entry, [], {
      stdio: ["ignore", "ignore", "inherit"],
      serviceName: "Muster keychain",
    });
    return {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
      send: (message) => child.postMessage(message),
      onMessage: (listener) => child.on("message", listener),
      onExit: (listener) => child.once("exit", () => listener()),
      kill: () => child.kill(),
    };
  };
}
