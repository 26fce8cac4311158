import { _electron } from "playwright";
import { ROOT } from "../paths.mjs";
import { ScriptFailure } from "../process/failure.mjs";
import { say } from "../process/say.mjs";

/** Electron does not exit when its main process fails to load, it hangs; so the wait is short and stderr is shown. */
const LAUNCH_TIMEOUT_MS = 20_000;

/** A console that cannot finish its work must not hold the demo for ever. */
const CLOSE_TIMEOUT_MS = 10_000;

/**
 * Opens the built console on a sandbox profile and waits for its first window. `--sandbox` connects it at once,
 * `--sandbox-ask` leaves that to the button of the first-run screen.
 */
export async function launchConsole(profile, sandboxFlag) {
  const flags = (process.env.MUSTER_ELECTRON_FLAGS ?? "").split(" ").filter(Boolean);
  let application;
  try {
    application = await _electron.launch({
      executablePath: process.env.MUSTER_ELECTRON,
      args: [...flags, ROOT, `--profile=${profile}`, sandboxFlag],
      timeout: LAUNCH_TIMEOUT_MS,
    });
  } catch (error) {
    throw new ScriptFailure(`the console did not start:\n${error.message}`);
  }
  application.process().stderr?.pipe(process.stderr);
  const closed = new Promise((resolve) => application.once("close", resolve));
  const page = await application.firstWindow({ timeout: LAUNCH_TIMEOUT_MS });
  return { application, page, closed, close: () => closeConsole(application) };
}

async function closeConsole(application) {
  const child = application.process();
  const timer = setTimeout(() => {
    say("the console did not close in time and was stopped");
    child.kill("SIGKILL");
  }, CLOSE_TIMEOUT_MS);
  await application.close().catch(() => undefined);
  clearTimeout(timer);
}
