import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { EpochMs } from "#shared/lib/time.ts";
import { fileStamp } from "./file-stamp.ts";

/**
 * Renames the database, its write-ahead log and its index out of the way, together, so that a damaged or replaced
 * database can still be examined as it was found. Nothing is deleted or overwritten. Returns the new path of the database.
 */
export function setAside(
  folder: string,
  file: string,
  nowMs: EpochMs,
  why: "damaged" | "replaced" = "damaged",
): string {
  const target = freeName(folder, nowMs, why);
  // The database first: a write-ahead log left alone is noticed by the next start (`setOrphanedLogAside`), while a
  // database without its log would pass for a whole one that lost its last changes.
  for (const suffix of ["", "-wal", "-shm"]) {
    if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix);
  }
  return target;
}

/** SQLite would replay a write-ahead log without its database into the new one. */
export function setOrphanedLogAside(folder: string, file: string, nowMs: EpochMs): void {
  if (!existsSync(file) && (existsSync(`${file}-wal`) || existsSync(`${file}-shm`))) {
    setAside(folder, file, nowMs);
  }
}

function freeName(folder: string, nowMs: EpochMs, why: string): string {
  for (let atMs = nowMs; ; atMs += 1) {
    const name = join(folder, `muster.${why}-${fileStamp(atMs)}.db`);
    if (!existsSync(name) && !existsSync(`${name}-wal`)) return name;
  }
}
