import Sqlite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import * as schema from "./schema/index.ts";
import { createStatementCache } from "./statement-cache.ts";

export type Connection = Sqlite.Database;

/**
 * How long a statement waits for another process, in milliseconds. It blocks the thread meanwhile, so it is short:
 * the profile lock leaves us the only writer, and only a checkpoint of a passing reader can be in the way.
 */
const BUSY_TIMEOUT_MS = 1_000;

/** Opens the connection that writes; creates the file when there is none. */
export function openWriterConnection(file: string): Connection {
  const connection = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    connection.pragma("journal_mode = WAL");
    // In WAL mode a power cut can lose the last commits but never the consistency; a killed process loses nothing.
    connection.pragma("synchronous = NORMAL");
    connection.pragma("foreign_keys = ON");
    // A read-only file opens without complaint; asking for the write lock makes it say so now.
    connection.exec("BEGIN IMMEDIATE; ROLLBACK");
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Opens a connection that can only read. The file must exist. */
export function openReaderConnection(file: string): Connection {
  return new Sqlite(file, { timeout: BUSY_TIMEOUT_MS, readonly: true, fileMustExist: true });
}

/** Opens a connection for work on the whole file beside the one that writes; it locks nothing. The file must exist. */
export function openCheckpointConnection(file: string): Connection {
  return new Sqlite(file, { timeout: BUSY_TIMEOUT_MS, fileMustExist: true });
}

/** drizzle on a connection. `beforeEach` is called before every query and may refuse it by throwing. */
export function queriesOn(connection: Connection, beforeEach: () => void = () => {}) {
  const statements = createStatementCache(connection);
  const prepare = (sql: string) => {
    beforeEach();
    return statements(sql);
  };
  const client = new Proxy(connection, {
    get: (target, name) => (name === "prepare" ? prepare : Reflect.get(target, name, target)),
  });
  return drizzle({ client, schema });
}
