import { runScript } from "../process/failure.mjs";
import { resolveRuntime } from "./resolve.mjs";

// `node scripts/runtime/print.mjs` answers "which Electron would run?" as one JSON line.
await runScript(async () => {
  console.log(JSON.stringify(await resolveRuntime()));
});
