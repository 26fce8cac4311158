import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Defect } from "#shared/lib/assert.ts";
import type { Connection } from "./connection.ts";

/** Marks a file as ours ("Must"), so that another program's database is not taken for an old one of our own. */
export const APPLICATION_ID = 0x4d757374;

/** drizzle-kit's list of migrations; the fields we use. */
const Journal = z.object({ entries: z.array(z.object({ idx: z.number().int(), tag: z.string() })) });

export interface Migration {
  /** 1 for the first; a database's `user_version` is the version of the last one it went through. */
  readonly version: number;
  readonly tag: string;
  readonly statements: readonly string[];
}

/** Reads the migrations in the order they apply. */
export function readMigrations(folder: string): Migration[] {
  const journal = Journal.parse(JSON.parse(readFileSync(join(folder, "meta", "_journal.json"), "utf8")));
  return journal.entries.map(({ idx, tag }) => ({
    version: idx + 1,
    tag,
    statements: readFileSync(join(folder, `${tag}.sql`), "utf8")
      .split("--> statement-breakpoint")
      .filter((statement) => statement.trim() !== ""),
  }));
}

export function versionOf(connection: Connection): number {
  return z.number().parse(connection.pragma("user_version", { simple: true }));
}

/**
 * Brings the database to the last version, each migration in one transaction together with its version number, so
 * that a crash leaves it at one version or the next. Foreign keys are off meanwhile, because SQLite rebuilds a table
 * to alter it, and are checked before each commit.
 */
export function migrate(connection: Connection, migrations: readonly Migration[]): void {
  const from = versionOf(connection);
  connection.pragma("foreign_keys = OFF");
  try {
    for (const migration of migrations.filter(({ version }) => version > from)) apply(connection, migration);
  } finally {
    connection.pragma("foreign_keys = ON");
  }
}

function apply(connection: Connection, migration: Migration): void {
  connection
    .transaction(() => {
      for (const statement of migration.statements) connection.exec(statement);
      const broken = z.array(z.unknown()).parse(connection.pragma("foreign_key_check"));
      if (broken.length > 0)
        throw new Defect(`migration ${migration.tag} breaks ${broken.length} references`);
      connection.pragma(`application_id = ${APPLICATION_ID}`);
      connection.pragma(`user_version = ${migration.version}`);
    })
    .exclusive();
}
