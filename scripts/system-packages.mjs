import { ScriptFailure, runScript } from "./process/failure.mjs";
import { say } from "./process/say.mjs";
import { ensureSystemPackages } from "./system/ensure.mjs";
import { PACKAGES } from "./system/packages.mjs";

// `node scripts/system-packages.mjs [run|headless|test]` installs, or names, what a purpose needs of Debian.
await runScript(async ([purpose = "test"]) => {
  if (!Object.hasOwn(PACKAGES, purpose)) {
    throw new ScriptFailure(
      `unknown purpose "${purpose}"; it is one of ${Object.keys(PACKAGES).join(", ")}`,
      2,
    );
  }
  await ensureSystemPackages(purpose);
  say(`system packages for "${purpose}": complete`);
});
