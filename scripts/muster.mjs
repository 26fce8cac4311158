import { join } from "node:path";
import { ensureBuilt } from "./build/ensure.mjs";
import { OUT_DIR } from "./paths.mjs";
import { runScript } from "./process/failure.mjs";
import { run } from "./process/run.mjs";
import { nodeEnvironmentFor } from "./runtime/environment.mjs";
import { resolveRuntime } from "./runtime/resolve.mjs";
import { ensureSystemPackages } from "./system/ensure.mjs";

// `npm run -s muster -- …`: the command line from a checkout, on the product's own runtime.
// Everything this script says goes to standard error; standard output is the command's alone.
await runScript(async (args) => {
  await ensureSystemPackages("run");
  const runtime = await resolveRuntime({ quiet: true });
  await ensureBuilt();
  return run(runtime.executable, [join(OUT_DIR, "main", "cli.js"), ...args], {
    env: nodeEnvironmentFor(runtime),
    // The channel carries no message: its end tells the command that this launcher is gone, even by kill -9.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    // Paths on the command line are relative to where the person stands, not to the checkout.
    cwd: process.env.INIT_CWD ?? process.cwd(),
  });
});
