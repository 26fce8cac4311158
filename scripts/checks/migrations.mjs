import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT, RUNTIME_DIR } from "../paths.mjs";
import { run } from "../process/run.mjs";
import { say } from "../process/say.mjs";

const MIGRATIONS = join(ROOT, "resources", "migrations");
const SCHEMA = "src/main/store/schema/index.ts";

/**
 * Fails when the tables in the code and the migrations on disk tell different stories. The generator writes
 * into a copy, so that a check changes nothing.
 */
export async function checkMigrations() {
  if (!existsSync(join(ROOT, SCHEMA))) {
    say(`${SCHEMA} does not exist`);
    return 1;
  }
  mkdirSync(RUNTIME_DIR, { recursive: true });
  const copy = mkdtempSync(join(RUNTIME_DIR, "migrations-"));
  try {
    if (existsSync(MIGRATIONS)) cpSync(MIGRATIONS, copy, { recursive: true });
    const before = listSql(copy);
    const drizzle = join(ROOT, "node_modules", "drizzle-kit", "bin.cjs");
    // drizzle-kit understands only paths relative to the folder it runs in.
    const flags = ["--dialect=sqlite", `--out=${relative(ROOT, copy)}`];
    // No standard input: a rename that only a person can tell from a removal must fail here, not wait.
    const options = { stdio: ["ignore", "ignore", 2] };
    const checked = await run(process.execPath, [drizzle, "check", ...flags], options);
    if (checked !== 0) return checked;
    const generated = await run(
      process.execPath,
      [drizzle, "generate", ...flags, `--schema=${SCHEMA}`],
      options,
    );
    if (generated !== 0) return generated;
    const added = listSql(copy).filter((file) => !before.includes(file));
    if (added.length === 0 && before.length > 0) return 0;
    say(
      "the schema has changed without a migration: run `npx drizzle-kit generate`, review what it wrote, commit it",
    );
    return 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function listSql(folder) {
  return readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".sql"));
}
