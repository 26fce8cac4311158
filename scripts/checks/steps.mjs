import { join } from "node:path";
import { ROOT } from "../paths.mjs";
import { run } from "../process/run.mjs";
import { checkMigrations } from "./migrations.mjs";

const tool = (...path) => join(ROOT, "node_modules", ...path);
const node = (script, ...args) => run(process.execPath, [script, ...args]);

/** What is checked by reading the sources, quickest first. Each returns an exit code. */
export const STEPS = [
  {
    name: "format",
    run: () => node(tool("prettier", "bin", "prettier.cjs"), "--check", "--cache", "--log-level=warn", "."),
  },
  {
    name: "lint",
    run: () => node(tool("oxlint", "bin", "oxlint"), "--deny-warnings", "--report-unused-disable-directives"),
  },
  { name: "types", run: () => node(tool("typescript", "bin", "tsc"), "--project", ".") },
  {
    name: "dead code",
    run: () => node(tool("knip", "bin", "knip.js"), "--no-progress", "--treat-config-hints-as-errors"),
  },
  { name: "migrations", run: checkMigrations },
];
