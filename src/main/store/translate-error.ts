import { failure, FailureError } from "#shared/domain/failure.ts";

const DISK_FULL = /^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT)$/;
const READ_ONLY = /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EROFS$|EACCES$|EPERM$)/;
const DAMAGED = /^(SQLITE_CORRUPT|SQLITE_NOTADB)/;

/**
 * Turns what SQLite and the file system throw into what an operator can act on: `store/disk-full` and
 * `store/read-only`, with the fact `folder`. Everything else comes back as it was, a defect.
 */
export function translateStoreError(error: unknown, folder: string): unknown {
  if (error instanceof FailureError) return error;
  const code = findErrorCode(error);
  if (code === null) return error;
  if (DISK_FULL.test(code)) {
    return new FailureError(failure("store/disk-full", { folder }), { cause: error });
  }
  if (READ_ONLY.test(code)) {
    return new FailureError(failure("store/read-only", { folder }), { cause: error });
  }
  return error;
}

/** SQLite found that the file is no database or an inconsistent one, as opposed to not being able to read it. */
export function isDamage(error: unknown): boolean {
  const code = findErrorCode(error);
  return code !== null && DAMAGED.test(code);
}

/** The code of SQLite or of the file system, which drizzle may have wrapped. */
function findErrorCode(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return null;
}
