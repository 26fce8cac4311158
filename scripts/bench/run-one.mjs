import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * Runs one bench on the product's runtime, whose Node strips types by itself. A bench exports
 * `run(): Promise<BenchResult[]>`, each `{ name, value, unit, against?, floor?, aim? }`.
 */
const [benchFile, resultFile] = process.argv.slice(2);
const { run } = await import(pathToFileURL(benchFile).href);
writeFileSync(resultFile, JSON.stringify(await run()));
// A bench may leave a server listening; its results are written, so that must not keep us here.
process.exit(0);
