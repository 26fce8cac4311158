import type { Database, Statement } from "better-sqlite3";

/** Distinct statements kept; ours are some two hundred, and lists of varying length add more. */
const KEPT = 300;

/** What drizzle uses of a statement. Unlike better-sqlite3's it has no mode that one use leaves to the next. */
interface SharedStatement {
  run(...parameters: unknown[]): unknown;
  all(...parameters: unknown[]): unknown[];
  get(...parameters: unknown[]): unknown;
  raw(): Pick<SharedStatement, "all" | "get">;
}

/**
 * Prepares each statement once. drizzle prepares for every query, and a hundred thousand statements thrown away hold the
 * main thread for a quarter of a second when they are collected (measured).
 */
export function createStatementCache(connection: Database): (sql: string) => SharedStatement {
  const cache = new Map<string, SharedStatement>();

  return (sql) => {
    const statement = cache.get(sql) ?? share(connection.prepare(sql));
    // To the end, so that the first one is the one not used for longest.
    cache.delete(sql);
    cache.set(sql, statement);
    const [oldest] = cache.keys();
    if (cache.size > KEPT && oldest !== undefined) cache.delete(oldest);
    return statement;
  };
}

function share(statement: Statement): SharedStatement {
  const inMode = (isRaw: boolean) => (statement.reader ? statement.raw(isRaw) : statement);
  return {
    run: (...parameters) => statement.run(...parameters),
    all: (...parameters) => inMode(false).all(...parameters),
    get: (...parameters) => inMode(false).get(...parameters),
    raw: () => ({
      all: (...parameters) => inMode(true).all(...parameters),
      get: (...parameters) => inMode(true).get(...parameters),
    }),
  };
}
