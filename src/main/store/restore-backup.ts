import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { type Backup, listBackups } from "./backups.ts";
import { inspectDatabase } from "./inspect.ts";
import { readMigrations } from "./migrate.ts";
import type { DoFileWork } from "./off-thread.ts";
import { setAside, setOrphanedLogAside } from "./set-aside.ts";
import { translateStoreError } from "./translate-error.ts";

export interface Restored {
  readonly backup: Backup;
  /** Where what was there lies now, as `muster.replaced-<utc>.db`; null when nothing was there. */
  readonly setAside: string | null;
}

/**
 * Puts a copy of a backup in the place of the database. `name` is the backup's file name, or `latest`. The copy is
 * checked to its last page before anything is touched; what was there is renamed, never overwritten, and back in its
 * place should the copy not get there. The caller holds the profile's lock and has no store open on it.
 *
 * Fails with `input/not-found` (fact `name`), `store/unsound` (`problem`) or `store/newer-version`; a full disk and a
 * folder that cannot be written are thrown as every store failure is.
 */
export async function restoreBackup(
  name: string,
  options: {
    readonly folder: string;
    readonly migrationsFolder: string;
    readonly nowMs: EpochMs;
    readonly doFileWork: DoFileWork;
  },
): Promise<Result<Restored, Failure>> {
  const { folder, nowMs } = options;
  const backups = listBackups(folder);
  const backup = name === "latest" ? backups[0] : backups.find(({ file }) => basename(file) === name);
  if (!backup) return err(failure("input/not-found", { name }));
  const copy = join(folder, "muster.restoring.db");
  try {
    removeCopy(copy);
    copyFileSync(backup.file, copy);
    const problem = await findProblem(copy, options);
    if (problem) return err(problem);
    return ok({ backup, setAside: putInPlace(copy, folder, nowMs) });
  } catch (error) {
    throw translateStoreError(error, folder);
  } finally {
    removeCopy(copy);
  }
}

async function findProblem(
  copy: string,
  { migrationsFolder, doFileWork }: { readonly migrationsFolder: string; readonly doFileWork: DoFileWork },
): Promise<Failure | null> {
  const known = readMigrations(migrationsFolder).at(-1)?.version ?? 0;
  const found = await inspectDatabase(copy, { newestVersion: known, hasBackups: true, doFileWork });
  switch (found.condition) {
    case "usable":
      return null;
    case "newer":
      return failure("store/newer-version", { version: found.version, known });
    case "damaged":
      return failure("store/unsound", { problem: found.problem }, "It is the backup that is damaged.");
    case "absent":
      return failure("store/unsound", { problem: "the file is gone" });
  }
}

function putInPlace(copy: string, folder: string, nowMs: EpochMs): string | null {
  const file = join(folder, "muster.db");
  setOrphanedLogAside(folder, file, nowMs);
  const aside = existsSync(file) ? setAside(folder, file, nowMs, "replaced") : null;
  try {
    renameSync(copy, file);
  } catch (error) {
    for (const suffix of ["-shm", "-wal", ""]) {
      if (aside !== null && existsSync(aside + suffix)) renameSync(aside + suffix, file + suffix);
    }
    throw error;
  }
  return aside;
}

/** Looking at the copy may have left an index beside it. */
function removeCopy(copy: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(copy + suffix, { force: true });
}
