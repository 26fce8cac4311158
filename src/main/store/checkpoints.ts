import { statSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { Log } from "#shared/lib/log.ts";
import type { Connection } from "./connection.ts";
import type { DoFileWork } from "./off-thread.ts";

/** As far as the log grows before it is moved into the database; SQLite's own measure is about the same. */
const LOG_BYTES = 4 * 1024 * 1024;

/** Should the worker not keep up or not come, SQLite does it itself from here on, as it always can: 256 MB. */
const LAST_RESORT_PAGES = 65_536;

/** Between two tries to catch up with somebody who goes on writing. */
const PAUSE_MS = 250;

/** After a failure: a disk that is full stays full for a while, and every commit would fail and tell of it again. */
const PAUSE_AFTER_FAILURE_MS = 60_000;

export interface Checkpoints {
  /** Looks whether the log has grown; to be called after each commit. Answers at once. */
  afterCommit(): void;
  /** Begins nothing more, and resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/**
 * Moves what was committed from the write-ahead log into the database, in a worker thread. Left to SQLite the commit that
 * fills the log does it, and holds the main thread for the copying and for two waits on the disk: 50 to 100 ms after a
 * large change (measured). Writers and readers go on meanwhile, and nothing is lost if it is cut off.
 *
 * The log is begun anew by the first commit that finds all of it moved. While writes follow upon each other none does,
 * so it is tried again until there was a pause.
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
  const stopping = new AbortController();
  let commits = 0;
  let underWay: Promise<void> | null = null;

  function isLong(): boolean {
    return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES;
  }

  async function catchUp(): Promise<void> {
    for (let moved = -1; moved !== commits && isLong() && !stopping.signal.aborted;) {
      moved = commits;
      await doFileWork({ work: "checkpoint", file });
      await pause(PAUSE_MS);
    }
  }

  async function begin(): Promise<void> {
    try {
      await catchUp();
    } catch (error) {
      log.error("checkpoint-failed", { error: String(error) });
      await pause(PAUSE_AFTER_FAILURE_MS);
    } finally {
      underWay = null;
    }
  }

  /** Ends early when it is told to stop. */
  async function pause(ms: number): Promise<void> {
    await setTimeout(ms, undefined, { ref: false, signal: stopping.signal }).catch(() => undefined);
  }

  return {
    afterCommit() {
      commits += 1;
      if (underWay === null && !stopping.signal.aborted && isLong()) underWay = begin();
    },
    async stop() {
      stopping.abort();
      await underWay;
    },
  };
}
