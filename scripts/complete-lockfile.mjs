import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { missingBinaries } from "./lockfile/missing-binaries.mjs";
import { ROOT } from "./paths.mjs";
import { runScript } from "./process/failure.mjs";
import { say } from "./process/say.mjs";

// `node scripts/complete-lockfile.mjs`, after every `npm install` that changed the lockfile: names the binaries of
// machines other than this one, which npm drops when its registry does not carry them. Without them `npm ci` fails.
await runScript(() => {
  const file = join(ROOT, "package-lock.json");
  const lockfile = JSON.parse(readFileSync(file, "utf8"));
  const missing = missingBinaries(lockfile);
  // npm's own order, so that its next write makes no noise.
  const packages = [...Object.entries(lockfile.packages), ...missing].sort(([a], [b]) =>
    a.localeCompare(b, "en"),
  );
  writeFileSync(
    file,
    `${JSON.stringify({ ...lockfile, packages: Object.fromEntries(packages) }, null, 2)}\n`,
  );
  say(`${missing.size} entries added to package-lock.json`);
});
