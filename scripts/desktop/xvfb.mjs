import { spawn } from "node:child_process";
import { ScriptFailure } from "../process/failure.mjs";

const START_DEADLINE_MS = 10_000;

/** True where a window would be seen by a person. */
export function hasDisplay() {
  if (process.platform !== "linux") return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Starts a display without a screen, on a number that X itself finds free.
 * @returns {Promise<{ display: string, stop: () => void }>} display such as ":99"
 */
export async function startXvfb() {
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const number = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail("did not start in time"), START_DEADLINE_MS);
    const fail = (why) => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      reject(new ScriptFailure(`Xvfb ${why}`));
    };
    child.once("error", (error) => fail(`could not be started: ${error.message}`));
    child.once("exit", (code) => fail(`ended at once with code ${code}`));
    let text = "";
    child.stdio[3].on("data", (chunk) => {
      text += chunk;
      // The number is complete only with its line end.
      if (!text.includes("\n")) return;
      clearTimeout(timer);
      resolve(text.trim());
    });
  });
  child.removeAllListeners("exit");
  child.unref();
  child.stdio[3].destroy();
  const stop = () => child.kill("SIGTERM");
  process.once("exit", stop);
  return { display: `:${number}`, stop };
}
