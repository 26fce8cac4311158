import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openStore } from "#main/store/index.ts";
import { APPLICATION_ID, migrate, readMigrations } from "#main/store/migrate.ts";
import { silentLog } from "#shared/lib/log.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { migrationsFolder } from "#test/support/temporary-store.ts";
import { VERSIONS } from "./versions.ts";

const migrations = readMigrations(migrationsFolder);

/** A database at an older version, with that version's own data. */
function makeProfile(version: number, data: string): string {
  const folder = makeTemporaryFolder();
  const file = new Sqlite(join(folder, "muster.db"));
  migrate(file, migrations.slice(0, version));
  file.exec(data);
  file.close();
  return folder;
}

function dump(file: string): Record<string, unknown[]> {
  const database = new Sqlite(file, { readonly: true });
  const names = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .pluck()
    .all()
    .map(String);
  const tables = names.map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).all()] as const);
  database.close();
  return Object.fromEntries(tables.filter(([, rows]) => rows.length > 0));
}

function open(folder: string) {
  return openStore({
    folder,
    migrationsFolder,
    clock: createManualClock(),
    log: silentLog,
    backupsKept: async () => 3,
  });
}

describe("migrations", () => {
  it.each(VERSIONS)(
    "bring the data of version $version over whole",
    async ({ version, data, before, after }) => {
      const folder = makeProfile(version, data);
      const file = join(folder, "muster.db");
      expect(dump(file)).toEqual(before);
      const { store, notices } = await open(folder);
      await store.close();
      const [backup] = existsSync(join(folder, "backups")) ? readdirSync(join(folder, "backups")) : [];
      expect({
        notices,
        tables: dump(file),
        backup: backup && dump(join(folder, "backups", backup)),
      }).toEqual({
        notices: [],
        tables: after,
        backup: before,
      });
    },
  );

  it("have a test for the data of every version that was ever released or shared", () => {
    expect(VERSIONS.map(({ version }) => version)).toEqual(
      migrations.slice(0, -1).map(({ version }) => version),
    );
  });

  it("make every table strict, so that a column holds what it says (write STRICT after drizzle-kit's bracket)", () => {
    const database = new Sqlite(":memory:");
    migrate(database, migrations);
    const tables = database.pragma("table_list") as { name: string; strict: number }[];
    const lax = tables.filter(({ name, strict }) => strict === 0 && !name.startsWith("sqlite_"));
    database.close();
    expect(lax.map(({ name }) => name)).toEqual([]);
  });

  it("leave a database at one version or the next, never between", () => {
    const database = new Sqlite(":memory:");
    const statements = ["CREATE TABLE half (a INTEGER) STRICT", "CREATE TABLE half (a INTEGER) STRICT"];
    const failing = { version: migrations.length + 1, tag: "failing", statements };
    expect(() => migrate(database, [...migrations, failing])).toThrow("already exists");
    expect([
      database.pragma("user_version", { simple: true }),
      database.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get(),
      database.pragma("foreign_keys", { simple: true }),
    ]).toEqual([migrations.length, 0, 1]);
    database.close();
  });

  it("are refused when they would break a reference", () => {
    const database = new Sqlite(":memory:");
    const orphan =
      "INSERT INTO job_items (job_id, phase, key, state, attempts) VALUES ('nobody', 'p', 'k', 'pending', 0)";
    const breaking = { version: migrations.length + 1, tag: "breaking", statements: [orphan] };
    expect(() => migrate(database, [...migrations, breaking])).toThrow("breaks 1 references");
    expect(database.pragma("application_id", { simple: true })).toBe(APPLICATION_ID);
    database.close();
  });

  it("are listed in the journal exactly as they lie in the folder", () => {
    const files = readdirSync(migrationsFolder).filter((name) => name.endsWith(".sql"));
    expect(migrations.map(({ tag }) => `${tag}.sql`)).toEqual(files.sort());
    expect(readFileSync(join(migrationsFolder, "meta", "_journal.json"), "utf8")).toContain('"sqlite"');
  });
});
