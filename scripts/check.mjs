import { performance } from "node:perf_hooks";
import { STEPS } from "./checks/steps.mjs";
import { ScriptFailure, runScript } from "./process/failure.mjs";
import { run } from "./process/run.mjs";
import { say } from "./process/say.mjs";

// `npm run check`            everything that guards main: the sources, then every suite
// `npm run check -- lint`    one step by name; `-- static` every step but the suites
await runScript(async ([only]) => {
  const names = STEPS.map(({ name }) => name);
  const steps = only === undefined || only === "static" ? STEPS : STEPS.filter(({ name }) => name === only);
  if (steps.length === 0)
    throw new ScriptFailure(`unknown step "${only}"; steps: ${names.join(", ")}, static`, 2);

  // All of them, though one failed: a person fixes them together.
  const failed = [];
  for (const step of steps) {
    const startedMs = performance.now();
    const exitCode = await step.run();
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    say(`${exitCode === 0 ? "ok    " : "FAILED"} ${step.name} (${seconds} s)`);
    if (exitCode !== 0) failed.push(step.name);
  }
  if (failed.length > 0) throw new ScriptFailure(`checks failed: ${failed.join(", ")}`);
  return only === undefined ? run(process.execPath, ["scripts/test.mjs"]) : 0;
});
