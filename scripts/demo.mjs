import { join } from "node:path";
import { ensureBuilt } from "./build/ensure.mjs";
import { electronFlags } from "./desktop/electron-flags.mjs";
import { runWithKeyring } from "./desktop/keyring-session.mjs";
import { hasDisplay, startXvfb } from "./desktop/xvfb.mjs";
import { ROOT } from "./paths.mjs";
import { runScript } from "./process/failure.mjs";
import { say } from "./process/say.mjs";
import { environmentFor } from "./runtime/environment.mjs";
import { resolveRuntime } from "./runtime/resolve.mjs";
import { ensureSystemPackages } from "./system/ensure.mjs";

// `npm run demo`               the console on the sandbox; without a display, a tour that leaves pictures and a report
// `npm run demo -- --headless` the tour, also where there is a display
await runScript(async (args) => {
  const headless = args.includes("--headless") || !hasDisplay();
  await ensureSystemPackages("headless");
  const runtime = await resolveRuntime();
  await ensureBuilt();

  const xvfb = headless && process.platform === "linux" ? await startXvfb() : null;
  if (xvfb) say("no display here: the console runs on a hidden one and leaves pictures");
  const environment = environmentFor(runtime);
  try {
    return await runWithKeyring(
      process.execPath,
      [join(ROOT, "scripts", "demo", "session.mjs"), headless ? "tour" : "stay"],
      {
        env: {
          ...environment,
          MUSTER_ELECTRON: runtime.executable,
          MUSTER_ELECTRON_FLAGS: electronFlags({ headless }).join(" "),
          ...(xvfb ? { DISPLAY: xvfb.display } : {}),
        },
      },
    );
  } finally {
    xvfb?.stop();
  }
});
