import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../paths.mjs";

/** Suites that look at sources only, so they run even while the build is broken. */
const SUITES_WITHOUT_BUILD = new Set(["unit", "architecture", "contract"]);

/** Folders of test/ that hold no vitest suite. */
const NOT_VITEST = new Set(["e2e", "bench", "support"]);

/**
 * @param {string[]} args words and flags after `npm test --`
 * @returns {{ build: boolean, vitest: string[] | null, playwright: string[] | null }}
 *   arguments for each runner; null leaves that runner out
 */
export function planTests(args) {
  const rest = args.filter((argument) => argument !== "--no-build");
  const mayBuild = rest.length === args.length;
  const [first, ...others] = rest;

  if (first === undefined) return { build: mayBuild, vitest: [], playwright: [] };
  if (first === "e2e") return { build: mayBuild, vitest: null, playwright: others };
  if (isVitestSuite(first)) {
    return {
      build: mayBuild && !SUITES_WITHOUT_BUILD.has(first),
      vitest: [`test/${first}/`, ...others],
      playwright: null,
    };
  }
  if (first.startsWith("test/e2e/")) return { build: mayBuild, vitest: null, playwright: rest };
  const sourcesOnly = [...SUITES_WITHOUT_BUILD].some((suite) => first.startsWith(`test/${suite}/`));
  return { build: mayBuild && !sourcesOnly, vitest: rest, playwright: null };
}

function isVitestSuite(word) {
  return /^[a-z-]+$/.test(word) && !NOT_VITEST.has(word) && existsSync(join(ROOT, "test", word));
}
