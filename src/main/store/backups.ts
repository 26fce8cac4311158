import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DAY_MS, type EpochMs } from "#shared/lib/time.ts";
import { fileStamp, parseFileStamp } from "./file-stamp.ts";
import type { DoFileWork } from "./off-thread.ts";

const BACKUP_NAME = /^muster-(.+)\.db$/;

export interface Backup {
  readonly file: string;
  readonly atMs: EpochMs;
}

export function backupsFolderOf(folder: string): string {
  return join(folder, "backups");
}

/** The finished backups of a profile, newest first. */
export function listBackups(folder: string): Backup[] {
  return readFolder(backupsFolderOf(folder))
    .flatMap((name) => {
      const stamp = BACKUP_NAME.exec(name)?.[1];
      const atMs = stamp === undefined ? null : parseFileStamp(stamp);
      return atMs === null ? [] : [{ file: join(backupsFolderOf(folder), name), atMs }];
    })
    .sort((a, b) => b.atMs - a.atMs);
}

/** No backup of the last day is there. Those from a future that the clock no longer knows say nothing about it. */
export function isBackupDue(backups: readonly Backup[], nowMs: EpochMs): boolean {
  return !backups.some(({ atMs }) => atMs <= nowMs && nowMs - atMs < DAY_MS);
}

/**
 * Copies the database to `backups/muster-<utc>.db` while it stays usable, then removes the oldest copies beyond
 * `keep`. The copy gets its name only when it is whole. Resolves with the copy's path.
 */
export async function backUp(
  database: string,
  options: {
    readonly folder: string;
    readonly keep: number;
    readonly nowMs: EpochMs;
    readonly doFileWork: DoFileWork;
  },
): Promise<string> {
  const file = join(backupsFolderOf(options.folder), `muster-${fileStamp(options.nowMs)}.db`);
  const partial = `${file}.partial`;
  mkdirSync(backupsFolderOf(options.folder), { recursive: true });
  removePartials(options.folder);
  try {
    await options.doFileWork({ work: "copy", file: database, target: partial });
    renameSync(partial, file);
  } finally {
    rmSync(partial, { force: true });
  }
  for (const old of listBackups(options.folder).slice(options.keep)) rmSync(old.file, { force: true });
  return file;
}

/** What a backup that was cut short left behind. */
function removePartials(folder: string): void {
  for (const name of readFolder(backupsFolderOf(folder))) {
    if (/\.partial(-journal|-wal|-shm)?$/.test(name)) {
      rmSync(join(backupsFolderOf(folder), name), { force: true });
    }
  }
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && /^(ENOENT|ENOTDIR)$/.test(String(error.code))) return [];
    throw error;
  }
}
