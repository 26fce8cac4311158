import { ensureBuilt } from "./build/ensure.mjs";
import { runScript } from "./process/failure.mjs";
import { say } from "./process/say.mjs";

// `npm run build` builds when something changed; `npm run build -- --force` always.
await runScript(async (args) => {
  await ensureBuilt({ force: args.includes("--force") });
  say("out/ is up to date");
});
