import { spawn } from "node:child_process";
import type { SpawnSandbox } from "./spawned-process.ts";

/**
 * Runs the sandbox as a child of a Node process: this very executable, which is Electron acting as Node on the
 * command line and in tests. `entry` is the path of `sandbox.js`.
 *
 * The child ends when its standard input closes, which happens whatever ends this process.
 */
export function spawnWithNode(entry: string): SpawnSandbox {
  return (args) => {
    const tied = args[0] === "start" ? [...args, "--exit-with-parent"] : args;
    const child = spawn(process.execPath, [entry, ...tied], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
      stdio: ["pipe", "pipe", "pipe"],
    });
    child.stdout.setEncoding("utf8");
    child.stderr.setEncoding("utf8");
    // The child may be gone before it reads.
    child.stdin.on("error", () => undefined);
    return {
      onStdout: (listener) => child.stdout.on("data", listener),
      onStderr: (listener) => child.stderr.on("data", listener),
      onExit: (listener) => {
        child.once("close", (code) => listener(code));
        child.once("error", () => {
          if (child.pid === undefined) listener(null);
        });
      },
      end: () => child.kill("SIGTERM"),
      kill: () => child.kill("SIGKILL"),
    };
  };
}
