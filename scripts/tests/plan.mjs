/** What `npm test -- …` was asked to run. */

/** Folders under test/ that vitest runs; the first word after `--` may be one of them. */
const VITEST_SUITES = ["unit", "integration", "contract", "platforms", "architecture"];

/** Suites that look at sources only, so they run even while the build is broken. */
const SUITES_WITHOUT_BUILD = new Set(["unit", "architecture"]);

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
  if (VITEST_SUITES.includes(first)) {
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
