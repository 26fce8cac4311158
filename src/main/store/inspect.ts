import { existsSync, statSync } from "node:fs";
import { z } from "zod";
import { type Connection, openReaderConnection } from "./connection.ts";
import { APPLICATION_ID, versionOf } from "./migrate.ts";
import type { DoFileWork } from "./off-thread.ts";
import { isDamage } from "./translate-error.ts";

/** What lies where the database should be. */
export type DatabaseCondition =
  | { readonly condition: "absent" }
  | { readonly condition: "usable"; readonly version: number }
  | { readonly condition: "newer"; readonly version: number }
  | { readonly condition: "damaged"; readonly problem: string };

/**
 * Looks at the database without changing it, down to every page. Throws what the file system says when the file
 * cannot be read at all: that is no damage.
 */
export async function inspectDatabase(
  file: string,
  options: {
    readonly newestVersion: number;
    readonly hasBackups: boolean;
    readonly doFileWork: DoFileWork;
  },
): Promise<DatabaseCondition> {
  if (!existsSync(file)) return { condition: "absent" };
  if (statSync(file).size === 0) {
    // A start that was killed at once leaves an empty file; one that was in use for a day does not.
    return options.hasBackups
      ? { condition: "damaged", problem: "the file is empty" }
      : { condition: "absent" };
  }
  let connection: Connection | null = null;
  try {
    connection = openReaderConnection(file);
    const version = versionOf(connection);
    if (!isOurs(connection)) return { condition: "damaged", problem: "it is not a Muster database" };
    if (version > options.newestVersion) return { condition: "newer", version };
    const problem = await options.doFileWork({ work: "check", file });
    return problem === null ? { condition: "usable", version } : { condition: "damaged", problem };
  } catch (error) {
    if (isDamage(error)) return { condition: "damaged", problem: String(error) };
    throw error;
  } finally {
    connection?.close();
  }
}

function isOurs(connection: Connection): boolean {
  const applicationId = connection.pragma("application_id", { simple: true });
  const tables = z.array(z.unknown()).parse(connection.pragma("table_list")).length;
  // Every database has its schema table and the temporary one; a start killed before the first migration no more.
  return applicationId === APPLICATION_ID || (applicationId === 0 && tables <= 2);
}
