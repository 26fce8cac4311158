import { statSync } from "node:fs";
import type { Log } from "#shared/lib/log.ts";
import type { Connection } from "./connection.ts";
import type { DoFileWork } from "./off-thread.ts";

/** As far as the log grows before it is moved into the database; SQLite's own measure is about the same. */
const LOG_BYTES = 4 * 1024 * 1024;

/** Should the worker not keep up or not come, SQLite does it itself from here on, as it always can: 64 MB. */
const LAST_RESORT_PAGES = 16_384;

export interface Checkpoints {
  /** Looks whether the log has grown; to be called after each commit. Answers at once. */
  afterCommit(): void;
  /** Resolves when what is under way has ended. */
  settled(): Promise<void>;
}

/**
 * Moves what was committed from the write-ahead log into the database, in a worker thread. Left to SQLite the commit that
 * fills the log does it, and holds the main thread for the copying and for two waits on the disk: 50 to 100 ms after a
 * large change (measured). Writers and readers go on meanwhile, and nothing is lost if it is cut off.
 */
export function createCheckpoints(deps: {
  readonly file: string;
  readonly connection: Connection;
  readonly doFileWork: DoFileWork;
  readonly log: Log;
}): Checkpoints {
  const { file, connection, doFileWork, log } = deps;
  connection.pragma(`wal_autocheckpoint = ${LAST_RESORT_PAGES}`);
  // The log is cut to this when it is begun anew, so its size tells whether that has happened.
  connection.pragma(`journal_size_limit = ${LOG_BYTES}`);
  let dueBytes = LOG_BYTES;
  let underWay: Promise<void> | null = null;

  async function checkpoint(): Promise<void> {
    try {
      await doFileWork({ work: "checkpoint", file });
    } catch (error) {
      log.error("checkpoint-failed", { error: String(error) });
    } finally {
      underWay = null;
    }
  }

  return {
    afterCommit() {
      if (underWay !== null) return;
      const bytes = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
      if (bytes <= LOG_BYTES) dueBytes = LOG_BYTES;
      if (bytes <= dueBytes) return;
      // While writes keep coming the log is not begun anew: it is looked at again after as much again.
      dueBytes = bytes + LOG_BYTES;
      underWay = checkpoint();
    },
    settled: async () => {
      await underWay;
    },
  };
}
