import { spawn } from "node:child_process";
import { constants } from "node:os";
import { ROOT } from "../paths.mjs";

const FORWARDED_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a command to its end and returns its exit code (128 + signal number when a signal ended it).
 * Signals sent to this process are passed on, so that stopping a script stops what it started.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, stdio?: import("node:child_process").StdioOptions, cwd?: string }} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: options.cwd ?? ROOT,
    env: options.env ?? process.env,
    stdio: options.stdio ?? "inherit",
  });
  return exitOf(child);
}

/** Like `run`, with the child's standard output sent to our standard error: for steps before the real answer. */
export function runAside(command, args, options = {}) {
  return run(command, args, { ...options, stdio: ["ignore", 2, 2] });
}

/** Waits for a child while passing our signals on to it. */
export function exitOf(child) {
  // Ctrl-C in a terminal reaches the whole process group by itself; passing it on would deliver it twice.
  const forward = (signal) => (signal === "SIGINT" && process.stdin.isTTY ? undefined : child.kill(signal));
  for (const signal of FORWARDED_SIGNALS) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  }).finally(() => {
    for (const signal of FORWARDED_SIGNALS) process.off(signal, forward);
  });
}
