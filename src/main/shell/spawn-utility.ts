import { utilityProcess } from "electron";
import type { SpawnSandbox } from "#main/platforms/sandbox/index.ts";

/**
 * Runs the sandbox as a utility process of this application, which a packaged build can do too: its executable
 * refuses to act as plain Node. A utility process never outlives the application. `entry` is the path of `sandbox.js`.
 */
export function spawnUtility(entry: string): SpawnSandbox {
  return (args) => {
    const child = utilityProcess.fork(entry, [...args], { stdio: "pipe", serviceName: "Muster sandbox" });
    // A character may be cut in two between chunks.
    child.stdout?.setEncoding("utf8");
    child.stderr?.setEncoding("utf8");
    return {
      onStdout: (listener) => child.stdout?.on("data", listener),
      onStderr: (listener) => child.stderr?.on("data", listener),
      onExit: (listener) => child.once("exit", (code) => listener(code)),
      // Utility processes know one way to end; the sandbox keeps nothing that could be lost.
      end: () => child.kill(),
      kill: () => child.kill(),
    };
  };
}
