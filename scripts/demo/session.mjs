import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ARTIFACTS_DIR } from "../paths.mjs";
import { runScript } from "../process/failure.mjs";
import { launchConsole } from "./launch.mjs";
import { tour } from "./tour.mjs";

// Started by demo.mjs inside a keychain session of its own.
await runScript(async ([mode]) => {
  const profile = mkdtempSync(join(tmpdir(), "muster-demo-"));
  try {
    const product = await launchConsole(profile, mode === "stay" ? "--sandbox" : "--sandbox-ask");
    // Ctrl+C ends the demo as closing the window does: its data goes with it.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => void product.close());
    try {
      if (mode === "stay") {
        console.log(
          "Muster is open on the sandbox. Close the window to end the demo; its data goes with it.",
        );
        await product.closed;
        return 0;
      }
      const folder = join(
        ARTIFACTS_DIR,
        `demo-${new Date().toISOString().slice(0, 19).replaceAll(/[T:]/g, "-")}`,
      );
      mkdirSync(folder, { recursive: true });
      const left = await tour(product, folder);
      console.log(`The audit is done: ${left.report}`);
      console.log(`${left.pictures} pictures of the console are beside it, in ${folder}`);
      return 0;
    } finally {
      await product.close();
    }
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
