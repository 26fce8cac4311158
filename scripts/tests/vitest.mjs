import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runWithKeyring } from "../desktop/keyring-session.mjs";
import { ARTIFACTS_DIR, ROOT } from "../paths.mjs";
import { nodeEnvironmentFor } from "../runtime/environment.mjs";
import { tallyVitest } from "./tally.mjs";

/** Runs the vitest suites on the product's own runtime: native modules and Node's version are the shipped ones. */
export async function runVitest(runtime, args) {
  // One report per process: two people may run tests in one checkout at the same time.
  const reportFile = join(ARTIFACTS_DIR, "reports", `vitest-${process.pid}.json`);
  mkdirSync(join(ARTIFACTS_DIR, "reports"), { recursive: true });
  const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  const exitCode = await runWithKeyring(runtime.executable, [vitest, "run", ...reporters, ...args], {
    env: nodeEnvironmentFor(runtime),
  });
  const tally = tallyVitest(reportFile, exitCode);
  rmSync(reportFile, { force: true });
  return tally;
}
