import { openCheckpointConnection, openReaderConnection } from "./connection.ts";

/**
 * Work on a whole database file, by a connection of its own. It takes about a millisecond for each megabyte, so it
 * is done in a worker thread where there is one (`off-thread.ts`).
 */
export type FileWork =
  | { readonly work: "check"; readonly file: string }
  | { readonly work: "copy"; readonly file: string; readonly target: string }
  | { readonly work: "checkpoint"; readonly file: string };

/** More pages than any database has: copies the rest in one go, from one consistent state. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * `check` answers with the first inconsistency, or null. `copy` answers null once the whole database lies at
 * `target`; `checkpoint` answers null once what the log held when it began lies in the database. Writers go on meanwhile.
 */
export async function doFileWork(task: FileWork): Promise<string | null> {
  const open = task.work === "checkpoint" ? openCheckpointConnection : openReaderConnection;
  const connection = open(task.file);
  try {
    if (task.work === "checkpoint") {
      connection.pragma("wal_checkpoint(PASSIVE)");
      return null;
    }
    if (task.work === "copy") {
      await connection.backup(task.target, { progress: () => ALL_PAGES });
      return null;
    }
    const found = String(connection.pragma("quick_check(1)", { simple: true }));
    return found === "ok" ? null : found;
  } finally {
    connection.close();
  }
}
