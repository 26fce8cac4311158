import { ensureBuilt } from "./build/ensure.mjs";
import { electronFlags } from "./desktop/electron-flags.mjs";
import { hasDisplay } from "./desktop/xvfb.mjs";
import { ROOT } from "./paths.mjs";
import { ScriptFailure, runScript } from "./process/failure.mjs";
import { run } from "./process/run.mjs";
import { environmentFor } from "./runtime/environment.mjs";
import { resolveRuntime } from "./runtime/resolve.mjs";
import { ensureSystemPackages } from "./system/ensure.mjs";

// `npm start` opens the real product: your own profile, your own connections, no sandbox.
// Words after `npm start --` go to the product (`--profile DIR`).
await runScript(async (args) => {
  if (!hasDisplay()) {
    throw new ScriptFailure("there is no display to open a window on. `npm run demo` works without one.");
  }
  await ensureSystemPackages("run");
  const runtime = await resolveRuntime();
  await ensureBuilt();
  return run(runtime.executable, [...electronFlags(), ROOT, ...args], { env: environmentFor(runtime) });
});
