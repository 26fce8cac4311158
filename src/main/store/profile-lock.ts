import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { z } from "zod";
import { type Failure, failure, FailureError } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { Clock } from "#shared/lib/time.ts";
import { makeProfileFolder } from "./profile-folder.ts";
import { translateStoreError } from "./translate-error.ts";

export interface ProfileLock {
  /** Lets the next Muster have the profile. Calling it twice is harmless. */
  release(): void;
}

/** A lock that nobody remembers would be let go of when its handle is collected as garbage. */
const HELD = new Set<Sqlite.Database>();

const Holder = z.object({ pid: z.number().int(), sinceMs: z.number().int() });

/**
 * Makes this process the only one that works in a profile, until it releases the lock or dies, in whatever way. The
 * lock is the operating system's, on `profile.lock`, taken through SQLite because that knows how on every system;
 * `profile.lock.json` beside it only says who holds it.
 *
 * Fails with `store/profile-in-use` (facts `pid` and `sinceMs` of the holder, null when not known), `store/read-only`
 * or `store/disk-full`.
 */
export function acquireProfileLock(
  folder: string,
  clock: Pick<Clock, "nowMs">,
): Result<ProfileLock, Failure> {
  const holderFile = join(folder, "profile.lock.json");
  let lock: Sqlite.Database | null = null;
  try {
    makeProfileFolder(folder);
    // Only ever touched through SQLite: on POSIX systems closing any other handle of the file would drop the lock.
    lock = new Sqlite(join(folder, "profile.lock"), { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
    writeFileSync(holderFile, JSON.stringify({ pid: process.pid, sinceMs: clock.nowMs() }));
  } catch (error) {
    lock?.close();
    if (isHeldElsewhere(error)) return err(failure("store/profile-in-use", readHolder(holderFile)));
    const translated = translateStoreError(error, folder);
    if (translated instanceof FailureError) return err(translated.failure);
    throw translated;
  }
  const held = lock;
  HELD.add(held);
  return ok({
    release() {
      if (!HELD.delete(held)) return;
      rmSync(holderFile, { force: true });
      held.close();
    },
  });
}

function isHeldElsewhere(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith("SQLITE_BUSY");
}

function readHolder(file: string): { pid: number | null; sinceMs: number | null } {
  try {
    return Holder.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // The holder may be writing it this moment; that it holds the lock is certain all the same.
    return { pid: null, sinceMs: null };
  }
}
