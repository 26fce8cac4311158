import { ensureBuilt } from "./build/ensure.mjs";
import { runScript } from "./process/failure.mjs";
import { say } from "./process/say.mjs";
import { resolveRuntime } from "./runtime/resolve.mjs";
import { ensureSystemPackages } from "./system/ensure.mjs";
import { planTests } from "./tests/plan.mjs";
import { runPlaywright } from "./tests/playwright.mjs";
import { closingLine, sum } from "./tests/tally.mjs";
import { runVitest } from "./tests/vitest.mjs";

// `npm test`                        everything
// `npm test -- unit`                one suite: any folder of test/, such as unit, integration or e2e
// `npm test -- <vitest filter>`     files whose path contains the filter, then vitest's own flags
// `npm test -- e2e -g "overview"`   Playwright's own flags after e2e
// `--no-build`                      with what is in out/ now
await runScript(async (args) => {
  const plan = planTests(args);
  await ensureSystemPackages("test");
  const runtime = await resolveRuntime();
  if (plan.build) await ensureBuilt();

  const tallies = [];
  if (plan.vitest) tallies.push(await runVitest(runtime, plan.vitest));
  if (plan.playwright) tallies.push(await runPlaywright(runtime, plan.playwright));

  const total = sum(tallies);
  if (total.passed + total.failed === 0) say("no test was executed, which counts as a failure");
  console.log(closingLine(total));
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});
