import { utilityProcess, type UtilityProcess } from "electron";
import type { SpawnSandbox } from "#main/platforms/sandbox/index.ts";

/** Output ends with the process, unless something it started holds on to it: nobody waits for that. */
const OUTPUT_ENDS_WITHIN_MS = 2_000;

/**
 * Runs the sandbox as a utility process of this application, which a packaged build can do too: its executable
 * refuses to act as plain Node. A utility process never outlives the application. `entry` is the path of `sandbox.js`.
 * As with a child process, its exit is heard after everything it said.
 */
export function spawnUtility(entry: string): SpawnSandbox {
  return (args) => {
    const child = utilityProcess.fork(entry, [...args], { stdio: "pipe", serviceName: "Muster sandbox" });
    // Electron gives both streams up at the exit.
    const { stdout, stderr } = child;
    const outputs = [stdout, stderr].filter((stream) => stream !== null);
    for (const output of outputs) {
      // A character may be cut in two between chunks.
      output.setEncoding("utf8");
      // At the exit Electron (42) takes all listeners off, while output is still on its way through the pipe.
      output.removeAllListeners = () => output;
    }
    const ended = Promise.all([untilExit(child), ...outputs.map(untilEnd)]).then(([code]) => code);
    return {
      onStdout: (listener) => stdout?.on("data", listener),
      onStderr: (listener) => stderr?.on("data", listener),
      onExit: (listener) => void ended.then(listener),
      // Utility processes know one way to end; the sandbox keeps nothing that could be lost.
      end: () => child.kill(),
      kill: () => child.kill(),
    };

    function untilExit(process: UtilityProcess): Promise<number> {
      return new Promise((resolve) => process.once("exit", resolve));
    }
    function untilEnd(output: NodeJS.ReadableStream): Promise<void> {
      return new Promise((resolve) => {
        output.once("end", resolve);
        child.once("exit", () => setTimeout(resolve, OUTPUT_ENDS_WITHIN_MS));
      });
    }
  };
}
